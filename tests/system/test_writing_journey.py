"""Rosa writes: words are questioned, never blocked; what she began is kept; one key agrees to what the text names."""

import re

from playwright.sync_api import Page, expect

from heed.casework.models import Agreement, Draft, WordingChoice
from tests import personas
from tests.system.looking import complaints, look_at
from tests.system.test_concern_journey import tab_to

WORDS = (
    "She absconded at ten. She is promiscuous. She said “I am naughty”. "
    "A car, reg ZZ51 ABC, waited for a man known as Taz."
)


def begin(page: Page) -> None:
    page.goto("/concerns/new")
    page.get_by_label("What did you see").fill(WORDS)
    page.get_by_label("I saw or heard it myself").check()
    page.get_by_label("No, or not that I know of").check()


class TestWordsWhileWriting:
    """With JavaScript at a pause, without it on the way."""

    def test_a_phrase_is_questioned_and_the_writer_decides(self, page_of):
        rosa = page_of("rosa")
        heard = complaints(rosa)
        begin(rosa)
        expect(rosa.locator("#prompts mark")).to_have_text(["absconded", "promiscuous"])
        look_at(rosa, "prompts")
        rosa.get_by_role("button", name="Write “went missing”").focus()
        rosa.keyboard.press("Enter")
        expect(rosa.get_by_label("What did you see")).to_have_value(
            WORDS.replace("absconded", "went missing")
        )
        expect(rosa.locator("#prompts mark")).to_have_text(["promiscuous"])
        rosa.get_by_label("Why I keep mine").select_option(label="It is what somebody said")
        rosa.get_by_role("button", name="Keep mine").click()
        expect(rosa.locator("#prompts mark")).to_have_count(0)
        rosa.get_by_role("button", name="Save the concern").click()
        expect(rosa.get_by_role("heading", name="Saved")).to_be_visible()
        assert heard == []
        rows = WordingChoice.objects.order_by("pk").values_list("pair", "choice", "why")
        assert list(rows) == [("absconded", "accepted", ""), ("promiscuous", "kept", "quoted")]

    def test_a_line_end_and_a_picture_before_it_do_not_shift_the_place(self, page_of):
        rosa = page_of("rosa")
        rosa.goto("/concerns/new")
        rosa.get_by_label("What did you see").fill("Seen 🙂 twice.\nThen\nshe absconded.")
        rosa.get_by_role("button", name="Write “went missing”").click()
        expect(rosa.get_by_label("What did you see")).to_have_value("Seen 🙂 twice.\nThen\nshe went missing.")

    def test_a_phrase_put_in_other_words_is_counted_as_such(self, page_of):
        rosa = page_of("rosa")
        begin(rosa)
        expect(rosa.locator("#prompts mark")).to_have_count(2)
        rosa.get_by_label("What did you see").fill("She absconded at ten. A man waited.")
        expect(rosa.locator("#prompts mark")).to_have_text(["absconded"])
        rosa.get_by_role("button", name="Save the concern").click()
        expect(rosa.get_by_role("heading", name="Saved")).to_be_visible()
        assert list(WordingChoice.objects.values_list("pair", "choice")) == [("promiscuous", "rewritten")]

    def test_without_javascript_it_is_asked_on_the_way(self, page_of):
        rosa = page_of("rosa", java_script_enabled=False)
        begin(rosa)
        rosa.get_by_role("button", name="Check it first").click()
        expect(rosa.get_by_role("heading", name="Check before you save")).to_be_visible()
        rosa.get_by_role("button", name="Write “went missing”").click()
        rosa.get_by_role("button", name="Keep mine").click()
        expect(rosa.locator("mark")).to_have_count(0)
        rosa.get_by_role("button", name="Save the concern").click()
        expect(rosa.get_by_role("heading", name="Saved")).to_be_visible()
        assert WordingChoice.objects.count() == 2

    def test_the_check_can_be_read_by_everybody(self, page_of):
        rosa = page_of("rosa")
        begin(rosa)
        rosa.get_by_role("button", name="Check it first").click()
        look_at(rosa, "check")


