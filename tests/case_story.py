"""One child told of by four agencies over four years, for tests of the pages about children, findings and links.

Ayla Marsh is known to police, social care, a home and a school. Nell Orme is known to police and health, Ivy Cole to
health alone. Sam works with Ayla; Rosa's school has its own records of her; Carl has nothing to do with any of them.
Everybody and everything here is made up.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from heed.casework.actions.receive import receive_many
from heed.casework.linking import link_sources
from heed.casework.models import Outbox, Professional, Relationship, Source
from heed.casework.noticing import keep
from heed.core.patterns.finding import Finding, identity
from heed.core.records.reading import parse
from heed.core.records.record import Record

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOW.date()
LATER = datetime(2099, 1, 1, tzinfo=UTC)
BEGAN = datetime(2006, 3, 4, 21, 10, tzinfo=UTC)
MILL = {
    "kind": "place",
    "part": "found_at",
    "name": "flat above the launderette",
    "address": "12 Mill Street",
    "postcode": "ZZ1 2CD",
}
CAR = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC", "description": "silver saloon"}
AYLA = {
    "part": "child",
    "given_names": "Ayla",
    "family_name": "Marsh",
    "born": "1995-02-11",
    "ids": {"nhs": "9990000018"},
}
NELL = {
    "part": "child",
    "given_names": "Nell",
    "family_name": "Orme",
    "born": "1995-09-30",
    "ids": {"nhs": "9990000026"},
}
IVY = {
    "part": "child",
    "given_names": "Ivy",
    "family_name": "Cole",
    "born": "1996-01-02",
    "ids": {"nhs": "9990000034"},
}
TAZ = {
    "part": "person_of_concern",
    "ref": "poc-9",
    "also_known_as": ["Taz"],
    "description": "adult, drives a silver saloon",
}
PLACE = identity("shared_place", "ZZ12CD|12 MILL STREET|test")


def as_(child: dict[str, Any], ref: str, **more: Any) -> dict[str, Any]:
    """A child as one agency's files know her."""
    return {**child, "ref": ref, **more}


