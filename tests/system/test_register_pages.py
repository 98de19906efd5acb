"""Every page of the register, as whoever may see it meets it: nothing a screen reader trips over, at two widths."""

from datetime import timedelta

import pytest

from heed.casework.actions import register
from heed.casework.actions.register import Watching
from heed.casework.clock import now
from heed.casework.models import Post, Professional, Registered
from heed.core.duty.moves import Level
from tests import case_story
from tests.system.looking import complaints, look_at
from tests.unit.register.planning import PLANS, place_of


@pytest.fixture
def ines(people) -> Professional:
    """An inspector with a watched child, a person of concern, and one of everything that is planned."""
    case_story.tell(case_story.story(3))
    one = Professional(
        username="ines", name="Ines Hart", agency_id="police", role="inspector", grade="senior"
    )
    one.set_password("a password of four words")
    one.save()
    Post.objects.create(agency_id="police", post="designated_lead", holder=one, order=0)
    case_story.works_with(one, "police c-104")
    at = now()
    terms = Watching(
        "Because of the nights.", "The silver saloon.", "A quiet year.", Level.HIGH, 7, one, "worker"
    )
    child = register.watch(person=case_story.person("police c-104"), watching=terms, by=one, now=at)
    record, position = place_of("person")
    register.register_person(
        record=record,
        position=position,
        why="Three children name him.",
        grading=("2", "C", "C"),
        by=one,
        now=at,
    )
    for plan in ("action", "panel"):
        PLANS[plan](child, one)
    register.add_measure(
        under=child.reference, measure="abduction_notice", words="Taz, about Ayla.", owner=one, by=one, now=at,
        expires_on=at.date() + timedelta(days=60),
    )  # fmt: skip
    return one


@pytest.mark.drill
def test_given_a_full_register_when_ines_opens_each_page_then_each_can_be_read_by_anybody(ines, page_of):
    page = page_of(ines)
    heard = complaints(page)
    record, position = place_of("place")
    row = Registered.objects.get(kind="child").reference
    taz = Registered.objects.get(kind="person").reference
    person = case_story.person("police c-104")
    pages = {
        "register": "/register",
        "register-child": f"/register/{row}",
        "register-pack": f"/register/{row}/pack",
        "register-seen": f"/register/{row}/do/seen",
        "register-less": f"/register/{row}/do/less",
        "register-consider": f"/register/{row}/do/consider",
        "register-measure": f"/register/{row}/do/measure",
        "register-person": f"/register/{taz}",
        "register-place": f"/records/{record}/place/{position}",
        "register-recommend": "/register/recommendations/new",
        "register-watched-child": f"/children/{person}",
        "rules": "/rules",
    }
    for name, address in pages.items():
        assert page.goto(address).status == 200, address
        look_at(page, name)
    page.goto(pages["register-seen"])
    page.get_by_role("button", name="Save the visit").click()
    look_at(page, "register-seen-refused")
    assert [line for line in heard if "422" not in line] == []
