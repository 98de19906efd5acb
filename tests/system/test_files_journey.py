"""Rosa adds a photograph and a note to what she raised, with no JavaScript; Sam saves them; Carl finds nothing."""

import pytest
from playwright.sync_api import Page, expect

from heed.casework.attachments.looking import look_at_files
from heed.casework.clock import now
from heed.casework.models import Attachment, Entry, Source
from tests.system.looking import look_at
from tests.unit.attachments.files import CANARY, photo

NOTE = b"A silver saloon, twice on Friday."


class TestFilesWithAConcern:
    """From the receipt to the chronology."""

    @pytest.fixture(autouse=True)
    def _stage(self, page_of, tmp_path):
        self.page_of = page_of
        (tmp_path / "photo.jpg").write_bytes(photo())
        (tmp_path / "note.txt").write_bytes(NOTE)
        self.files = [str(tmp_path / "photo.jpg"), str(tmp_path / "note.txt")]

    def test_added_seen_and_saved_without_javascript(self):
        rosa = self.page_of("rosa", java_script_enabled=False)
        self.given_a_saved_concern(rosa)
        self.when_she_adds_two_files(rosa)
        self.when_they_were_looked_at()
        self.then_a_colleague_sees_and_saves_them(rosa)
        self.then_carl_finds_nothing()

    def given_a_saved_concern(self, rosa: Page):
        rosa.goto("/concerns/new")
        rosa.get_by_label("What did you see").fill("A car waited outside.")
        rosa.get_by_label("I saw or heard it myself").check()
        rosa.get_by_label("No, or not that I know of").check()
        rosa.get_by_label("The child’s name, as you know it").fill("Ayla Marsh")
        rosa.get_by_role("button", name="Save the concern").click()
        expect(rosa.get_by_role("heading", name="Saved")).to_be_visible()

    def when_she_adds_two_files(self, rosa: Page):
        rosa.get_by_role("link", name="Add photographs or other files").click()
        rosa.get_by_role("button", name="Save the files").click()
        expect(rosa.get_by_role("heading", name="NOT saved")).to_be_visible()
        rosa.get_by_label("Choose files").set_input_files(self.files)
        rosa.get_by_role("button", name="Save the files").click()
        expect(rosa.get_by_role("link", name="photo.jpg")).to_be_visible()
        expect(rosa.get_by_role("link", name="note.txt")).to_be_visible()

    def when_they_were_looked_at(self):
        assert look_at_files(now()) == 2

    def then_a_colleague_sees_and_saves_them(self, rosa: Page):
        person = Source.objects.get().person
        plain = self.page_of("rosa")
        plain.goto(f"/children/{person}")
        expect(plain.get_by_role("img", name="Small picture of photo.jpg")).to_be_visible()
        look_at(plain, "child-with-files")
        rosa.goto(f"/children/{person}")
        with rosa.expect_download() as told:
            rosa.get_by_role("link", name="note.txt").click()
        assert told.value.suggested_filename == "note.txt"
        assert told.value.path().read_bytes() == NOTE
        with rosa.expect_download() as told:
            rosa.get_by_role("link", name="photo.jpg").click()
        assert CANARY.encode() in told.value.path().read_bytes()
        looks = Entry.objects.filter(kind="consultation", purpose="to download a file")
        assert looks.count() == 2

    def then_carl_finds_nothing(self):
        carl = self.page_of("carl")
        for file in Attachment.objects.all():
            answer = carl.goto(f"/files/{file.key}")
            assert answer.status == 404


def test_the_page_for_files_is_within_reach_of_everybody(page_of, tmp_path):
    rosa = page_of("rosa")
    rosa.goto("/concerns/new")
    rosa.get_by_label("What did you see").fill("A car waited outside.")
    rosa.get_by_label("I saw or heard it myself").check()
    rosa.get_by_label("No, or not that I know of").check()
    rosa.get_by_role("button", name="Save the concern").click()
    rosa.get_by_role("link", name="Add photographs or other files").click()
    look_at(rosa, "files")
    rosa.get_by_role("button", name="Save the files").click()
    look_at(rosa, "files-error")
