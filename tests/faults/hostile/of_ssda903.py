"""Hostile returns of children looked after."""

from pathlib import Path

HEADER = "CHILD,DOB,SEX,ETHNIC,UPN,MOTHER,MC_DOB"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"


def _table(
    folder: Path, *lines: str, name: str = "missing.csv", end: str = "\n", encoding: str = "utf-8"
) -> Path:
    (folder / name).write_bytes((end.join(lines) + end).encode(encoding))
    return folder


def _row(number: int, start: str = "02/12/2017") -> str:
    return f"{number},11/02/2003,M,{start},04/12/2017"


def an_unclosed_quotation_mark(folder: Path) -> Path:
    """One stray mark in a thousand lines."""
    lines = [_row(number) for number in range(1000)]
    lines[400] = '"' + lines[400]
    return _table(folder, MISSING, *lines)


def almost_its_header(folder: Path) -> Path:
    """A header with a column too many, one in another order, one in small letters."""
    _table(folder, MISSING + ",NOTES", _row(1) + ",x", name="a.csv")
    _table(folder, "DOB,CHILD,MISSING,MIS_START,MIS_END", _row(1), name="b.csv")
    return _table(folder, MISSING.lower(), _row(1), name="c.csv")


def two_digit_years_and_other_orders(folder: Path) -> Path:
    """Dates nobody may guess at."""
    days = (
        "02/12/17",
        "12/25/2017",
        "2017-12-02",
        "43071",
        "31/02/2017",
        "00/00/0000",
        "99/99/9999",
        "2/12/20170",
    )
    return _table(folder, MISSING, *(_row(number, day) for number, day in enumerate(days)))


def a_cell_beyond_the_limit(folder: Path) -> Path:
    """A cell of 131,073 characters."""
    return _table(folder, MISSING, "x" * 131_073 + ",,M,02/12/2017,", _row(2))


def old_line_ends(folder: Path) -> Path:
    """Lines that end with CR alone."""
    return _table(folder, MISSING, _row(1), _row(2), end="\r")


def mixed_line_ends(folder: Path) -> Path:
    """LF, CRLF and CR in one file."""
    (folder / "missing.csv").write_bytes(f"{MISSING}\r\n{_row(1)}\n{_row(2)}\r{_row(3)}\r\n".encode())
    return folder


def duplicate_headers(folder: Path) -> Path:
    """The same column twice."""
    return _table(folder, MISSING.replace("MIS_END", "MIS_START"), _row(1))


def only_a_header(folder: Path) -> Path:
    """A table without rows."""
    return _table(folder, HEADER, name="header.csv")


def sixteen_thousand_columns(folder: Path) -> Path:
    """A header as wide as a spreadsheet can be."""
    return _table(folder, ",".join(f"C{n}" for n in range(16_384)), ",".join("1" * 16_384))


def wide_letters(folder: Path) -> Path:
    """UTF-16, with and without its mark."""
    _table(folder, MISSING, _row(1), name="a.csv", encoding="utf-16")
    return _table(folder, MISSING, _row(1), name="b.csv", encoding="utf-16-le")


def formulas(folder: Path) -> Path:
    """Cells that a spreadsheet would work out."""
    return _table(
        folder, MISSING, "=1+1,11/02/2003,M,02/12/2017,", "@SUM(A1),,M,02/12/2017,", "-2+3,,M,02/12/2017,"
    )


def overlapping_forever(folder: Path) -> Path:
    """One child, 3,000 episodes that all overlap, none of which ends."""
    return _table(folder, MISSING, *(f"1,11/02/2003,M,{n % 28 + 1:02}/12/2017," for n in range(3000)))


def entities(folder: Path) -> Path:
    """A bomb of entities, and one that asks for a file, as the return's other form."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    (folder / "bomb.xml").write_text(f"{bomb}]><EXPSSDA903>&j;</EXPSSDA903>")
    (folder / "outside.xml").write_text(
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><EXPSSDA903><CHILD>&a;</CHILD></EXPSSDA903>'
    )
    return _table(folder, MISSING, _row(1))
