"""Rosa raises a concern: with a mouse, by keyboard alone, and with JavaScript off. Sam answers; Carl sees nothing."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import personas
from tests.system.looking import complaints, look_at

WORDS = (
    "Ayla came in at eleven with a phone she did not own on Friday. A silver saloon waited outside at three."
)
REASON = "We visited today. She asked to talk again on Thursday, with her key worker."


class TestRaisingAConcern:
    """From the first page to an answer that reaches whoever raised it."""

    @pytest.fixture(autouse=True)
    def _stage(self, page_of, open_context):
        self.page_of, self.open_context = page_of, open_context

    def test_a_concern_is_saved_owed_seen_answered_and_disagreed_with(self):
        self.given_rosa_signs_in()
        self.when_she_raises_a_concern()
        self.then_she_has_a_receipt_that_names_who_owes_an_answer()
        self.when_sam_answers()
        self.then_rosa_sees_the_answer_and_its_reason()
        self.when_rosa_disagrees()
        self.then_it_stands_one_rung_higher()

    def given_rosa_signs_in(self):
        self.rosa = self.open_context().new_page()
        self.heard = complaints(self.rosa)
        self.rosa.goto("/")
        look_at(self.rosa, "sign-in")
        self.rosa.get_by_label("Your sign-in name").fill("rosa")
        self.rosa.get_by_label("Password").fill(personas.PASSWORD)
        self.rosa.get_by_role("button", name="Sign in").click()
        expect(self.rosa).to_have_title("Today – Heed")
        look_at(self.rosa, "today-empty")

    def when_she_raises_a_concern(self):
        self.rosa.get_by_role("button", name="Raise a concern").click()
        look_at(self.rosa, "concern")
        fill_in(self.rosa)
        self.rosa.get_by_role("button", name="Save the concern").click()

    def then_she_has_a_receipt_that_names_who_owes_an_answer(self):
        expect(self.rosa.get_by_role("heading", name="Saved")).to_be_visible()
        expect(self.rosa.get_by_text("Sam Oduya (duty social worker")).to_be_visible()
        look_at(self.rosa, "saved")
        self.rosa.get_by_role("link", name="Today").first.click()
        look_at(self.rosa, "today-raised")
        assert self.heard == []

    def when_sam_answers(self):
        sam = self.page_of("sam")
        sam.goto("/")
        look_at(sam, "today-owed")
        sam.get_by_role("link", name="A concern about Ayla Marsh").click()
        look_at(sam, "duty-owner")
        sam.get_by_role("button", name="I have seen it").click()
        expect(sam.get_by_text("You have said that you have seen it")).to_be_visible()
        sam.get_by_role("button", name="Answer").click()
        expect(sam).to_have_title(re.compile("^Error: "))
        look_at(sam, "duty-error")
        sam.get_by_label("A visit to see the child").check()
        sam.get_by_label("Why?").fill(REASON)
        sam.get_by_role("button", name="Answer").click()
        expect(sam.get_by_text("Answered. Whoever raised it now sees")).to_be_visible()
        self.address = sam.url

    def then_rosa_sees_the_answer_and_its_reason(self):
        self.rosa.goto(self.address)
        expect(self.rosa.get_by_text(REASON)).to_be_visible()
        look_at(self.rosa, "duty-raiser")

    def when_rosa_disagrees(self):
        self.rosa.get_by_text("I disagree with how it stands").click()
        self.rosa.get_by_label("Why do you not accept how it stands?").fill(
            "Thursday is too late: the car is back."
        )
        self.rosa.get_by_role("button", name="Take it one rung up").click()

    def then_it_stands_one_rung_higher(self):
        expect(self.rosa.get_by_text("Rung 1 of 5").first).to_be_visible()
        lena = self.page_of("lena")
        lena.goto("/")
        look_at(lena, "today-lead")
        expect(lena.get_by_role("link", name="about Ayla Marsh")).to_be_visible()


class TestByKeyboardAlone:
    """Every control is reached by Tab, moved by arrows and space, sent by Enter."""

    def test_a_concern_is_saved_without_a_mouse(self, page_of):
        page = page_of("rosa")
        page.goto("/concerns/new")
        self.when_she_skips_to_the_content(page)
        self.when_she_types_and_chooses(page)
        self.then_it_is_saved(page)

    def when_she_skips_to_the_content(self, page: Page):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")

    def when_she_types_and_chooses(self, page: Page):
        tab_to(page, "text")
        page.keyboard.type(WORDS)
        tab_to(page, "source")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        tab_to(page, "danger")
        page.keyboard.press("ArrowDown")
        tab_to(page, "child_name")
        page.keyboard.type("Ayla Marsh")

    def then_it_is_saved(self, page: Page):
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Saved")).to_be_visible()


class TestWithoutJavaScript:
    """The page is plain HTML first."""

    def test_a_concern_with_a_rough_date_is_saved(self, page_of):
        page = page_of("rosa", java_script_enabled=False)
        page.goto("/concerns/new")
        fill_in(page)
        page.get_by_label("Earlier, or roughly").check()
        page.get_by_label("Month").fill("March")
        page.get_by_label("Year").fill("2026")
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_role("heading", name="Saved")).to_be_visible()

    def test_what_is_missing_is_said_and_nothing_typed_is_lost(self, page_of):
        page = page_of("rosa", java_script_enabled=False)
        page.goto("/concerns/new")
        page.get_by_label("What did you see").fill(WORDS)
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_role("heading", name="NOT saved")).to_be_visible()
        expect(page.get_by_label("What did you see")).to_have_value(WORDS)


class TestASessionThatEnds:
    """Rosa writes for a long time and is signed out meanwhile: the words survive both the end and the return."""

    def test_nothing_written_is_lost(self, page_of):
        page = page_of("rosa")
        page.goto("/concerns/new")
        fill_in(page)
        self.when_the_session_ends(page)
        self.then_it_says_not_saved_and_keeps_the_words(page, "You are signed out")
        self.when_she_signs_in_in_a_new_window(page)
        self.then_saving_again_saves(page)

    def when_the_session_ends(self, page: Page):
        page.context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Save the concern").click()

    def then_it_says_not_saved_and_keeps_the_words(self, page: Page, why: str):
        expect(page.get_by_role("heading", name="NOT saved")).to_be_visible()
        expect(page.get_by_text(why)).to_be_visible()
        expect(page.get_by_label("What did you see")).to_have_value(WORDS)
        look_at(page, "concern-signed-out")

    def when_she_signs_in_in_a_new_window(self, page: Page):
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Sign in (opens in a new window)").click()
        other = opened.value
        other.get_by_label("Your sign-in name").fill("rosa")
        other.get_by_label("Password").fill(personas.PASSWORD)
        other.get_by_role("button", name="Sign in").click()
        expect(other).to_have_title("Today – Heed")
        other.close()

    def then_saving_again_saves(self, page: Page):
        """Signing in changed the form's mark: the first try may be refused once more, with the words kept."""
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_label("What did you see")).to_have_value(WORDS)
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_role("heading", name="Saved")).to_be_visible()


def test_errors_and_refusals_can_be_read_by_everybody(page_of):
    page = page_of("carl")
    page.goto("/concerns/new")
    page.get_by_role("button", name="Save the concern").click()
    expect(page).to_have_title("Error: Raise a concern – Heed")
    look_at(page, "concern-error")
    page.goto("/duties/C-nothing")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    look_at(page, "refused")


def fill_in(page: Page) -> None:
    """What takes under a minute."""
    page.get_by_label("What did you see").fill(WORDS)
    page.get_by_label("I saw or heard it myself").check()
    page.get_by_label("No, or not that I know of").check()
    page.get_by_label("The child’s name").fill("Ayla Marsh")
    page.get_by_label("Age or date of birth").fill("14")
    page.get_by_label("The child’s own words").fill("He said he would drive me home.")
    page.get_by_label("Vehicle").fill("silver saloon")


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus."""
    for _ in range(20):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by keyboard")
