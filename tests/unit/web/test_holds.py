"""Legal holds on pages: who sees them, who sets and lifts them, and that an erasure stops at them."""

import pytest

from heed.casework.actions import erasing
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.ledger import verify
from heed.casework.models import Entry, LegalHold, Post
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern

pytestmark = pytest.mark.django_db
HELD = {"scope": "record", "agency": "school", "ref": "C-1", "reason": "The inquiry of the county needs it."}


@pytest.fixture
def leads(people):
    """Rosa leads at the school, Lena at social care; a record of the school's is kept."""
    Post.objects.create(agency_id="school", post="designated_lead", holder=people.rosa, order=0)
    receive(record=concern("C-1"), by=people.rosa, now=MONDAY)
    return people


def kinds(kind: str) -> list[tuple[str, str]]:
    return list(Entry.objects.filter(kind=kind).order_by("seq").values_list("subject", "purpose"))


def test_a_hold_is_set_seen_and_stops_an_erasure_until_its_own_agency_lifts_it(leads, as_):
    rosa, lena = as_("rosa"), as_("lena")
    assert "None stands" in rosa.get("/holds").content.decode()
    assert rosa.post("/holds", HELD).status_code == 302
    hold = LegalHold.objects.get()
    asked = erasing.ask(scope="record", agency="school", ref="C-1", basis="court_order", by=leads.rosa, now=now(),
                        reason="order of the family court of 9 November")  # fmt: skip
    with pytest.raises(Explained, match="a legal hold stands"):
        erasing.agree(number=asked.pk, by=leads.lena, now=now())
    page = lena.get(f"/holds/{hold.pk}").content.decode()
    assert HELD["reason"] in page
    assert "Lift the hold" not in page
    assert (
        "set by another agency" in lena.post(f"/holds/{hold.pk}", {"reason": "It is over."}).content.decode()
    )
    assert rosa.post(f"/holds/{hold.pk}", {"reason": ""}).status_code == 422
    assert rosa.post(f"/holds/{hold.pk}", {"reason": "The inquiry has reported."}).status_code == 302
    assert rosa.get(f"/holds/{hold.pk}").status_code == 404
    assert kinds("hold") == [(f"hold:{hold.pk}", "set"), (f"hold:{hold.pk}", "lifted")]
    assert verify() == []


def test_who_has_no_post_for_it_sees_none_and_sets_none(leads, as_):
    sam = as_("sam")
    assert sam.get("/holds").status_code == 404
    assert sam.post("/holds", HELD).status_code == 404
    leads.carl.grade = "senior"
    leads.carl.save()
    page = as_("carl").get("/holds")
    assert (page.status_code, "Set a hold" in page.content.decode()) == (200, False)
    assert as_("carl").post("/holds", HELD).status_code == 404
    assert not LegalHold.objects.exists()
    assert ("holds", "legal holds") in kinds("refusal")


def test_what_is_not_kept_is_said_and_that_it_was_asked_after_is_an_entry(leads, as_):
    answer = as_("rosa").post("/holds", {**HELD, "ref": "C-9"})
    assert answer.status_code == 422
    assert "Nothing is kept under this reference" in answer.content.decode()
    assert ("holds", "to hold what is not kept") in kinds("refusal")


def test_a_form_that_is_not_filled_in_says_where(leads, as_):
    page = as_("rosa").post("/holds", {}).content.decode()
    for words in (
        "Say whether it is one record or a child",
        "Choose the agency",
        "Enter the reference",
        "Say why",
    ):
        assert words in page
