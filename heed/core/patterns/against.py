"""What speaks against a gathering, and out of how many: told with every finding, before anybody asks."""

from collections import Counter

from heed.core.patterns.around import Around
from heed.core.patterns.material import DAY_S, WEEK_S
from heed.core.patterns.words import counted, number, rough, sentence

LATE_DAYS = 30


def against(around: Around) -> tuple[str, ...]:
    """Sentences a reader should weigh before acting."""
    found = (_busy(around), _one_home(around), _lives_there(around), _company(around), _neighbours(around),
             _one_agency(around), _in_part(around), _late(around), _short_history(around))  # fmt: skip
    return tuple(sentence(words) for words in found if words)


def denominator(around: Around) -> str:
    """Out of how many: children recorded with any hub of this kind in the window, and all of those at this one.

    At a busy hub that is more than the finding names.
    """
    weeks = around.window_s // WEEK_S
    since_s, hub = around.end_s - around.window_s, (around.candidate.kind, around.candidate.hub)
    known = around.material.people_with(around.candidate.kind, since_s, around.end_s)
    here = {row.person for row in around.material.by_hub[hub].known(since_s, around.end_s)}
    words = {"alias": "name", "place": "place"}.get(around.candidate.kind, around.candidate.kind)
    return (
        f"{len(here)} of {known} children recorded with any {words} in those {weeks} weeks were recorded "
        f"with this one; {rough(around.candidate.usual)} households would be usual here"
    )


def _busy(around: Around) -> str:
    before = around.candidate.seen_before
    return f"busy before: {counted(before, 'household')} here in the year before" if before else ""


def _one_home(around: Around) -> str:
    homes = Counter(around.setting[person] for person in around.touches)
    share = sum(count for count in homes.values() if count > 1)
    return f"{number(share)} of the children share a home with another of them" if share else ""


def _lives_there(around: Around) -> str:
    living = around.candidate.hub in {around.setting[person] for person in around.touches}
    return "it is the recorded home of one of the children" if living else ""


def _company(around: Around) -> str:
    people = set(around.touches)
    records: dict[tuple[str, str], set[str]] = {}
    for row in around.rows:
        records.setdefault((row.agency, row.ref), set()).add(row.person)
    friends = {person for group in records.values() if len(group & people) > 1 for person in group}
    return (
        f"{number(len(friends))} of the children were recorded there in each other's company"
        if friends
        else ""
    )


def _neighbours(around: Around) -> str:
    postcode, _, line = around.candidate.hub.partition("|")
    if around.candidate.kind != "place" or not postcode or not line:
        return ""
    others = around.material.addresses_at(postcode, around.end_s) - 1
    if others <= 0:
        return ""
    return f"the same postcode has {counted(others, 'other address', 'other addresses')} in the records"


def _one_agency(around: Around) -> str:
    agencies = {row.agency for row in around.rows}
    return "every one of these facts comes from one agency" if len(agencies) == 1 else ""


def _in_part(around: Around) -> str:
    """That somebody noted a part only, which is taken for this one as no other known one has it."""
    kind, hub = around.candidate.kind, around.candidate.hub
    part = sum(_is_part(kind, row.key, hub) for row in around.rows)
    if not part:
        return ""
    what = "characters of the number plate" if kind == "vehicle" else "the address without its postcode"
    gives = "gives" if part == 1 else "give"
    return (
        f"{number(part)} of the {len(around.rows)} facts {gives} only {what}: no other one known then has it"
    )


def _is_part(kind: str, key: str, hub: str) -> bool:
    if kind == "place":
        return key.startswith("|") and not hub.startswith("|")
    return kind == "vehicle" and len(key) < len(hub)


def _late(around: Around) -> str:
    rows = around.rows
    late = sum(row.recorded_s - row.at_s > LATE_DAYS * DAY_S for row in rows)
    return (
        f"{number(late)} of the {len(rows)} facts were written down more than {LATE_DAYS} days later"
        if late
        else ""
    )


def _short_history(around: Around) -> str:
    if around.candidate.history_weeks >= around.window_s // WEEK_S:
        return ""
    return "Heed's records of this area reach back less than half a year before: a busy place may look new"
