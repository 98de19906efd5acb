"""What is feared to be grave is closed by two people of two agencies, as each of them sees it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from heed.casework.actions.receive import receive
from heed.casework.clock import now
from heed.casework.models import Duty
from tests.concerns import concern
from tests.system.looking import look_at

WHY = "She was seen at home today and there is a plan."


class TestClosingWhatIsGrave:
    """Rosa raised a danger; Sam would close it; nothing is closed until Rosa, of another agency, agrees."""

    @pytest.fixture(autouse=True)
    def _stage(self, page_of, people):
        self.page_of, self.people = page_of, people

    def test_it_takes_two(self):
        self.given_a_duty_about_danger()
        self.when_sam_asks_to_close_it()
        self.then_it_is_still_owed()
        self.when_rosa_agrees()
        self.then_it_is_closed_until_the_day_to_look_again()

    def given_a_duty_about_danger(self):
        receive(record=concern(observations=["danger_now"]), by=self.people.rosa, now=now())
        self.address = f"/duties/{Duty.objects.get().reference}"

    def when_sam_asks_to_close_it(self):
        self.sam = self.page_of("sam")
        self.sam.goto(self.address)
        self.sam.get_by_label("No further action").check()
        self.sam.get_by_label("Why?").fill(WHY)
        self.sam.get_by_label("On which day is this looked at again?").first.fill(
            f"{now() + timedelta(days=20):%d %m %Y}"
        )
        look_at(self.sam, "duty-grave")
        self.sam.get_by_role("button", name="Answer").click()

    def then_it_is_still_owed(self):
        expect(self.sam.get_by_text("Until they agree, the answer is still owed")).to_be_visible()
        look_at(self.sam, "duty-asked")

    def when_rosa_agrees(self):
        rosa = self.page_of("rosa")
        rosa.goto(self.address)
        look_at(rosa, "duty-second")
        rosa.get_by_label("Yes, I agree").check()
        rosa.get_by_label("Why?").first.fill("I saw her myself this morning.")
        rosa.get_by_role("button", name="Give your word").click()
        expect(rosa.get_by_text("Closed: the second person agrees")).to_be_visible()
        rosa.goto("/duties/several")
        look_at(rosa, "theme")
        rosa.goto("/duties/by-hand")
        look_at(rosa, "by-hand")
        rosa.get_by_role("button", name="Begin").click()
        expect(rosa.get_by_role("alert").get_by_text("Choose what begins")).to_be_visible()
        look_at(rosa, "by-hand-missing")

    def then_it_is_closed_until_the_day_to_look_again(self):
        duty = Duty.objects.get(about="")
        assert duty.state == "answered"
        assert duty.recheck_at > now()
