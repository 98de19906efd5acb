"""Records for tests of linking: people of a made-up crowd as the documents agencies would send."""

from datetime import UTC, datetime, timedelta
from typing import Any

from heed.core.identity.profile import Profile
from heed.core.records.reading import parse
from heed.core.records.record import Record

START = datetime(2009, 1, 1, 9, tzinfo=UTC)


def person(
    ref: str | None = None, given: str = "", family: str = "", born: str = "", **more: Any
) -> dict[str, Any]:
    """One entry of `people`; empty values are left out."""
    entry = {"ref": ref, "part": "child", "given_names": given, "family_name": family, "born": born, **more}
    return {key: value for key, value in entry.items() if value}


def record(agency: str, ref: str, *people: dict[str, Any], revision: int = 1, day: int = 0) -> Record:
    """A contact in which these people are named, recorded a number of days after the start."""
    at = (START + timedelta(days=day)).isoformat()
    document = {
        "v": 1, "agency": agency, "ref": ref, "revision": revision, "kind": "intelligence", "recorded_at": at,
        "people": list(people),
    }  # fmt: skip
    reading = parse(document)
    assert reading.record is not None, reading.problems
    return reading.record


def record_of(profile: Profile, number: int) -> Record:
    """One record that says of a person what a profile holds."""
    agency, _, ref = profile.source.partition(" ")
    entry = person(
        None if "#" in ref else ref,
        " ".join(profile.given[:1]),
        " ".join(profile.family[:1]),
        " ".join(profile.born[:1]),
        also_known_as=list(profile.aliases),
        ids=dict(profile.numbers),
        address=profile.places[0].partition("|")[2] if profile.places else "",
        postcode=profile.postcodes[0] if profile.postcodes else "",
        part="child" if profile.child else "person_of_concern",
    )
    return record(agency, f"R-{number}", entry, day=number)
