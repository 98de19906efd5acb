"""A child is watched; silence raises itself and climbs; she is seen, in her words; less takes two agencies."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from heed.casework.clock import now
from heed.casework.models import Duty, Registered
from heed.casework.tick import climb
from tests import case_story
from tests.system.looking import complaints, look_at, read_all

HER_WORDS = "He waits by the gate. I do not want to go back there."


@pytest.fixture
def ayla(people) -> str:
    """The records are in; Sam works with Ayla, and so does Rosa of her school."""
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233")
    case_story.works_with(people.rosa, "school s-7")
    return case_story.person("school s-7")


def ask_to_stop(sam):
    sam.get_by_role("link", name="Ask to watch less, or to stop").click()
    sam.get_by_label("To stop watching the child").check()
    sam.get_by_label("What has changed for the child?").fill(
        "He is in custody, and the child sleeps at home."
    )
    sam.get_by_label("On which day is this looked at again?").fill(f"{now() + timedelta(days=30):%d %m %Y}")
    sam.get_by_role("button", name="Ask a second person").click()
    expect(sam.get_by_text("A second person is asked.").first).to_be_visible()


def test_given_a_watched_child_when_nobody_sees_her_then_it_climbs_until_she_is_seen_and_less_takes_two(
    ayla, page_of
):
    # Given: Sam begins to watch her, without a script.
    sam = page_of("sam", java_script_enabled=False)
    sam.goto(f"/children/{ayla}")
    sam.get_by_role("link", name="Watch this child").click()
    sam.get_by_role("button", name="Begin to watch").click()
    expect(sam.get_by_text("Why is the child watched: this cannot be left empty").first).to_be_visible()
    sam.get_by_label("Why is the child watched?").fill("Three nights away in a fortnight.")
    sam.get_by_label("What is to be looked for?").fill("A second telephone; the silver saloon.")
    sam.get_by_label("When can it stop?").fill("Ninety days at home, and the child says so.")
    sam.get_by_label("High: serious harm is feared").check()
    sam.get_by_role("button", name="Begin to watch").click()
    expect(sam.get_by_text("The child is watched from now on.")).to_be_visible()
    row = Registered.objects.get(kind="child")

    # When: the day passes in silence, and more days.
    climb(row.next_at + timedelta(days=5))
    duty = Duty.objects.get(about__startswith="silence:")
    assert (duty.state, duty.rung > 0) == ("open", True)
    Registered.objects.filter(pk=row.pk).update(opened_at=now() - timedelta(days=9))
    lena = page_of("lena")
    heard = complaints(lena)
    lena.goto(f"/duties/{duty.reference}")
    look_at(lena, "register-duty")
    assert lena.get_by_role("button", name="Answer").count() == 0

    # Then: only a visit with her words ends it.
    sam.goto(f"/register/{row.reference}")
    sam.get_by_role("link", name="Write down that the child was seen").click()
    sam.get_by_label("On which day?").fill(f"{now():%d %m %Y}")
    sam.get_by_label("In person, where the child lives").check()
    sam.get_by_role("button", name="Save the visit").click()
    expect(sam.get_by_text("Write down the child's own words").first).to_be_visible()
    expect(sam.get_by_text("Say whether the child was seen alone").first).to_be_visible()
    assert Duty.objects.get(pk=duty.pk).state == "open"
    sam.get_by_label("Alone with the child").check()
    sam.get_by_label("The child's own words").fill(HER_WORDS)
    sam.get_by_role("button", name="Save the visit").click()
    expect(sam.get_by_text("Saved, in the child’s chronology.")).to_be_visible()
    assert HER_WORDS in read_all(sam)

    # And: watching her less takes somebody of another agency.
    ask_to_stop(sam)
    asked = Duty.objects.get(about__startswith="second:")
    lena.goto(f"/duties/{asked.reference}")
    assert lena.get_by_role("button", name="Give your word").count() == 0
    rosa = page_of("rosa")
    rosa.goto(f"/register/{row.reference}")
    look_at(rosa, "registered-asked")
    assert Registered.objects.get(pk=row.pk).state == "asked"
    rosa.get_by_role("link", name="giving your word").click()
    rosa.get_by_label("Yes, I agree").check()
    rosa.get_by_label("Why?").first.fill("School sees the same every day.")
    rosa.get_by_role("button", name="Give your word").click()
    rosa.goto(f"/register/{row.reference}")
    expect(rosa.get_by_text("Ended: the second person agrees")).to_be_visible()
    assert heard == []
