"""Files on the pages: added after the words are safe, offered for saving to those who see the record, to nobody else."""

import sys
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from heed.casework import policy as policies
from heed.casework.actions.receive import receive
from heed.casework.attachments.looking import look_at_files
from heed.casework.clock import now
from heed.casework.ledger import verify
from heed.casework.models import Attachment, Body, Entry, Source
from heed.casework.sealed import Unreadable
from heed.formats.contract import Attached
from tests.concerns import MONDAY, concern
from tests.unit.attachments.files import CANARY, photo
from tests.unit.formats.letters import letter, row

EVIL_NAME = "..\\..\\\u202egpj.exe"


def saved(client) -> int:
    """Raise a concern; the number of its receipt."""
    page = {
        "token": uuid4().hex,
        "text": "A car.",
        "source": "saw",
        "danger": "no",
        "when": "today",
        "child_name": "Ayla Marsh",
    }
    return int(client.post("/concerns/new", page).url.rsplit("/", 1)[1])


def add(client, seq, *files):
    return client.post(f"/concerns/saved/{seq}/files", {"files": list(files)})


def file(name="note.txt", content=b"Seen at six.", kind="text/plain"):
    return SimpleUploadedFile(name, content, kind)


def child_page(client):
    return client.get(f"/children/{Source.objects.order_by('key').first().person}").content.decode()


class TestAdding:
    """On the page of the receipt."""

    def test_files_are_kept_with_the_record_and_listed(self, as_):
        rosa = as_("rosa")
        seq = saved(rosa)
        answer = add(rosa, seq, file(), file("b.txt", b"And again."))
        assert answer.status_code == 302
        page = rosa.get(answer.url).content.decode()
        assert "note.txt" in page
        assert "nobody has scanned it" in page or "has not looked at it yet" in page
        assert Attachment.objects.count() == 2
        assert verify() == []

    def test_the_same_file_sent_twice_is_kept_once(self, as_):
        rosa = as_("rosa")
        seq = saved(rosa)
        add(rosa, seq, file(), file())
        add(rosa, seq, file())
        assert Attachment.objects.count() == 1

    def test_none_is_said(self, as_):
        rosa = as_("rosa")
        answer = add(rosa, saved(rosa), file(content=b""))
        assert answer.status_code == 422
        assert "Choose at least one file" in answer.content.decode()

    @pytest.mark.parametrize("limit", [{"form_files": 1}, {"form_megabytes": 0}])
    def test_what_is_too_much_is_counted_and_said_and_the_rest_is_kept(self, as_, monkeypatch, limit):
        from dataclasses import replace

        policies._read.cache_clear()
        whole = policies.policy()
        less = replace(whole, attachments=replace(whole.attachments, **limit))
        monkeypatch.setattr("heed.web.uploads.policy", lambda: less)
        rosa = as_("rosa")
        answer = add(rosa, saved(rosa), file(), file("b.txt", b"And again."))
        assert answer.status_code == 413
        kept = Attachment.objects.count()
        assert kept == limit.get("form_files", 0)
        assert f"{2 - kept} of the files were too many or too large" in answer.content.decode()

    def test_nobody_adds_to_what_another_saved(self, as_):
        seq = saved(as_("rosa"))
        assert add(as_("sam"), seq, file()).status_code == 404
        assert Attachment.objects.count() == 0

    def test_nothing_is_written_in_the_clear_while_it_arrives(self, as_, settings, tmp_path):
        settings.FILE_UPLOAD_TEMP_DIR = tmp_path
        rosa = as_("rosa")
        add(rosa, saved(rosa), file(content=b"x" * 5_000_000))
        assert list(tmp_path.iterdir()) == []
        assert Attachment.objects.get().size == 5_000_000