def document(
    agency: str, ref: str, kind: str, at: datetime, *people: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """One record, recorded eleven hours after it happened unless it says otherwise."""
    return {
        "v": 1,
        "agency": agency,
        "ref": ref,
        "revision": 1,
        "kind": kind,
        "happened_from": at.isoformat(),
        "recorded_at": (at + timedelta(hours=11)).isoformat(),
        "author": {"name": "R. Bell", "role": "residential worker", "grade": "frontline"},
        "people": list(people),
        **more,
    }


def story(episodes: int = 12) -> list[Record]:
    """The whole of it, oldest first."""
    told = [*_missing(episodes), *_others()]
    return [read(each) for each in told]


def _missing(episodes: int) -> list[dict[str, Any]]:
    """Police and the home each write of every episode; in every third she was with Nell at Mill Street."""
    told = []
    for n in range(episodes):
        start = BEGAN + timedelta(days=17 * n + (n * n) % 11)
        end = (start + timedelta(hours=9 + n % 20)).isoformat()
        together = n % 3 == 2
        people = [as_(AYLA, "c-104"), *([as_(NELL, "c-288", part="found_with"), TAZ] if together else [])]
        more = {"things": [MILL, CAR], "observations": ["overnight", "unexplained_items"]} if together else {}
        told.append(
            document(
                "police",
                f"MIS-{n:04}",
                "missing",
                start,
                *people,
                happened_to=end,
                text="Found by a passing patrol. Had a phone she did not own the day before.",
                missing={
                    "category": "missing",
                    "risk": "medium",
                    "risk_reason": "third time this month",
                    "missing_from": "childrens_home",
                },
                **more,
            )
        )
        if n % 2:
            day = start.date().isoformat()
            told.append(
                document(
                    "home", f"LOG-{n}", "missing", start, as_(AYLA, "h-3"), missing={"category": "absent"}
                )
                | {"happened_from": day, "happened_to": (start + timedelta(days=1)).date().isoformat()}
            )
    return told


LATER_ON = datetime(2009, 3, 14, 10, tzinfo=UTC)


def _others() -> list[dict[str, Any]]:
    """What each of the others knew a piece of."""
    seen = as_(AYLA, "s-7", given_names="Aylah", born="1995-11-02")
    school = document(
        "school", "CP-118", "school", LATER_ON, seen, text="Tired, in clothes nobody had seen before."
    )
    asked, locked = (
        "She asked for the same worker again.",
        "She asked for the same worker again, and for a lock.",
    )
    home, graded = as_(AYLA, "10233"), {"source": "2", "information": "C", "handling": "P"}
    nell, nell_at_surgery, ivy = as_(NELL, "c-288"), as_(NELL, "p-9"), as_(IVY, "p-10")
    return [
        _warned(),
        school | {"happened_from": "2009-02"},
        document("social_care", "VIS-1", "visit", _days(40), home, text=asked),
        document("social_care", "VIS-1", "visit", _days(40), home, text=locked, revision=2),
        document("police", "INT-5", "intelligence", _days(2), nell, TAZ, things=[MILL], grading=graded),
        document(
            "health",
            "GP-4",
            "health",
            _days(3),
            nell_at_surgery,
            text="Seen with an adult who answered for her.",
        ),
        document(
            "health",
            "GP-5",
            "health",
            _days(5),
            ivy,
            things=[MILL],
            text="Gave 12 Mill Street as her address.",
        ),
    ]


def _days(count: int) -> datetime:
    return LATER_ON + timedelta(days=count)


def _warned() -> dict[str, Any]:
    """A referral that was answered with no further action."""
    desk = {"agency": "police", "name": "Duty desk", "role": "sergeant", "grade": "supervisor"}
    manager = {"name": "T. Lowe", "role": "team manager", "grade": "manager"}
    answer = {"decision": "no_further_action", "reason": "Returned safe each time.", "by": manager}
    return document(
        "social_care",
        "REF-77",
        "referral",
        LATER_ON,
        as_(AYLA, "10233", address="4 Orchard Row", postcode="ZZ1 2AB"),
        text="The youth project asks for a meeting about three girls and one flat.",
        childs_words="He said he would drive me home. He knows where my sister goes to school.",
        told=[desk | {"at": "2009-03-14T15:20:00+00:00"}],
        answer=answer | {"at": "2009-03-18T11:00:00+00:00"},
    )


def read(told: dict[str, Any]) -> Record:
    """A document as a record."""
    reading = parse(told)
    assert reading.record is not None, reading.problems
    return reading.record


def tell(records: list[Record]) -> None:
    """Take the records in and link their people, as the worker would."""
    outcomes = receive_many(records=records, by=None, now=NOW - timedelta(days=1))
    assert {outcome.kind for outcome in outcomes} <= {"accepted", "superseding", "unchanged"}
    link_sources(list(Source.objects.values_list("key", flat=True)), NOW)
    Outbox.objects.update(done_at=NOW)


def person(key: str) -> str:
    """The child behind a source."""
    return Source.objects.get(pk=key).person


def works_with(professional: Professional, key: str, until: datetime = LATER) -> None:
    """A live relationship that hangs on one source."""
    agency, _, ref = key.partition(" ")
    Relationship.objects.create(
        professional=professional,
        source_agency=agency,
        source_ref=ref,
        basis="allocated",
        since=NOW - timedelta(days=30),
        until=until,
    )


HUBS = ({"kind": "place", "key": "ZZ12CD|12 MILL STREET", "label": "12 Mill Street"},)


def noticed(as_of: date = TODAY, hubs: tuple[dict[str, str], ...] = HUBS) -> str:
    """The finding about 12 Mill Street: Ayla, Nell and Ivy. Without hubs they share nothing but the time."""
    children = [
        (person("police c-104"), ("police c-104", "social_care 10233")),
        (person("police c-288"), ("police c-288", "health p-9")),
        (person("health p-10"), ("health p-10",)),
    ]
    finding = Finding(
        finding=PLACE,
        detector="shared_place",
        version="1",
        first_raised=date(2009, 3, 20),
        as_of=as_of,
        rank=1,
        children=tuple((who, tuple(tuple(key.split(" ", 1)) for key in keys)) for who, keys in children),
        hubs=hubs,
        evidence=(("health", "GP-5"), ("police", "INT-5"), ("police", "MIS-0002"), ("police", "MIS-0005")),
        against=("The same postcode has three flats.",),
        denominator="three of 311 children with any record that year were ever placed there",
        statement="Three children known to three agencies were found at or near 12 Mill Street;"
        " no agency holds more than two of these facts.",
        strength=9.2,
        chance=0.0004,
        terms=(("fan_in", 6.1), ("together", 3.1)),
    )
    keep([finding])
    return PLACE
