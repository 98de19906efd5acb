"""`heed hold`, `heed erase`, `heed batch`: whoever is named with --by works here, and holds a post for it."""

import pytest

from heed.casework.actions import holds, people
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.commands import batch, erase, hold
from heed.casework.ledger import verify
from heed.casework.models import Entry, HoldLifted, LegalHold, Post, Professional
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import _person, standing
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
WHY = ("--reason", "The inquiry of the county needs it.")
WHAT = ("--scope", "record", "--agency", "school", "--ref", "C-1")
PLACEHOLDER = "school.designated_lead"


@pytest.fixture
def staff():
    """Rosa leads at the school, Lena at social care; Sam and Carl hold no such post. A record is kept."""
    staff = standing()
    Post.objects.create(agency_id="school", post="designated_lead", holder=staff.rosa, order=0)
    receive(record=concern("C-1"), by=staff.rosa, now=MONDAY)
    return staff


def set_by(username: str):
    return run(hold.command, "set", *WHAT, *WHY, "--by", username)


def lifted_by(username: str, number: int):
    return run(hold.command, "lift", number, *WHY, "--by", username)


def test_who_holds_a_post_for_it_sets_a_hold_and_lifts_it(staff):
    assert set_by("rosa").code == 0
    assert lifted_by("rosa", LegalHold.objects.get().pk).code == 0
    assert verify() == []


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("sam", "may set a legal hold: designated_lead, executive"),
        ("carl", "may set a legal hold"),
        (PLACEHOLDER, "nobody signs in as"),
        ("nobody", "nobody signs in as"),
        ("lena", "lena has left"),
    ],
)
def test_nobody_else_sets_one(staff, username, said):
    people.end(username="lena", by=None, now=now())
    before = Entry.objects.count()
    ran = set_by(username)
    assert (ran.code, said in ran.explained) == (2, True), ran
    assert not LegalHold.objects.exists()
    assert Entry.objects.count() == before


def test_nobody_else_lifts_one(staff):
    _person("tom", "Tom Ware", "school", "teaching assistant", "frontline")
    assert set_by("rosa").code == 0
    number = LegalHold.objects.get().pk
    for username, said in (
        ("tom", "may lift a legal hold: designated_lead, executive"),
        ("sam", "may lift a legal hold"),
        ("lena", "set by another agency"),
        (PLACEHOLDER, "nobody signs in as"),
    ):
        assert said in lifted_by(username, number).explained, username
    people.end(username="rosa", by=None, now=now())
    assert "rosa has left" in lifted_by("rosa", number).explained
    assert not HoldLifted.objects.exists()


def test_the_action_asks_itself_whatever_door_was_used(staff):
    placeholder = Professional.objects.get(username=PLACEHOLDER)
    left = people.end(username="rosa", by=None, now=now())
    standing_hold = holds.set_hold(
        scope="record", agency="school", ref="C-1", reason="an inquiry", by=staff.lena, now=now()
    )
    for by in (placeholder, left, staff.sam):
        with pytest.raises(Explained, match="only who holds one of these posts may set"):
            holds.set_hold(scope="record", agency="school", ref="C-1", reason="mine", by=by, now=now())
        with pytest.raises(Explained, match="only who holds one of these posts may lift"):
            holds.lift_hold(number=standing_hold.pk, reason="it is over", by=by, now=now())


def test_a_post_that_was_given_up_holds_nothing(staff):
    people.give_up_post(username="rosa", post="designated_lead", by=None, now=now())
    assert "may set a legal hold" in set_by("rosa").explained


@pytest.mark.parametrize("username", [PLACEHOLDER, "rosa"])
def test_neither_a_placeholder_nor_who_has_left_erases_or_decides_on_a_batch(staff, username):
    people.end(username="rosa", by=None, now=now())
    said = "rosa has left" if username == "rosa" else "nobody signs in as"
    asked = ("ask", *WHAT, "--basis", "court_order", "--reason", "order of the family court of 9 November")
    assert said in run(erase.command, *asked, "--by", username).explained
    for command, arguments in (
        (erase.command, ("agree", 1)),
        (erase.command, ("refuse", 1, *WHY)),
        (batch.command, ("release", 1, *WHY)),
        (batch.command, ("withdraw", 1, *WHY)),
    ):
        assert said in run(command, *arguments, "--by", username).explained, arguments
