"""Sam takes Ayla's records out for a court; Lena looks at a flood that was held, and withdraws it with a reason."""

import pytest
from playwright.sync_api import Page, expect

from heed.casework.actions.receive import receive_many
from heed.casework.clock import now
from heed.casework.models import Batch, Entry
from tests import case_story
from tests.system.looking import complaints, look_at


@pytest.fixture
def story(people) -> str:
    """The records are in and linked, Sam works with Ayla, and one batch is held. Gives Ayla's id."""
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    told = case_story.document(
        "social_care",
        "FALSE-1",
        "contact",
        now(),
        case_story.as_(case_story.AYLA, "10233"),
        text="False words.",
    )
    batch = Batch(agency_id="social_care", source="command", begun=now(), state="held")
    receive_many(records=[case_story.read(told)], by=None, now=now(), batch=batch)
    return case_story.person("social_care 10233")


def test_sam_takes_records_out_with_a_reason(story, page_of):
    sam = page_of("sam")
    heard = complaints(sam)
    sam.goto(f"/children/{story}")
    sam.get_by_role("link", name="Take these records out as a file").click()
    look_at(sam, "take-out")
    then_it_asks_what_for(sam)
    sam.get_by_label("Chronology as CSV").check()
    sam.get_by_label("Proceedings in court").check()
    sam.get_by_label("In your own words").fill("Disclosure in case 9 of the family court.")
    with sam.expect_download() as leaving:
        sam.get_by_role("button", name="Make the file").click()
    number = Entry.objects.get(kind="export").seq
    assert leaving.value.suggested_filename == f"heed-export-{number}.csv"
    assert [each for each in heard if "422" not in each] == [], "only the refused answer may be heard of"


def then_it_asks_what_for(page: Page):
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_text("Say what it is for in your own words").first).to_be_visible()
    look_at(page, "take-out-refused")


def test_lena_withdraws_what_was_held(story, page_of):
    lena = page_of("lena")
    heard = complaints(lena)
    lena.goto("/")
    lena.get_by_role("link", name="What came in").click()
    look_at(lena, "batches")
    lena.get_by_role("link", name="Batch").click()
    look_at(lena, "batch")
    lena.get_by_label("Why?").fill("The key had been stolen, the team says.")
    lena.get_by_role("button", name="Withdraw").click()
    expect(lena.get_by_text("Withdrawn: its records are kept").first).to_be_visible()
    look_at(lena, "batch-withdrawn")
    assert heard == []