class TestWhatTheTextNames:
    """One key for each, from the receipt, without a mouse."""

    def test_agreeing_is_one_key_and_the_next_is_ready(self, page_of):
        rosa = page_of("rosa", java_script_enabled=False)
        begin(rosa)
        rosa.get_by_role("button", name="Save the concern").click()
        rosa.get_by_role("button", name="Agree to “ZZ51 ABC”").focus()
        rosa.keyboard.press("Enter")
        expect(rosa.get_by_text("Agreed by Rosa Bell.")).to_have_count(1)
        expect(rosa.get_by_role("button", name="Agree to “Taz”")).to_be_focused()
        rosa.keyboard.press("Enter")
        expect(rosa.get_by_text("Agreed by Rosa Bell.")).to_have_count(2)
        assert Agreement.objects.filter(said="agreed").count() == 2

    def test_every_page_of_it_can_be_read_by_everybody(self, page_of):
        rosa = page_of("rosa")
        begin(rosa)
        rosa.get_by_role("button", name="Save the concern").click()
        look_at(rosa, "saved-named")
        rosa.goto(rosa.locator("section.heed-read form").get_attribute("action"))
        expect(rosa.get_by_role("heading", name="What the text names")).to_be_visible()
        rosa.get_by_role("button", name="Decline “Taz”").click()
        expect(rosa.get_by_text("Declined by Rosa Bell.")).to_be_visible()
        look_at(rosa, "named")


class TestDrafts:
    """What was begun is there after a time-out, a new sign-in, another page."""

    def test_a_session_that_ends_loses_nothing(self, page_of, open_context):
        page = page_of("rosa")
        begin(page)
        expect(page.locator("#kept")).to_contain_text("Kept as a draft at")
        page.context.clear_cookies(name="sessionid")
        page.get_by_label("What did you see").press("End")
        page.keyboard.type(" More.")
        expect(page.locator("#kept")).to_contain_text("You are signed out")
        page.goto("/concerns/new")
        page.get_by_label("Your sign-in name").fill("rosa")
        page.get_by_label("Password").fill(personas.PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        look_at(page, "concern-carry-on")
        page.get_by_role("link", name="She absconded at ten.").click()
        expect(page.get_by_label("What did you see")).to_have_value(WORDS)
        expect(page.get_by_label("I saw or heard it myself")).to_be_checked()
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_role("heading", name="Saved")).to_be_visible()
        assert not Draft.objects.exists()

    def test_without_javascript_a_draft_is_kept_listed_and_thrown_away(self, page_of):
        page = page_of("rosa", java_script_enabled=False)
        begin(page)
        page.get_by_role("button", name="Keep as a draft").click()
        expect(page).to_have_title("Today – Heed")
        expect(page.get_by_text("nobody has been told, and nobody owes")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Throw away")).click()
        expect(page.get_by_role("heading", name="Throw this draft away?")).to_be_visible()
        page.get_by_role("button", name="Throw it away").click()
        expect(page.get_by_role("heading", name="Carry on with")).to_have_count(0)
        assert not Draft.objects.exists()

    def test_what_asks_once_more_can_be_read_by_everybody(self, page_of):
        page = page_of("rosa")
        begin(page)
        page.get_by_role("button", name="Keep as a draft").click()
        page.get_by_role("button", name=re.compile("^Throw away")).click()
        look_at(page, "draft-forget")

    def test_today_with_a_draft_can_be_read_by_everybody(self, page_of):
        page = page_of("rosa")
        begin(page)
        page.get_by_role("button", name="Keep as a draft").click()
        look_at(page, "today-drafts")


class TestLookingFirst:
    """Search before create, and the folded part of the form."""

    def test_a_child_is_found_with_reasons_and_taken_into_the_concern(self, page_of):
        page = page_of("rosa")
        begin(page)
        page.get_by_label("The child’s name").fill("Ayla Marsh")
        page.get_by_label("Age or date of birth").fill("11 2 2012")
        page.get_by_label("I know them as").fill("p-7")
        page.get_by_role("button", name="Save the concern").click()
        page.goto("/concerns/find")
        page.get_by_label("Your agency’s reference").fill("p-7")
        page.get_by_role("button", name="Look").click()
        expect(page.get_by_text("The reference is exactly this child’s.")).to_be_visible()
        look_at(page, "find")
        page.get_by_role("button", name="Raise a concern about this child").click()
        expect(page.get_by_label("I know them as")).to_have_value("p-7")

    def test_the_folded_part_opens_by_keyboard_and_can_be_read_by_everybody(self, page_of):
        page = page_of("rosa")
        page.goto("/concerns/new")
        tab_to(page, "danger")
        page.locator("summary", has_text="More: what was tried").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Agency you told").first.select_option(label="Police")
        page.get_by_label("What the child wishes").first.select_option(label="Does not agree")
        look_at(page, "concern-more")
        page.get_by_label("What did you see").fill("A car waited.")
        page.get_by_label("I saw or heard it myself").check()
        page.get_by_label("No, or not that I know of").check()
        page.get_by_role("button", name="Save the concern").click()
        expect(page.get_by_text("Say why you share it all the same").first).to_be_visible()
        look_at(page, "concern-more-error")
