"""Reading the people, the authors and the things of a record."""

from heed.core.records.identifiers import passes
from heed.core.records.kinds import Grade, Part, ThingKind
from heed.core.records.opened import Opened
from heed.core.records.record import Author, PersonMentioned, Thing
from heed.core.records.when import parse_when

LONGEST_REF = 200
LONGEST_PART = 40


def person(opened: Opened, position: int) -> PersonMentioned:
    """One mention of a person. Every name, date and number may be absent, and none refuses the record.

    `sex` is kept in the document and goes no further: nothing matches or ranks by it.
    """
    opened.text("sex")
    return PersonMentioned(
        position=position,
        part=opened.choice("part", Part, required=True) or Part.OTHER,
        ref=opened.text("ref", longest=LONGEST_REF),
        given_names=opened.text("given_names"),
        family_name=opened.text("family_name"),
        also_known_as=opened.texts("also_known_as"),
        born=_born(opened),
        ids=_ids(opened),
        address=opened.text("address"),
        postcode=opened.text("postcode"),
        description=opened.text("description"),
    )


def _born(opened: Opened) -> str | None:
    """A date of birth as sent, if it is a date: `born` of the document keeps what was sent either way."""
    born = opened.text("born")
    if born is None:
        return None
    try:
        if len(born) <= len("2009-03-14"):
            parse_when(born)
            return born
    except ValueError:
        pass
    opened.desk.note("born", "not a day, month or year: kept as sent, not used to tell people apart")
    return None


def _ids(opened: Opened) -> dict[str, str]:
    """Identifiers by scheme, as sent; a failing check digit is a note."""
    given = opened.object("ids")
    if given is None:
        return {}
    ids = {scheme: value for scheme in given.values if (value := given.text(scheme))}
    for scheme, value in ids.items():
        if passes(scheme, value) is False:
            opened.desk.note(f"{scheme} check digit", "fails: the number is kept and marked")
    return ids


def author(opened: Opened | None) -> Author | None:
    """Who wrote, was told or answered."""
    if opened is None:
        return None
    return Author(
        name=opened.text("name"),
        role=opened.text("role"),
        grade=opened.choice("grade", Grade),
        ref=opened.text("ref", longest=LONGEST_REF),
        agency=opened.text("agency"),
    )


def thing(opened: Opened, position: int) -> Thing:
    """A place, vehicle, phone, account or premises: the words as sent."""
    return Thing(
        position=position,
        kind=opened.choice("kind", ThingKind, required=True) or ThingKind.PLACE,
        part=opened.text("part", longest=LONGEST_PART),
        name=opened.text("name"),
        address=opened.text("address"),
        postcode=opened.text("postcode"),
        vrm=opened.text("vrm"),
        number=opened.text("number"),
        service=opened.text("service"),
        handle=opened.text("handle"),
        description=opened.text("description"),
        lat=opened.degrees("lat", 90),
        lon=opened.degrees("lon", 180),
    )
