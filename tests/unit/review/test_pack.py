"""A pack of a review: no name in any byte of any format, a PDF with its structure, and the ledger before the file."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from docx import Document

from heed.casework.commands.pack import command
from heed.casework.models import Body, Entry
from tests import case_story, personas
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
PURPOSE = "The review of case 9, for its panel."
LATER = datetime(2026, 3, 1, tzinfo=UTC)
CANARIES = (
    "Zanthe",
    "Quillfeather",
    "Obrecht",
    "Wexcombe",
    "XK19ZQW",
    "07700900371",
    "Grimsdyke",
    "Piotr",
    "Zann",
)
"""Words nobody uses but as a name here: child, adult, place, plate, telephone, professional, alias."""


def canary_story() -> None:
    """Two records whose every field, and free text in several spellings, names somebody or something."""
    child = {
        "part": "child", "ref": "s-900", "given_names": "Zanthe", "family_name": "Quillfeather", "born": "2011-05-06",
        "also_known_as": ["Zann"], "address": "4 Wexcombe Road, Ashmere", "postcode": "AM1 4QX",
    }  # fmt: skip
    man = {"part": "person_of_concern", "given_names": "Piotr", "family_name": "Obrecht"}
    text = (
        "ZANTHE was seen with P. Obrecht at Wexcombe Road; Zanthe's phone 07700 900 371 rang. She got into XK19 ZQW. "
        "Quillfeather family spoke to Ms Grimsdyke. Zann says that Bartholomew drove. zanthe@example.org wrote."
    )
    things = [{"kind": "vehicle", "vrm": "XK19ZQW"}, {"kind": "phone", "number": "07700900371"}]
    for number, words in ((1, text), (2, "Miss Quillfeather, known as Zann, came back to 4 Wexcombe Road.")):
        told = case_story.document(
            "school", f"Zanthe-{number}", "concern", LATER + timedelta(days=number), child
        )
        told |= {"text": words, "people": [child, man], "things": things}
        told["author"] = {"name": "Ada Grimsdyke", "role": "teacher", "grade": "frontline"}
        case_story.tell([case_story.read(told)])


@pytest.fixture
def person() -> str:
    personas.standing()
    canary_story()
    return case_story.person("school s-900")


def asked(person: str, out: Path, *more: str, on: str = "2026-03-20"):
    return run(
        command,
        "--child",
        person,
        "--on",
        on,
        "--out",
        str(out),
        "--reason",
        "review",
        "--purpose",
        PURPOSE,
        *more,
    )


def every_byte(file: Path) -> bytes:
    """What is in a file when all that is packed in it is unpacked; a PDF's streams, and its words by another reader."""
    content = file.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"".join(name.encode() + packed.read(name) for name in packed.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            held = [
                each.read_bytes()
                for each in pdf.objects
                if isinstance(each, pikepdf.Stream) and _readable(each)
            ]
            words = [repr(each).encode() for each in pdf.objects]
        return b"".join((content, *held, *words))
    return content


def _readable(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") != "/Image"


def test_no_name_is_left_in_any_byte_of_any_format(person, tmp_path):
    ran = asked(person, tmp_path / "pack")
    assert ran.code == 0, ran.explained
    for ending in ("pdf", "docx", "xlsx", "json"):
        found = every_byte(tmp_path / f"pack.{ending}").lower()
        survived = [name for name in (*CANARIES, "Bartholomew") if name.lower().encode() in found]
        assert not survived, (ending, survived)
    whole = json.loads((tmp_path / "pack.json").read_text())
    told = json.dumps(whole)
    for label in ("Child A", "Adult 1", "Vehicle 1", "Telephone 1", "Professional 1", "Record 1"):
        assert label in told
    assert "Bartholomew" in (tmp_path / "pack.check.txt").read_text(), (
        "who reads it first is told what was in doubt"
    )
    assert person in (tmp_path / "pack.key.txt").read_text()
    assert all((tmp_path / f"pack.{e}").stat().st_mode & 0o077 == 0 for e in ("pdf", "key.txt", "check.txt"))


def test_the_pdf_is_tagged_and_has_a_language_and_a_title(person, tmp_path):
    asked(person, tmp_path / "pack", "--format", "pdf")
    with pikepdf.open(tmp_path / "pack.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("en")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.StructTreeRoot is not None
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
    assert not (tmp_path / "pack.docx").exists()


def test_the_document_can_be_edited_by_its_headings_and_tables(person, tmp_path):
    asked(person, tmp_path / "pack", "--format", "docx")
    made = Document(str(tmp_path / "pack.docx"))
    levels = [int(p.style.name.split()[-1]) for p in made.paragraphs if p.style.name.startswith("Heading ")]
    assert {1, 2} <= set(levels)
    assert all(later - before <= 1 for before, later in pairwise(levels)), "no level is skipped"
    assert len(made.tables) >= 4


def test_what_was_written_later_is_not_in_it_and_its_names_neither(person, tmp_path):
    asked(person, tmp_path / "pack", "--format", "json", on="2026-03-02")
    whole = json.loads((tmp_path / "pack.json").read_text())
    assert dict(map(tuple, whole["about"]))["Records"] == "1"
    assert "Record 2" not in json.dumps(whole)


def test_her_own_copy_keeps_her_and_the_professionals_and_nobody_else(person, tmp_path):
    asked(person, tmp_path / "own", "--own", "--format", "json")
    told = (tmp_path / "own.json").read_text()
    assert "Grimsdyke" in told
    assert "Zanthe" in told.replace("ZANTHE", "Zanthe")
    assert not any(name in told for name in ("Obrecht", "Piotr", "Bartholomew", "XK19"))
    assert "What was done to you is not your fault." in told


def test_it_is_an_entry_before_it_is_a_file_and_a_checker_may_keep_a_word(person, tmp_path):
    asked(person, tmp_path / "pack", "--format", "json", "--keep", "Bartholomew")
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject, entry.purpose) == ("export", person, "review")
    body = json.loads(Body.objects.get(entry=entry).text)
    assert (body["format"], len(body["records"])) == ("pack json", 2)
    told = json.loads((tmp_path / "pack.json").read_text())
    assert ["Number in the ledger", str(entry.seq)] in told["about"]
    assert "Bartholomew" in json.dumps(told)


@pytest.mark.parametrize(("more", "why"), [
    (["--format", "odt"], "a pack is written as"),
    (["--reason", "curiosity"], "curiosity"),
    (["--purpose", "no"], "characters"),
    (["--finding", "F-1"], "either --child"),
])  # fmt: skip
def test_what_cannot_be_done_is_explained_and_nothing_is_written(person, tmp_path, more, why):
    before = Entry.objects.count()
    ran = asked(person, tmp_path / "pack", *more)
    assert (ran.code, why in ran.explained) == (2, True)
    assert list(tmp_path.iterdir()) == []
    assert Entry.objects.count() == before


def test_no_file_is_written_over(person, tmp_path):
    (tmp_path / "pack.pdf").write_text("here")
    assert asked(person, tmp_path / "pack").code == 2
    assert (tmp_path / "pack.pdf").read_text() == "here"


def test_a_desk_that_is_called_as_heeds_own_headings_does_not_keep_a_pack_in(tmp_path):
    personas.standing()
    case_story.tell(case_story.story(3))
    ran = asked(case_story.person("school s-7"), tmp_path / "pack", "--format", "json", on="2010-01-01")
    assert ran.code == 0, ran.explained
    assert "Duty desk" not in (tmp_path / "pack.json").read_text()
