"""Sam reports Ayla missing without a script; the night is told entry by entry; she is back and interviewed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from heed.casework.clock import now
from heed.casework.models import Duty, Record, Relationship
from heed.web.forms.missing import LONDON
from tests import case_story
from tests.system.looking import complaints, look_at

WHY = "She is not answering, and the last bus has gone."


def at(hours: float) -> str:
    return (now() + timedelta(hours=hours)).astimezone(LONDON).strftime("%d %m %Y %H:%M")


@pytest.fixture
def ayla(people) -> str:
    case_story.tell(case_story.story(4))
    case_story.works_with(people.sam, "social_care 10233")
    Relationship.objects.filter(professional=people.sam).update(
        basis="raised"
    )  # allocated, Sam is not independent
    return case_story.person("social_care 10233")


def test_given_a_plan_and_a_sheet_when_she_goes_missing_then_the_night_is_told_to_its_end(ayla, page_of):
    sam = page_of("sam", java_script_enabled=False)
    # Given a sheet and a plan
    sam.goto(f"/children/{ayla}")
    sam.get_by_role("link", name="Every episode, what is owed for it").click()
    sam.get_by_role("link", name="The “if missing” sheet and the trigger plan").click()
    sam.get_by_role("button", name="Write the sheet").click()
    sam.get_by_label("What does the child look like?").fill("Tall, red coat")
    sam.get_by_role("button", name="Save this version").click()
    sam.get_by_role("link", name="Write a plan").click()
    sam.get_by_label("Action 1: who?").select_option("police")
    sam.get_by_label("Action 1: does what?").fill("Look at Mill Street first")
    sam.get_by_label("Agreed with whom").fill("All, on Monday")
    sam.get_by_role("button", name="Save the plan").click()
    expect(sam.get_by_text("Look at Mill Street first")).to_be_visible()
    # When she is reported
    sam.goto(f"/children/{ayla}/missing/report")
    expect(sam.get_by_text("1st in 30 days")).to_be_visible()
    sam.get_by_label("Missing: nobody knows where").check()
    sam.get_by_label("Since when is the child away?").fill(at(-3))
    sam.get_by_label("A children’s home").check()
    sam.get_by_label("Why are you worried?").fill("Went out after a call.")
    sam.get_by_label("Medium: harm is likely").check()
    sam.get_by_role("button", name="Save the report").click()
    expect(sam.get_by_text("a level without its reason is not saved").first).to_be_visible()
    sam.get_by_label("Why this level?").fill(WHY)
    sam.get_by_role("button", name="Save the report").click()
    expect(sam.get_by_role("heading", name="Away now")).to_be_visible()
    assert Duty.objects.filter(about="missing:plan:police").count() == 1
    # Then the night is told: graded anew, the picture, back, interviewed
    sam.get_by_role("link", name="Open this episode").click()
    sam.get_by_role("button", name="Look at the risk again").click()
    sam.get_by_label("Missing: nobody knows where").check()
    sam.get_by_label("High: serious harm").check()
    sam.get_by_label("Why this level?").fill("Seen getting into a car she did not know.")
    sam.get_by_role("button", name="Save the grade").click()
    sam.get_by_role("button", name="Write the picture, hand over").click()
    sam.get_by_label("The picture now").fill("Her sister heard from her at ten.")
    sam.get_by_role("button", name="Save the picture").click()
    expect(sam.get_by_role("heading", name="The picture for the next shift").first).to_be_visible()
    sam.get_by_role("button", name="The child is back").click()
    sam.get_by_label("When was the child back?").fill(at(-1))
    sam.get_by_label("Found by whom?").fill("a patrol")
    sam.get_by_label("How was the child?").fill("Cold, in a coat that is not hers.")
    sam.get_by_label("No, or not yet known").check()
    sam.get_by_role("button", name="Save the return").click()
    sam.get_by_role("button", name="Return interview").click()
    sam.get_by_label("Held", exact=True).check()
    sam.get_by_label("Who offered it").fill("Sam, this morning")
    sam.get_by_label("No", exact=True).check()
    sam.get_by_label("When was it held?").fill(at(0))
    sam.get_by_label("The child’s own words").fill("He said he would come back for me.")
    sam.get_by_role("button", name="Save the interview").click()
    expect(sam.get_by_text("He said he would come back for me.")).to_be_visible()
    assert Duty.objects.get(about="deadline:return_interview").state == "answered"
    assert Record.objects.system("a test reads").filter(kind="missing", agency="social_care").count() == 4


def test_every_page_can_be_read_by_everybody(ayla, page_of):
    sam = page_of("sam")
    heard = complaints(sam)
    look_pages = [
        ("if-missing/change", "Save this version", "sheet"),
        ("if-missing/plan", "Save the plan", "plan"),
    ]
    for address, button, name in look_pages:
        sam.goto(f"/children/{ayla}/{address}")
        look_at(sam, f"missing-{name}-form")
        sam.get_by_role("button", name=button).click()
        look_at(sam, f"missing-{name}-form-refused")
    sam.goto(f"/children/{ayla}/if-missing/change")
    sam.get_by_label("What does the child look like?").fill("Tall, red coat\nGlasses for reading")
    sam.get_by_label("Friends, family and others").fill("Nell Orme, her aunt in Eastmarch")
    sam.get_by_role("button", name="Save this version").click()
    look_at(sam, "missing-sheet")
    sam.goto(f"/children/{ayla}/if-missing/print")
    look_at(sam, "missing-print")
    sam.goto(f"/children/{ayla}/missing/report")
    look_at(sam, "missing-report")
    sam.get_by_role("button", name="Save the report").click()
    look_at(sam, "missing-report-refused")
    sam.get_by_label("Away without authorisation").check()
    sam.get_by_label("Since when is the child away?").fill(at(-3))
    sam.get_by_label("A children’s home").check()
    sam.get_by_label("Why are you worried?").fill("Went out after a call.")
    sam.get_by_label("Low: harm is possible").check()
    sam.get_by_label("Why this level?").fill(WHY)
    sam.get_by_label("Why is the level low although").fill("Her aunt rang, and is known to us.")
    sam.get_by_role("button", name="Save the report").click()
    look_at(sam, "missing-child")
    sam.get_by_role("link", name="Open this episode").click()
    look_at(sam, "missing-episode")
    for link, name in (
        ("Look at the risk again", "risk"),
        ("Write the picture", "picture"),
        ("The child is back", "return"),
    ):
        here = sam.url
        sam.get_by_role("button", name=link).click()
        look_at(sam, f"missing-{name}")
        sam.goto(here)
    here = sam.url
    sam.goto(f"{here}/interview")
    look_at(sam, "missing-interview")
    sam.goto("/missing/report")
    look_at(sam, "missing-report-anybody")
    assert [each for each in heard if "422" not in each] == []
