"""Rosa opens a child's records in an emergency, without a script; Hana reviews it from outside; Sam sees who looked."""

import pytest
from playwright.sync_api import expect

from heed.casework.models import Glass, GlassReview, Post, Professional
from tests import case_story
from tests.system.looking import complaints, look_at

REASON = "She is at the desk now and will not say where she slept."


@pytest.fixture
def ayla(people) -> str:
    """The records are in and Sam works with Ayla; the home, which holds a file of her, has a lead."""
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    hana = Professional(username="hana", name="Hana Cross", agency_id="home", role="manager", grade="senior")
    hana.set_unusable_password()
    hana.save()
    Post.objects.create(agency_id="home", post="designated_lead", holder=hana, order=0)
    return case_story.person("school s-7")


def test_given_an_emergency_when_rosa_opens_it_then_it_is_reviewed_and_her_team_sees_who_looked(
    ayla, page_of
):
    rosa = page_of("rosa", java_script_enabled=False)
    rosa.goto(f"/children/{ayla}")
    rosa.get_by_role("link", name="Open what others hold, in an emergency").click()
    rosa.get_by_role("button", name="Open the records").click()
    expect(rosa.get_by_text("Say why you need to see more").first).to_be_visible()
    rosa.get_by_label("A child is in danger now").check()
    rosa.get_by_label("Why do you need to see more, now?").fill(REASON)
    rosa.get_by_role("button", name="Open the records").click()
    expect(rosa.get_by_role("heading", name="Emergency access is open")).to_be_visible()
    rosa.goto("/")
    expect(rosa.get_by_role("heading", name="Emergency access is open")).to_be_visible()

    held = Glass.objects.get()
    hana = page_of(Professional.objects.get(username="hana"))
    heard = complaints(hana)
    hana.goto("/")
    hana.get_by_role("link", name="A child’s records opened in an emergency").first.click()
    look_at(hana, "glass-duty")
    hana.get_by_role("link", name="Who, why, and what they looked at").click()
    expect(hana.get_by_text(REASON)).to_be_visible()
    look_at(hana, "glass")
    hana.get_by_label("Yes: it was an emergency").check()
    hana.get_by_label("How do you know?").fill("I rang the school, and they had her there.")
    hana.get_by_role("button", name="Keep the review").click()
    expect(hana.get_by_text("Your review is kept")).to_be_visible()
    assert GlassReview.objects.get().glass == held

    sam = page_of("sam")
    sam.goto(f"/children/{ayla}")
    sam.get_by_role("link", name="Who looked at these records").click()
    expect(sam.get_by_text("emergency access").first).to_be_visible()
    look_at(sam, "looks")
    assert heard == []


def test_the_form_and_the_banner_can_be_read_by_everybody(ayla, page_of):
    rosa = page_of("rosa")
    rosa.goto(f"/children/{ayla}/emergency")
    look_at(rosa, "glass-open")
    rosa.get_by_role("button", name="Open the records").click()
    look_at(rosa, "glass-open-refused")
    rosa.get_by_label("A child is missing").check()
    rosa.get_by_label("Why do you need to see more, now?").fill(REASON)
    rosa.get_by_role("button", name="Open the records").click()
    expect(rosa.get_by_role("heading", name="Emergency access is open")).to_be_visible()
    look_at(rosa, "glass-banner-child")
    rosa.goto("/children")
    look_at(rosa, "glass-banner")
