"""Who looks: a live relationship reaches all sources of the same child, for as long as it lives."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Relationship, Source
from tests import personas

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def people(db):
    """Ayla is known to the school as c-1 and to social care as 20; Nell to the police as c-2."""
    made = personas.standing()
    for agency, ref, person in (
        ("school", "c-1", "p_ayla"),
        ("social_care", "20", "p_ayla"),
        ("school", "c-2", "p_nell"),
    ):
        Source.objects.create(key=f"{agency} {ref}", agency_id=agency, ref=ref, profile="", person=person)
    return made


def works_with(person, ref: str, since: datetime, until: datetime) -> None:
    Relationship.objects.create(
        professional=person,
        source_agency="school",
        source_ref=ref,
        basis="allocated",
        since=since,
        until=until,
    )


# fmt: off
SPANS = [
    (NOW - DAY, NOW + DAY, {"school c-1", "social_care 20"}),
    (NOW,       NOW + DAY, {"school c-1", "social_care 20"}),
    (NOW - DAY, NOW,       set()),
    (NOW + DAY, NOW + DAY, set()),
]
# fmt: on


@pytest.mark.parametrize(("since", "until", "reaches"), SPANS)
def test_a_live_relationship_reaches_every_source_of_that_child(people, since, until, reaches):
    works_with(people.sam, "c-1", since, until)
    assert viewer_for(people.sam, NOW).sources == reaches


def test_one_persons_relationship_is_nobody_elses(people):
    works_with(people.sam, "c-1", NOW - DAY, NOW + DAY)
    assert viewer_for(people.carl, NOW).sources == set()


def test_when_links_change_so_does_what_is_reached(people):
    works_with(people.sam, "c-1", NOW - DAY, NOW + DAY)
    Source.objects.filter(key="social_care 20").update(person="p_somebody_else")
    assert viewer_for(people.sam, NOW).sources == {"school c-1"}


def test_a_relationship_with_a_source_not_yet_known_reaches_that_source(people):
    works_with(people.sam, "c-9", NOW - DAY, NOW + DAY)
    assert viewer_for(people.sam, NOW).sources == {"school c-9"}
