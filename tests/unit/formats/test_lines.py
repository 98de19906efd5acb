"""Physical lines: every one is given, none is held when it is too long."""

import pytest

from heed.formats.contract import files
from heed.formats.lines import count_lines, physical_lines


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"\n", [b""]),
        (b"a", [b"a"]),
        (b"a\nb", [b"a", b"b"]),
        (b"a\r\nb\r\n", [b"a", b"b"]),
        (b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n", [b"a", b"\xef\xbb\xbfb"]),
        (b"12345678\n1234567890123\n12\n", [b"12345678", None, b"12"]),
        (b"1234567890123", [None]),
        (b"12345678\r\n", [b"12345678"]),
    ],
)
def test_lines_of_a_file(tmp_path, content, lines):
    file = tmp_path / "some"
    file.write_bytes(content)
    assert list(physical_lines(file, longest=8)) == list(enumerate(lines, start=1))
    assert count_lines(file) == len(lines)


def test_a_folder_is_its_files_by_name_and_a_file_is_named_once(tmp_path):
    for name in ("b.csv", "a.csv", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "inner").mkdir()
    found = files([tmp_path / "b.csv", tmp_path])
    assert [file.name for file in found] == ["b.csv", "a.csv"]
