"""A difference between professionals and a deadline that a person begins: each a duty, by hand, on one page."""

import pytest

from heed.casework.actions.duties import escalate_due
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.ledger import check
from heed.casework.models import Duty, Entry, Relationship
from tests.concerns import concern

pytestmark = pytest.mark.django_db
PAGE = "/duties/by-hand"
WHY = "they say that she is not theirs to see"


@pytest.fixture
def duty(people):
    receive(record=concern(), by=people.rosa, now=now())
    return Duty.objects.get()


def post(client, **given):
    return client.post(PAGE, {"what": "difference", "words": WHY} | given, follow=True)


def test_a_difference_is_owed_by_the_other_agency_and_climbs(as_, people, duty):
    rosa = as_("rosa")
    assert "Raise a difference with an agency" in rosa.get("/").content.decode()
    done = post(rosa, agency="social_care", about=duty.reference)
    page = done.content.decode()
    assert "Begun. You see here who owes an answer" in page
    assert WHY in page, "they read their own words"
    made = Duty.objects.get(about__startswith="difference:social_care:")
    assert (made.owner, made.rung, made.raiser) == (people.sam, 0, people.rosa)
    assert Relationship.objects.filter(duty=made, professional=people.sam).exists()
    climbs = escalate_due(now=made.due_at)
    assert [climb.rung for climb in climbs if climb.reference == made.reference] == [1]
    assert check().faults == []


def test_a_difference_opens_no_file_to_an_agency_that_is_not_in_it(as_, duty):
    post(as_("rosa"), agency="voluntary", about=duty.reference)
    assert not Relationship.objects.filter(duty__about__startswith="difference:").exists()


def test_a_deadline_is_begun_about_a_duty_by_its_page(as_, duty):
    rosa = as_("rosa")
    address = f"{PAGE}?about={duty.reference}"
    assert address in rosa.get(f"/duties/{duty.reference}").content.decode()
    assert f'value="{duty.reference}"' in rosa.get(address).content.decode()
    done = post(rosa, what="police_protection", about=duty.reference)
    assert "Police protection ends, or an order is in place" in done.content.decode()
    made = Duty.objects.get(about="deadline:police_protection")
    assert (made.owing_agency_id, (made.due_at - made.opened_at).total_seconds()) == ("police", 72 * 3600)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"what": ""}, "Choose what begins"),
        ({"agency": ""}, "Choose the agency"),
        ({"agency": "school"}, "Choose the other agency"),
        ({"agency": "social_care", "words": "short"}, "Say why, in at least"),
        ({"what": "police_protection"}, "Name the duty that the deadline belongs to"),
        ({"what": "police_protection", "about": "D-999"}, "You see no duty D-999"),
        ({"what": "feedback_to_referrer", "about": "D-1"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_begins(as_, duty, given, said):
    done = post(as_("rosa"), **given)
    assert done.status_code == 422
    assert said in done.content.decode()
    assert Duty.objects.count() == 1


def test_a_duty_that_is_hidden_is_answered_like_one_that_is_not_there(as_, duty):
    done = post(as_("carl"), what="police_protection", about=duty.reference)
    assert f"You see no duty {duty.reference}" in done.content.decode()
    assert Entry.objects.filter(kind="refusal", subject="duty:unknown").exists()
