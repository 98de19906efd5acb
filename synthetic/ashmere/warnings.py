"""What was said in the Ashmere review, to whom, and what was answered: warnings of junior staff over five years."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from synthetic.ashmere.people import (
    CHILDREN,
    COMMANDER,
    CONSTABLE,
    DESK,
    DIRECTOR,
    DUTY,
    FLAT,
    HEAD,
    HOME_MANAGER,
    INSPECTOR,
    KAZ,
    LEADER,
    MOSS,
    NAMED,
    NIGHTS,
    NURSE,
    PROJECT,
    SALOON,
    TEAM,
    VAN,
    WORKER,
)

type Someone = dict[str, str]


WARNED: tuple[tuple[Any, ...], ...] = (
    (
        "home",
        "concern",
        "W-01",
        "2006-02-11",
        NIGHTS,
        [1],
        [SALOON],
        "A car waits for her at the corner most Fridays. The men in it are adults.",
        [(HOME_MANAGER, 0), (DESK, 1)],
        ("no_further_action", DESK, 6, "Returned safe each time."),
    ),
    (
        "police",
        "intelligence",
        "W-02",
        "2006-06-03",
        CONSTABLE,
        [1, 2],
        [FLAT, SALOON],
        "Two girls found at the flat above the launderette with adults. One is called Kaz.",
        [(DESK, 0)],
        None,
        KAZ,
    ),
    (
        "health",
        "referral",
        "W-03",
        "2006-11-20",
        NURSE,
        [1, 2, 3],
        [FLAT],
        "Three girls speak of the same flat and of Kaz. They do not know that I see the others.",
        [(DUTY, 1), (NAMED, 2)],
        None,
        KAZ,
    ),
    (
        "voluntary",
        "referral",
        "W-04",
        "2007-03-08",
        PROJECT,
        [1, 2, 3, 4, 5],
        [FLAT, SALOON, VAN],
        "A list of five girls, two cars and one flat. We ask for a meeting.",
        [(LEADER, 0), (TEAM, 1), (INSPECTOR, 1)],
        ("no_further_action", TEAM, 19, "None of the girls has made a complaint."),
        KAZ,
    ),
    (
        "home",
        "concern",
        "W-05",
        "2007-09-30",
        NIGHTS,
        [1],
        [SALOON, FLAT],
        "I raised this in February of last year. It is the same car, and now she is gone for two nights.",
        [(HOME_MANAGER, 0), (DUTY, 1)],
        None,
    ),
    (
        "police",
        "concern",
        "W-06",
        "2008-04-17",
        CONSTABLE,
        [1, 2, 3, 4, 5, 6],
        [FLAT, SALOON, VAN],
        "I believe that these six girls are exploited by one group. I ask for an operation.",
        [(DESK, 0), (INSPECTOR, 2), (COMMANDER, 21)],
        None,
        MOSS,
    ),
    (
        "social_care",
        "concern",
        "W-07",
        "2008-10-06",
        WORKER,
        [1, 3, 5],
        [FLAT],
        "Three children on three caseloads name one flat. Can they be looked at together?",
        [(TEAM, 0), (HEAD, 14)],
        ("information_kept", HEAD, 30, "Noted for the next review of each child."),
    ),
    (
        "social_care",
        "meeting",
        "W-08",
        "2009-06-12",
        TEAM,
        [1],
        [],
        "A meeting about one child: a new placement is sought. The flat is not spoken of.",
        [(INSPECTOR, 1)],
        None,
    ),
    (
        "health",
        "concern",
        "W-09",
        "2010-02-22",
        NURSE,
        [1, 2, 3, 4, 6],
        [FLAT],
        "I have written of this four times. I ask the partnership to look at all of them as one.",
        [(NAMED, 0), (HEAD, 3), (DIRECTOR, 10)],
        None,
        KAZ,
    ),
    (
        "voluntary",
        "complaint",
        "W-10",
        "2010-09-14",
        LEADER,
        [2, 4, 5],
        [],
        "Nobody has answered our list of 2007.",
        [(HEAD, 2)],
        None,
    ),
    (
        "police",
        "decision",
        "W-11",
        "2011-03-14",
        INSPECTOR,
        [1, 2, 3, 4, 5, 6],
        [FLAT, SALOON, VAN],
        "One operation for all six children; a joint team begins.",
        [(COMMANDER, 0), (DIRECTOR, 0), (LEADER, 1)],
        ("strategy_discussion", COMMANDER, 0, "Police, social care and health meet today."),
    ),
)
"""Each as `_said` takes it."""


def warnings() -> Iterator[dict[str, Any]]:
    """Every warning, decision and meeting, oldest first."""
    for each in WARNED:
        yield _said(*each)


def _said(
    agency: str, kind: str, ref: str, day: str, author: Someone, children: list[int], things: list[dict[str, str]],
    text: str, told: list[tuple[Someone, int]], answer: tuple[str, Someone, int, str] | None,
    adult: dict[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One record. Delays are in days after it was written down."""
    at = datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC)
    people = [CHILDREN[number - 1].told(agency) for number in children]
    document = {
        "v": 1, "agency": agency, "ref": ref, "revision": 1, "kind": kind, "author": author, "text": text,
        "happened_from": day, "recorded_at": at.isoformat(), "people": [*people, *([adult] if adult else [])],
        "things": things,
        "told": [each | {"at": (at + timedelta(days=days, hours=2)).isoformat()} for each, days in told],
    }  # fmt: skip
    if answer is not None:
        decision, by, days, reason = answer
        when = (at + timedelta(days=days, hours=4)).isoformat()
        document["answer"] = {"decision": decision, "reason": reason, "by": by, "at": when}
    return document