class TestSaving:
    """A file is offered for saving and is never opened."""

    def _kept(self, *files):
        receive(record=concern(), by=None, now=MONDAY, attached=files)
        look_at_files(now())
        return list(Attachment.objects.order_by("pk").values_list("key", flat=True))

    def test_bytes_come_back_as_they_were_under_a_harmless_name_and_a_sandbox(self, as_):
        (key,) = self._kept(Attached(EVIL_NAME, "text/html", b"<script>alert(1)</script>"))
        answer = as_("rosa").get(f"/files/{key}")
        assert answer.content == b"<script>alert(1)</script>"
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == 'attachment; filename="gpj.exe"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer["Cache-Control"] == "no-store"

    def test_the_look_is_an_entry_without_a_name(self, as_):
        (key,) = self._kept(Attached("Ayla Marsh.txt", "text/plain", b"x"))
        as_("rosa").get(f"/files/{key}")
        entry = Entry.objects.get(subject=f"attachment:{key}", kind="consultation")
        assert (entry.actor.username, entry.purpose) == ("rosa", "to download a file")
        assert "Ayla" not in Body.objects.get(pk=entry.pk).text

    def test_whoever_does_not_see_the_record_is_told_there_is_no_such_file(self, as_):
        (key,) = self._kept(Attached("a.jpg", "image/jpeg", photo()))
        carl = as_("carl")
        for address in (f"/files/{key}", f"/files/{key}/picture", "/files/A-000000000000000000000000"):
            assert carl.get(address).status_code == 404
        assert Entry.objects.filter(kind="refusal", actor__username="carl").count() == 3

    def test_bytes_that_cannot_be_opened_are_a_refusal_in_the_ledger(self, as_, monkeypatch):
        (key,) = self._kept(Attached("a.txt", "text/plain", b"x"))

        def unreadable(*_):
            raise Unreadable

        monkeypatch.setattr("heed.casework.doors.files.opened_content", unreadable)
        assert as_("rosa").get(f"/files/{key}").status_code == 404
        entry = Entry.objects.get(subject=f"attachment:{key}", kind="refusal")
        assert (entry.actor.username, entry.purpose) == ("rosa", "to download a file")

    def test_a_picture_shows_no_canary(self, as_):
        (key,) = self._kept(Attached("a.jpg", "image/jpeg", photo()))
        rosa = as_("rosa")
        assert f'src="/files/{key}/picture"' in child_page(rosa)
        made = rosa.get(f"/files/{key}/picture")
        assert made["Content-Type"] == "image/png"
        assert CANARY.encode() not in made.content
        assert CANARY.encode() in rosa.get(f"/files/{key}").content

    def test_a_flagged_file_is_kept_said_and_not_offered(self, as_, monkeypatch):
        policies._read.cache_clear()
        monkeypatch.setenv("HEED_SCANNER", f"{sys.executable} -c 'import sys; sys.exit(1)'")
        (key,) = self._kept(Attached("a.jpg", "image/jpeg", photo()))
        rosa = as_("rosa")
        page = child_page(rosa)
        assert "the scanner found something harmful in it" in page
        assert f"/files/{key}" not in page
        assert rosa.get(f"/files/{key}").status_code == 404
        policies._read.cache_clear()

    def test_one_that_waits_for_the_scanner_is_not_offered(self, as_, monkeypatch):
        policies._read.cache_clear()
        monkeypatch.setenv("HEED_SCANNER", "/nowhere/scanner")
        receive(record=concern(), by=None, now=MONDAY, attached=[Attached("a", "x/y", b"x")])
        rosa = as_("rosa")
        assert rosa.get(f"/files/{Attachment.objects.get().key}").status_code == 404
        assert "has not looked at it yet" in child_page(rosa)
        policies._read.cache_clear()


@pytest.mark.usefixtures("as_")
class TestLettersOnTheChronology:
    """What came by e-mail says so, with its conversation."""

    def test_sender_conversation_and_files(self, as_):
        first = letter(
            "Child: Ayla Marsh\nReference: c-104\n\nShe was seen.", From="<b>x</b> <r.bell@school.example>"
        )
        second = letter(
            "Child: Ayla Marsh\nReference: c-104\n\nAgain.", Message_ID="<18@x.example>",
            In_Reply_To="<17@homes.example.org>", Date="Mon, 16 Mar 2026 09:00:00 +0000",
        )  # fmt: skip
        for raw in (first, second):
            read = row(raw)
            receive(record=read.record, by=None, now=now(), attached=read.attached)
        policies._read.cache_clear()
        from heed.casework.models import Professional

        Professional.objects.filter(username="rosa").update(agency="partnership")
        page = child_page(as_("rosa"))
        assert page.count("Nothing proves who sent it.") == 2
        assert "By e-mail from r.bell@school.example" in page
        assert page.count("Same conversation: ") == 2
        assert page.count("message.eml") == 2
        assert "<b>x</b>" not in page
