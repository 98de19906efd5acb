"""Who works in the tests of the register."""

import pytest

from heed.casework import ledger
from heed.casework.models import Post, Professional
from tests import case_story, personas


@pytest.fixture(autouse=True)
def ledger_stays_true(db):
    yield
    assert ledger.verify() == []


@pytest.fixture
def people():
    """Police, health and a school all read of Taz; an inspector of the police sits on the panel, as does Lena."""
    people = personas.standing()
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    return people


@pytest.fixture
def ines(people):
    one = Professional(
        username="ines", name="Ines Hart", agency_id="police", role="inspector", grade="senior"
    )
    one.set_unusable_password()
    one.save()
    Post.objects.create(agency_id="police", post="designated_lead", holder=one, order=0)
    return one


@pytest.fixture
def amir(people):
    """A colleague of the inspector's."""
    return Professional.objects.create(
        username="amir", name="Amir Sol", agency_id="police", role="constable", grade="frontline"
    )
