"""Sam declares that he stands near to a child, and she is gone for him; Hana, from outside, reads why and ends it."""

import pytest
from playwright.sync_api import expect

from heed.casework.models import Conflict, ConflictEnd, Post, Professional
from tests import case_story
from tests.system.looking import complaints, look_at

WHY = "The man who is named with her is my brother-in-law."


@pytest.fixture
def ayla(people) -> str:
    """The records are in, Sam and Hana work with Ayla, and Hana leads the home, which holds a file of her."""
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    hana = Professional(username="hana", name="Hana Cross", agency_id="home", role="manager", grade="senior")
    hana.set_unusable_password()
    hana.save()
    Post.objects.create(agency_id="home", post="designated_lead", holder=hana, order=0)
    case_story.works_with(hana, "social_care 10233")
    return case_story.person("school s-7")


def test_given_a_conflict_when_sam_declares_it_then_she_is_gone_for_him_until_a_lead_outside_ends_it(
    ayla, page_of
):
    sam = page_of("sam", java_script_enabled=False)
    sam.goto(f"/children/{ayla}")
    sam.get_by_role("link", name="Record a conflict of interest").click()
    sam.get_by_role("button", name="Record it").click()
    expect(sam.get_by_text("Say why").first).to_be_visible()
    sam.get_by_label("Why?").fill(WHY)
    sam.get_by_role("button", name="Record it").click()
    expect(sam.get_by_text("nothing that names this person is there")).to_be_visible()
    gone = sam.goto(f"/children/{ayla}")
    assert gone is not None and gone.status == 404

    hana = page_of(Professional.objects.get(username="hana"))
    heard = complaints(hana)
    hana.goto(f"/people/{ayla}/conflicts")
    look_at(hana, "conflicts")
    hana.get_by_role("link", name="Sam Oduya").click()
    expect(hana.get_by_text(WHY)).to_be_visible()
    look_at(hana, "conflict")
    hana.get_by_label("Why does it end?").fill("Another family of the same name: I asked both.")
    hana.get_by_role("button", name="End the conflict of interest").click()
    expect(hana.get_by_text("Ended. Your words are kept")).to_be_visible()
    assert ConflictEnd.objects.get().conflict == Conflict.objects.get()
    there = sam.goto(f"/children/{ayla}")
    assert there is not None and there.status == 200
    assert heard == []
