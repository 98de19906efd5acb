"""Names of files: no path, no direction of writing, never empty."""

import pytest

from heed.core.records.file_names import file_name


@pytest.mark.parametrize(
    ("sent", "offered"),
    [
        ("note.txt", "note.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\note.txt", "note.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('say "so".txt', "say _so_.txt"),
        ("...", "file"),
        ("", "file"),
        ("con.txt", "_con.txt"),
        ("Brief an Siân.pdf", "Brief an Siân.pdf"),
        ("report.pdf . ", "report.pdf"),
        ("\ud800x", "x"),
    ],
)
def test_what_is_offered(sent, offered):
    assert file_name(sent) == offered


def test_a_long_name_keeps_its_ending():
    assert file_name("x" * 500 + ".jpeg") == "x" * 115 + ".jpeg"
    assert len(file_name("x." + "y" * 500)) == 120
