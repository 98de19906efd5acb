"""One duty, seen by four people: who may do what, and what a refusal says."""

import pytest

from heed.casework.models import Duty, Entry, Professional
from tests import personas

SEEN = {"answer-decision": "child_seen"}
REASON = "We saw her today and she will talk to us on Thursday."


@pytest.fixture
def duty(as_):
    """What is owed on a concern that Rosa raised; its address."""
    page = {"token": "0" * 32, "text": "A car waited.", "source": "saw", "danger": "no", "when": "today"}
    as_("rosa").post("/concerns/new", page | {"child_name": "Ayla Marsh"})
    return f"/duties/{Duty.objects.get().reference}"


# fmt: off
WHO_MAY = [
    ("rosa", 200, {"disagree", "skip"}),
    ("sam",  200, {"acknowledge", "answer", "hand_over", "skip"}),
    ("lena", 200, {"answer", "disagree", "skip"}),
    ("carl", 404, None),
]
# fmt: on


@pytest.mark.parametrize(("name", "status", "acts"), WHO_MAY)
def test_who_sees_it_and_what_they_may_do(as_, duty, name, status, acts):
    answer = as_(name).get(duty)
    assert answer.status_code == status
    if acts is not None:
        assert answer.context["file"].acts == acts


def test_every_look_is_an_entry_and_so_is_every_refused_one(as_, duty, people):
    as_("sam").get(duty)
    as_("carl").get(duty)
    looks = Entry.objects.exclude(kind__in=["collection", "duty"]).order_by("seq")
    assert [(look.kind, look.actor_id) for look in looks][-2:] == [
        ("consultation", people.sam.pk),
        ("refusal", people.carl.pk),
    ]


def test_the_child_is_named_only_to_those_who_may_see_the_record(as_, duty, people):
    """Lena's agency owes it, but she has no live relationship with the child: she sees where it stands."""
    assert "Ayla" in as_("sam").get(duty).content.decode()
    page = as_("lena").get(duty).content.decode()
    assert "Ayla" not in page
    assert "but not the record it is about" in page


def test_from_what_is_owed_one_gets_to_the_child(as_, duty):
    sam = as_("sam")
    children = sam.get(duty).context["file"].statement.children
    assert [child.name for child in children] == ["Ayla Marsh"]
    assert sam.get(f"/children/{children[0].person}").status_code == 200


def test_who_is_named_as_the_author_sees_where_an_imported_concern_stands(as_, duty):
    Duty.objects.update(raiser=None, raiser_name="Rosa Bell, pastoral lead")
    assert as_("rosa").get("/").context["page"].raised.count == 1
    Duty.objects.update(raiser_name="Rosa Bell, head teacher")
    assert as_("rosa").get("/").context["page"].raised.count == 0


def test_an_answer_reaches_the_raiser_with_its_reason(as_, duty):
    as_("sam").post(f"{duty}/answer", {"answer-decision": "no_further_action", "answer-reason": REASON})
    page = as_("rosa").get("/").content.decode()
    assert "No further action" in page
    assert REASON in page


@pytest.mark.parametrize("given", [{}, SEEN, {**SEEN, "answer-reason": "no"}])
def test_an_answer_without_a_reason_is_not_one(as_, duty, given):
    answer = as_("sam").post(f"{duty}/answer", given)
    assert answer.status_code == 422
    assert "Not done" in answer.content.decode()
    assert Duty.objects.get().state == "open"


def test_somebody_who_does_not_owe_it_is_told_so_in_a_sentence(as_, duty):
    answer = as_("rosa").post(f"{duty}/answer", {"answer-decision": "child_seen", "answer-reason": REASON})
    assert answer.status_code == 422
    assert "only they, or somebody above, can answer it" in answer.content.decode()


def test_handing_over_leaves_it_owed_until_it_is_taken_on(as_, duty, people):
    colleague = Professional.objects.create(
        username="iris", name="Iris Vale", agency=people.sam.agency, role="social worker", grade="frontline"
    )
    colleague.set_password(personas.PASSWORD)
    colleague.save()
    as_("sam").post(f"{duty}/hand-over", {"hand_over-to": colleague.pk, "hand_over-words": "She knows you."})
    assert Duty.objects.get().owner == people.sam
    client = as_("sam")
    client.force_login(colleague)
    assert "Offered to you" in client.get("/").content.decode()
    client.post(f"{duty}/accept")
    assert Duty.objects.get().owner == colleague


def test_a_duty_goes_to_nobody_outside_the_agency(as_, duty, people):
    answer = as_("sam").post(f"{duty}/hand-over", {"hand_over-to": people.carl.pk})
    assert answer.status_code == 422
    assert Duty.objects.get().offered_to is None


def test_disagreeing_opens_it_one_rung_higher_in_sight_of_both_leads(as_, duty):
    as_("sam").post(f"{duty}/answer", {"answer-decision": "no_further_action", "answer-reason": REASON})
    as_("rosa").post(f"{duty}/disagree", {"disagree-words": "The car was there again this morning."})
    assert Duty.objects.get().rung == 1
    today = as_("lena").get("/").context["page"]
    assert [item.reference for item in today.went_up.items] == [Duty.objects.get().reference]


def test_acting_on_what_has_moved_on_is_refused_in_a_sentence(as_, duty):
    sam = as_("sam")
    given = {"answer-decision": "child_seen", "answer-reason": REASON}
    sam.post(f"{duty}/answer", given)
    again = sam.post(f"{duty}/answer", given)
    assert again.status_code == 422
    assert "Not done" in again.content.decode()
