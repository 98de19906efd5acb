"""Rosa, lead of a school, asks that a record be erased; Lena, lead elsewhere, is asked twice before it is."""

import pytest
from playwright.sync_api import expect

from heed.casework.actions import erasing
from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.models import Post, Record
from tests.concerns import concern
from tests.system.looking import look_at


@pytest.fixture
def address(people) -> str:
    """Where Lena decides on what Rosa asked for."""
    Post.objects.create(agency_id="school", post="designated_lead", holder=people.rosa, order=0)
    receive(record=concern("C-1"), by=people.rosa, now=now())
    why = "order of the family court of 9 November"
    asked = erasing.ask(
        scope="record", agency="school", ref="C-1", basis="court_order", reason=why, by=people.rosa, now=now()
    )
    return f"/erasures/{asked.pk}"


def test_one_press_erases_nothing_and_needs_no_script(address, page_of):
    lena = page_of("lena", java_script_enabled=False)
    lena.goto(address)
    lena.get_by_role("button", name="Agree to erase it").click()
    expect(lena.get_by_role("heading", name="Erase it now?")).to_be_visible()
    assert Record.kept.get(ref="C-1").document != ""
    lena.get_by_role("button", name="Erase it now").click()
    expect(lena.get_by_text("Erased: 1 records")).to_be_visible()
    assert Record.kept.get(ref="C-1").document == ""


def test_what_asks_once_more_can_be_read_by_everybody(address, page_of):
    lena = page_of("lena")
    lena.goto(address)
    look_at(lena, "erasure")
    lena.get_by_role("button", name="Agree to erase it").click()
    look_at(lena, "erasure-sure")
    lena.get_by_role("link", name="Go back, erase nothing").click()
    lena.get_by_label("If you do not agree").fill("The inquiry still needs it.")
    lena.get_by_role("button", name="Do not agree").click()
    expect(lena.get_by_text("The inquiry still needs it.")).to_be_visible()


def test_a_hold_is_set_and_lifted_without_a_script_and_can_be_read_by_everybody(address, page_of):
    lena = page_of("lena")
    lena.goto("/erasures")
    lena.get_by_role("link", name="Legal holds").click()
    look_at(lena, "holds-empty")
    plain = page_of("lena", java_script_enabled=False)
    plain.goto("/holds")
    plain.get_by_label("One record").check()
    plain.get_by_label("In which agency’s files?").select_option("school")
    plain.get_by_label("That agency’s own reference of it").fill("C-1")
    plain.get_by_label("Which inquiry, claim or prosecution needs it?").fill("The inquiry of the county.")
    plain.get_by_role("button", name="Set the hold").click()
    expect(plain.get_by_text("Nothing of it is erased until the hold is lifted")).to_be_visible()
    lena.reload()
    look_at(lena, "holds")
    lena.get_by_role("link", name="Hold ").click()
    look_at(lena, "hold")
    plain.get_by_role("link", name="Hold ").click()
    plain.get_by_label("Why does it end?").fill("The inquiry has reported.")
    plain.get_by_role("button", name="Lift the hold").click()
    expect(plain.get_by_text("The hold is lifted.")).to_be_visible()
