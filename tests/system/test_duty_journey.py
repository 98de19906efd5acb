"""What is owed changes hands, falls due and climbs: as the people in it see it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from heed.casework.actions.duties import escalate_due
from heed.casework.clock import now
from heed.casework.models import Duty, Professional
from tests import personas
from tests.system.looking import look_at

WORDS = "A man she did not know waited at the gate.\nShe went with him."
LATER = timedelta(hours=3)


class TestAChildInDangerNow:
    """Rosa writes that a child is in danger; Sam passes it to Iris; nobody answers; it climbs."""

    @pytest.fixture(autouse=True)
    def _stage(self, page_of, people):
        self.page_of, self.people = page_of, people

    def test_silence_is_seen_by_those_who_lead(self):
        self.given_rosa_raised_a_concern_about_danger()
        self.when_sam_offers_it_to_iris()
        self.then_iris_can_take_it_on()
        self.when_nobody_answers_in_two_hours()
        self.then_rosa_sees_that_it_went_up_and_lena_sees_it_on_her_page()

    def given_rosa_raised_a_concern_about_danger(self):
        self.iris = Professional(
            username="iris",
            name="Iris Vale",
            agency_id="social_care",
            role="social worker",
            grade="frontline",
            line_manager=self.people.lena,
        )
        self.iris.set_password(personas.PASSWORD)
        self.iris.save()
        rosa = self.page_of("rosa")
        rosa.goto("/concerns/new")
        rosa.get_by_label("What did you see").fill(WORDS)
        rosa.get_by_label("Someone else told me").check()
        rosa.get_by_label("Yes", exact=True).check()
        rosa.get_by_role("button", name="Save the concern").click()
        expect(rosa.get_by_text("Call 999 if you have not")).to_be_visible()
        look_at(rosa, "saved-danger")
        self.rosa = rosa

    def when_sam_offers_it_to_iris(self):
        sam = self.page_of("sam")
        sam.goto("/")
        sam.get_by_role("link", name="A concern").last.click()
        sam.get_by_text("Hand it over to a colleague").click()
        sam.get_by_label("To whom?").select_option(label="Iris Vale, social worker")
        sam.get_by_label("What should they know?").fill("I am in court until three.")
        look_at(sam, "duty-hand-over")
        sam.get_by_role("button", name="Offer it").click()
        expect(sam.get_by_text("Offered. Until it is taken on")).to_be_visible()
        look_at(sam, "duty-offered")

    def then_iris_can_take_it_on(self):
        Duty.objects.get(offered_to=self.iris)
        iris = self.page_of(self.iris)
        iris.goto("/")
        look_at(iris, "today-offered")
        iris.get_by_role("link", name="A concern").last.click()
        iris.get_by_role("button", name="Take it on").click()
        expect(iris.get_by_text("You have taken it on")).to_be_visible()

    def when_nobody_answers_in_two_hours(self):
        assert len(escalate_due(now=now() + LATER)) == 1

    def then_rosa_sees_that_it_went_up_and_lena_sees_it_on_her_page(self):
        self.rosa.goto("/")
        self.rosa.get_by_text("Every step so far").click()
        expect(self.rosa.get_by_text("Nobody answered: it went up")).to_be_visible()
        look_at(self.rosa, "today-steps")
        lena = self.page_of("lena")
        lena.goto("/")
        expect(lena.get_by_text("Rung 1 of 5")).to_be_visible()
        look_at(lena, "today-lead-climbed")
