"""The statement of a gathering, in the words a professional would use."""

from collections import defaultdict

from heed.core.patterns.around import Around
from heed.core.patterns.material import DAY_S
from heed.core.patterns.words import counted, listed, number, rough, sentence

_VERBS = {
    "place": "were recorded at or near",
    "vehicle": "were recorded with the vehicle",
    "phone": "were recorded with the phone number",
    "account": "were recorded with the account",
    "alias": "were recorded with an adult called",
}
_FOUND = ("found", "located", "returned_from", "recovered")


def tell(around: Around) -> str:
    """'Four children known to three agencies were found at or near 12 Mill Street within 60 days; no agency …'"""
    rows = around.rows
    agencies = {row.agency for row in rows}
    days = (rows[-1].at_s - rows[0].at_s) // DAY_S + 1
    who = f"{counted(len(around.touches), 'child', 'children')} known to {counted(len(agencies), 'agency', 'agencies')}"
    words = f"{who} {_verb(around)} {around.label} within {counted(days, 'day')}"
    return sentence("; ".join([words, *_scattered(around), *_beside(around)])) + "."


def _verb(around: Around) -> str:
    if around.candidate.kind == "place" and all(row.part.startswith(_FOUND) for row in around.rows):
        return "were found at or near"
    return _VERBS[around.candidate.kind]


def _scattered(around: Around) -> list[str]:
    """That no agency holds most of it. A fact is one child at the hub."""
    holds: dict[str, set[str]] = defaultdict(set)
    for row in around.rows:
        holds[row.agency].add(row.person)
    most = max(len(people) for people in holds.values())
    if len(holds) == 1 or most == len(around.touches):
        return []
    return [f"no agency holds more than {number(most)} of these facts"]


def _beside(around: Around) -> list[str]:
    """Other things the same children have in common."""
    parts = []
    if around.markers:
        parts.append("some of them also share " + listed([f"{m.label}" for m in around.markers[:3]]))
    if around.together.seen >= 2 and around.together.adds > 0:
        times = counted(around.together.seen, "time")
        parts.append(
            f"they were missing at the same time {times}, where {rough(around.together.expected)} would be usual"
        )
    return parts
