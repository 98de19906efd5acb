"""Sam asks for a pack of a child, Hana of another agency reads it as it will leave and agrees, and Sam takes it once."""

import pytest
from playwright.sync_api import expect

from heed.casework.agencies import ensure
from heed.casework.models import Post, Professional
from tests import case_story
from tests.system.looking import complaints, look_at


@pytest.fixture
def ayla(people) -> str:
    """The records are in, Sam works with Ayla, and Hana leads a home."""
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    hana = Professional(
        username="hana", name="Hana Cross", agency=ensure("home"), role="manager", grade="senior"
    )
    hana.set_unusable_password()
    hana.save()
    Post.objects.create(agency_id="home", post="designated_lead", holder=hana, order=0)
    return case_story.person("school s-7")


def test_given_a_review_when_sam_asks_for_a_pack_then_hana_reads_it_and_it_leaves_once(ayla, page_of):
    sam = page_of("sam", java_script_enabled=False)
    sam.goto(f"/children/{ayla}/knew?on=2010-01-01")
    sam.get_by_role("link", name="Ask for a pack of what was known").click()
    sam.get_by_label("PDF, under pseudonyms").check()
    sam.get_by_label("A review of practice").check()
    sam.get_by_role("button", name="Ask a second person").click()
    expect(sam.get_by_text("in your own words").first).to_be_visible()
    sam.get_by_label("In your own words").fill("For the panel of the fictional review.")
    sam.get_by_role("button", name="Ask a second person").click()
    expect(sam.get_by_text("Nothing leaves until somebody at another agency")).to_be_visible()

    hana = page_of(Professional.objects.get(username="hana"))
    heard = complaints(hana)
    hana.goto("/")
    hana.get_by_role("link", name="Packs for reviews").click()
    look_at(hana, "packs")
    hana.get_by_role("link", name="Pack ").click()
    expect(hana.get_by_text("Child A").first).to_be_visible()
    look_at(hana, "pack-read")
    hana.get_by_role("button", name="I have read it and agree").click()
    expect(hana.get_by_text("You agreed.")).to_be_visible()

    sam.reload()
    look = page_of("sam")
    look.goto(sam.url)
    look_at(look, "pack-agreed")
    look.goto(f"/children/{ayla}/pack")
    look_at(look, "pack-ask")
    with sam.expect_download() as taken:
        sam.get_by_role("button", name="Take the file").click()
    assert taken.value.suggested_filename.startswith("heed-pack-")
    sam.reload()
    expect(sam.get_by_text("It has been taken out.")).to_be_visible()
    assert heard == []
