"""Two holds on the same: each stands by itself, and whoever lifts one is told of the other."""

import pytest

from heed.casework.actions import erasing, holds
from heed.casework.actions.receive import receive
from heed.casework.actions.verdicts import judge
from heed.casework.commands import hold as command
from heed.casework.ledger import verify
from heed.casework.linking import link_all
from heed.casework.models import LegalHold, Post, Source
from heed.core.records.explained import Explained
from tests.concerns import MONDAY, concern
from tests.personas import PASSWORD, standing
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
WHY = ("--reason", "The inquiry of the county needs it.")


@pytest.fixture
def leads():
    """Rosa leads at the school, Lena at social care. Two records of one child, one of another."""
    staff = standing()
    Post.objects.create(agency_id="school", post="designated_lead", holder=staff.rosa, order=0)
    receive(record=concern("C-1"), by=staff.rosa, now=MONDAY)
    receive(record=concern("C-2"), by=staff.rosa, now=MONDAY)
    nell = {"part": "child", "given_names": "Nell", "family_name": "Orme", "ref": "p-9"}
    receive(record=concern("C-9", people=[nell]), by=staff.rosa, now=MONDAY)
    receive(record=concern("H-1", agency="social_care"), by=staff.lena, now=MONDAY)
    link_all(MONDAY)
    judge(
        left="school p-7", right="social_care p-7", verdict="same", reason="Her number is in both files",
        by=staff.rosa, now=MONDAY,
    )  # fmt: skip
    persons = dict(Source.objects.values_list("key", "person"))
    assert persons["school p-7"] == persons["social_care p-7"] != persons["school p-9"]
    return staff


def held(by, scope, ref, agency="school") -> LegalHold:
    return holds.set_hold(scope=scope, agency=agency, ref=ref, reason="an inquiry", by=by, now=MONDAY)


def test_the_same_hold_twice_and_the_end_of_one_is_not_the_end_of_both(leads):
    what = ("--scope", "child", "--agency", "school", "--ref", "p-7", *WHY)
    assert run(command.command, "set", *what, "--by", "rosa").err.split()[-1] == "lifted."
    second = run(command.command, "set", *what, "--by", "lena")
    one, other = LegalHold.objects.order_by("pk").values_list("pk", flat=True)
    assert f"Also held: hold {one} stands on it" in " ".join(second.err.split())
    lifted = run(command.command, "lift", one, *WHY, "--by", "rosa")
    assert f"Hold {one} is lifted. Also held: hold {other} stands on it" in " ".join(lifted.err.split())
    request = erasing.ask(
        scope="child", agency="school", ref="p-7", basis="court_order", by=leads.rosa, now=MONDAY,
        reason="order of the family court of 9 November",
    )  # fmt: skip
    with pytest.raises(Explained, match="a legal hold stands"):
        erasing.agree(number=request.pk, by=leads.lena, now=MONDAY)
    assert run(command.command, "lift", other, *WHY, "--by", "lena").err.strip() == f"Hold {other} is lifted."
    assert erasing.agree(number=request.pk, by=leads.lena, now=MONDAY).records == 3
    assert verify() == []


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (("record", "C-1"), ("record", "C-1"), True),
        (("record", "C-1"), ("record", "C-2"), False),
        (("record", "C-1"), ("child", "p-7"), True),
        (("record", "C-1"), ("child", "p-7", "social_care"), True),
        (("child", "p-7"), ("child", "p-7", "social_care"), True),
        (("child", "p-7"), ("record", "H-1", "social_care"), True),
        (("child", "p-7"), ("child", "p-9"), False),
        (("child", "p-7"), ("record", "C-9"), False),
        (("record", "C-9"), ("child", "p-7"), False),
    ],
)
def test_another_hold_is_told_where_it_is_on_the_same_child_or_record(leads, one, other, together):
    first, second = held(leads.rosa, *one), held(leads.lena, *other)
    for each, else_ in ((first, second), (second, first)):
        assert (f"hold {else_.pk} stands on it" in holds.still_held(each)) is together
        assert bool(holds.still_held(each)) is together
    third = held(leads.rosa, *one)
    both = f"holds {first.pk}, {second.pk} stand on it" if together else f"hold {first.pk} stands on it"
    assert both in holds.still_held(third)


def test_the_page_says_so_too(leads, client):
    first, second = held(leads.rosa, "record", "C-1"), held(leads.lena, "record", "C-1")
    assert client.login(username="rosa", password=PASSWORD)
    page = client.post(f"/holds/{first.pk}", {"reason": "The inquiry has reported."}, follow=True)
    assert f"The hold is lifted. Also held: hold {second.pk} stands on it" in page.content.decode()
    told = {"scope": "record", "agency": "school", "ref": "C-1", "reason": "Another inquiry needs it."}
    page = client.post("/holds", told, follow=True).content.decode()
    assert f"Also held: hold {second.pk} stands on it" in page
