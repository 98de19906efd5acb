"""Archives are refused by their directory, before anything is unpacked; workbooks end in their own process."""

import zipfile

import pytest

from heed.core.records.explained import Explained
from heed.formats import workbooks
from heed.formats.archives import checked, is_archive
from tests.faults.hostile import of_table
from tests.faults.hostile.archives import book, cells, zipped

BOMBS = [
    of_table.a_bomb_by_ratio,
    of_table.a_bomb_by_total,
    of_table.a_bomb_by_count,
    of_table.a_bomb_that_lies,
    of_table.a_bomb_that_overlaps,
    of_table.a_document_under_its_name,
]


@pytest.mark.parametrize("make", BOMBS, ids=lambda make: make.__name__)
def test_a_bomb_is_refused_in_words(tmp_path, make):
    bomb = make(tmp_path)
    with pytest.raises(Explained, match="was not unpacked"):
        checked(bomb)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (of_table.an_archive_with_a_password, "password"),
        (of_table.a_workbook_with_a_password, "password"),
        (of_table.a_workbook_cut_short, "cut short"),
        (of_table.a_workbook_with_broken_xml, "cannot be read"),
        (of_table.two_cells_far_apart, "cannot be laid out"),
        (of_table.a_table_repeated_a_million_times, "cannot be"),
        (of_table.an_old_workbook_of_noise, "cannot be"),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_a_workbook_that_cannot_be_read_says_why(tmp_path, make, words):
    with pytest.raises(Explained, match=words):
        workbooks.count_rows(make(tmp_path))


def test_one_byte_more_than_the_directory_says_is_found(tmp_path):
    file = zipped(tmp_path / "a.zip", {"a": b"x" * 5000})
    content = bytearray(file.read_bytes())
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (4999).to_bytes(4, "little")
    file.write_bytes(bytes(content))
    with pytest.raises(Explained, match="more than its directory says"):
        checked(file)


def test_an_honest_workbook_passes_and_is_read_as_it_stands(tmp_path):
    file = zipped(tmp_path / "a.xlsx", book(cells(("a", "b"), ("1", ""), ("", "2"))))
    checked(file)
    found = [each for each in workbooks.rows(file) if isinstance(each, workbooks.SheetRow)]
    assert [(row.number, row.cells) for row in found] == [(1, ("a", "b")), (2, ("1",)), (3, ("", "2"))]
    assert workbooks.count_rows(file) == 3


def test_a_stored_archive_and_an_empty_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "stored.zip", "w") as archive:
        archive.writestr("a", b"x" * 100)
    checked(tmp_path / "stored.zip")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    checked(tmp_path / "empty.zip")
    assert is_archive(tmp_path / "stored.zip")
