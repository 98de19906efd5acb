"""Hostile registers and census tables of schools."""

from pathlib import Path

HEAD = "UPN,Surname,Forename,DOB,School,Date,Session,Code"


def _register(folder: Path, *lines: str, end: str = "\n", encoding: str = "utf-8") -> Path:
    (folder / "register.csv").write_bytes((end.join((HEAD, *lines)) + end).encode(encoding))
    return folder


def _row(number: int, day: str = "22/10/2024", session: str = "AM", code: str = "N") -> str:
    return f"P{number:012},Marsh,Ayla,11/02/2010,Ashmere High,{day},{session},{code}"


def an_unclosed_quotation_mark(folder: Path) -> Path:
    """One stray mark in a thousand lines."""
    lines = [_row(number) for number in range(1000)]
    lines[300] = lines[300].replace("Marsh", '"Marsh')
    return _register(folder, *lines)


def dates_of_every_kind(folder: Path) -> Path:
    """Two-digit years, swapped days, serials, days of no calendar."""
    days = (
        "22/10/24",
        "10/22/2024",
        "45587",
        "2024-10-22",
        "31/02/2024",
        "2024-Oct-22",
        "00/00/0000",
        "soon",
        "",
    )
    return _register(folder, *(_row(number, day) for number, day in enumerate(days)))


def sessions_and_codes_nobody_knows(folder: Path) -> Path:
    """Codes of other years, of other systems, and none."""
    pairs = (
        ("AM", "?"),
        ("PM", ""),
        ("NOON", "N"),
        ("", "N"),
        ("AM", "NN"),
        ("1", "\u202e"),
        ("am", "n"),
        ("AM", "=1+1"),
    )
    return _register(
        folder, *(_row(n, session=session, code=code) for n, (session, code) in enumerate(pairs))
    )


def a_year_without_an_end(folder: Path) -> Path:
    """One pupil absent in every session of ten years, in no order, each told twice."""
    days = [
        f"{day:02}/{month:02}/{year}"
        for year in range(2015, 2025)
        for month in range(1, 13)
        for day in range(1, 29)
    ]
    rows = [_row(1, day, session) for day in reversed(days) for session in ("AM", "PM")]
    return _register(folder, *rows, *rows)


def the_same_session_with_other_codes(folder: Path) -> Path:
    """A session attended, missed and not counted at once."""
    return _register(folder, *(_row(1, code=code) for code in "/\\NOBIX#"))


def pupils_without_a_number(folder: Path) -> Path:
    """Rows about nobody."""
    return _register(folder, ",,,,,,,", ",Marsh,Ayla,,,22/10/2024,AM,N", "   ,,,,,22/10/2024,AM,N", "P1")


def a_table_without_its_pupils(folder: Path) -> Path:
    """Sessions of pupils whose own table was not sent."""
    head = "pupilnolongeronrolltableid,NativeId,termlysessiondetailsoffrolltableid,sessions,attendancereason"
    rows = ("a9,X,s1,20.0,O", "a9,X,s2,NaN,N", "a9,X,s3,1e999,I", f"a9,X,s4,{'9' * 5000},I", "a9,X,s5,-3,I")
    (folder / "2024_autumn_termlysessiondetailsoffroll.csv").write_text("\n".join((head, *rows)))
    return folder


def old_line_ends(folder: Path) -> Path:
    """CR alone."""
    return _register(folder, _row(1), _row(2), end="\r")


def wide_letters(folder: Path) -> Path:
    """UTF-16 without a mark."""
    return _register(folder, _row(1), encoding="utf-16-le")


def duplicate_headers(folder: Path) -> Path:
    """A column twice."""
    (folder / "register.csv").write_text(f"{HEAD},Code\n{_row(1)},N\n")
    return folder


def a_cell_beyond_the_limit(folder: Path) -> Path:
    """A cell of 131,073 characters."""
    return _register(folder, _row(1).replace("Marsh", "x" * 131_073), _row(2))
