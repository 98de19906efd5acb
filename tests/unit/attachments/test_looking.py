"""Looking at files: the scanner's word, small pictures without a camera's notes, and hostile files that harm nobody."""

import io
import sys
from datetime import timedelta

import pytest
from PIL import Image

from heed.casework import policy as policies
from heed.casework import sealed
from heed.casework.actions.receive import receive
from heed.casework.attachments.looking import look_at_files, waiting
from heed.casework.attachments.picturing import small
from heed.casework.attachments.storing import picture_at
from heed.casework.models import AttachmentLook
from heed.formats.contract import Attached
from tests.concerns import MONDAY, concern
from tests.unit.attachments.files import CANARY, NOTE, bomb, photo

SCANNER = "import sys; held = sys.stdin.buffer.read(); sys.exit(1 if b'EVIL' in held else 7 if b'ODD' in held else 0)"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def scanned(monkeypatch):
    """A house with a scanner of its own."""
    policies._read.cache_clear()
    monkeypatch.setenv("HEED_SCANNER", f'{sys.executable} -c "{SCANNER}"')
    yield
    policies._read.cache_clear()


def kept(*files, now=MONDAY):
    receive(record=concern(), by=None, now=now, attached=files)


def outcomes():
    return list(AttachmentLook.objects.order_by("pk").values_list("outcome", flat=True))


class TestPictures:
    """Points are carried over, and nothing else."""

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
    def test_no_canary_survives(self, kind):
        whole = photo(kind=kind)
        assert CANARY.encode() in whole
        made = small(whole, 320)
        assert CANARY.encode() not in made
        with Image.open(io.BytesIO(made)) as picture:
            assert (picture.format, max(picture.size), dict(picture.getexif()), picture.info) == (
                "PNG",
                320,
                {},
                {},
            )

    @pytest.mark.parametrize("hostile", [bomb(), SVG, b"\x89PNG\r\n\x1a\n" + b"\0" * 100, photo()[:500], b""])
    def test_what_is_no_picture_gives_none(self, hostile):
        assert small(hostile, 320) == b""


@pytest.mark.django_db
class TestLooking:
    """After a file was saved; nothing waits for it."""

    def test_without_a_scanner_it_is_said_that_nobody_scanned(self):
        kept(NOTE)
        assert look_at_files(MONDAY) == 1
        assert (outcomes(), waiting()) == (["unscanned"], 0)
        assert look_at_files(MONDAY) == 0

    def test_a_picture_is_sealed_under_its_file(self):
        kept(Attached("a.jpg", "image/jpeg", photo()))
        look_at_files(MONDAY)
        look = AttachmentLook.objects.select_related("attachment").get()
        made = sealed.open_bytes(look.picture, bound=picture_at(look.attachment.key))
        assert made.startswith(b"\x89PNG")
        assert CANARY.encode() not in made + bytes(look.picture)

    def test_what_is_called_a_picture_and_is_none_gets_no_picture(self):
        kept(Attached("a.svg", "image/svg+xml", SVG), Attached("a.png", "text/html", photo(kind="PNG")))
        look_at_files(MONDAY)
        assert [bytes(look.picture) for look in AttachmentLook.objects.all()] == [b"", b""]

    def test_the_scanners_word_is_kept(self, scanned):
        kept(NOTE, Attached("b", "image/png", b"EVIL" + photo(kind="PNG")))
        assert waiting() == 2
        look_at_files(MONDAY)
        assert outcomes() == ["clean", "flagged"]
        assert bytes(AttachmentLook.objects.last().picture) == b""
        assert waiting() == 0

    def test_what_the_scanner_fails_on_comes_again_and_is_counted(self, scanned):
        kept(Attached("b", "x/y", b"ODD"), NOTE)
        look_at_files(MONDAY)
        assert (outcomes(), waiting()) == (["failed", "clean"], 1)
        assert look_at_files(MONDAY) == 0
        look_at_files(MONDAY + timedelta(minutes=1))
        assert AttachmentLook.objects.first().attempts == 2

    def test_a_scanner_that_is_not_there_is_a_failure_not_a_clean_file(self, scanned, monkeypatch):
        policies._read.cache_clear()
        monkeypatch.setenv("HEED_SCANNER", "/nowhere/scanner")
        kept(NOTE)
        look_at_files(MONDAY)
        assert outcomes() == ["failed"]

    def test_files_from_before_there_was_a_scanner_are_scanned(self, monkeypatch):
        kept(NOTE)
        look_at_files(MONDAY)
        policies._read.cache_clear()
        monkeypatch.setenv("HEED_SCANNER", f'{sys.executable} -c "{SCANNER}"')
        look_at_files(MONDAY)
        policies._read.cache_clear()
        assert outcomes() == ["clean"]
