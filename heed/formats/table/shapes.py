"""What the values of a column look like: enough to propose what it holds, never enough to be certain."""

import re
from collections.abc import Callable, Mapping, Sequence

from heed.core.records.identifiers import nhs_passes
from heed.core.records.keys import phone_key
from heed.formats.dates import Habits, Unread, is_time, read_date
from heed.formats.table.documents import text_of
from heed.formats.workbooks import Cell

MOST_OF_THEM = 0.8
PROSE_LETTERS = 40
_ANY_ORDER = (Habits("day first", 1930), Habits("month first", 1930))
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}", re.I)
_VRM = re.compile(r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}|[A-Z][0-9]{1,3} ?[A-Z]{3}", re.I)
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]", re.I)
_SEX = {"m", "f", "male", "female", "boy", "girl", "u", "unknown", "not known", "other", "x"}
_NUMERIC = re.compile(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(?![0-9])")


def _date(cell: Cell) -> bool:
    return any(not isinstance(read_date(cell, habits), Unread) for habits in _ANY_ORDER) and not _year_alone(
        cell
    )


def _year_alone(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _phone(cell: Cell) -> bool:
    text = text_of(cell)
    return sum(letter.isdigit() for letter in text) >= 9 and not _date(cell) and phone_key(text) is not None


SHAPES: Mapping[str, Callable[[Cell], bool]] = {
    "date": _date,
    "time": is_time,
    "postcode": lambda cell: bool(_POSTCODE.fullmatch(text_of(cell))),
    "vrm": lambda cell: bool(_VRM.fullmatch(text_of(cell))),
    "upn": lambda cell: bool(_UPN.fullmatch(text_of(cell))),
    "nhs": lambda cell: (
        nhs_passes(text_of(cell)) or bool(re.fullmatch(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", text_of(cell)))
    ),
    "phone": _phone,
    "sex": lambda cell: text_of(cell).casefold() in _SEX,
    "words": lambda cell: " " in text_of(cell),
    "prose": lambda cell: len(text_of(cell)) >= PROSE_LETTERS and text_of(cell).count(" ") >= 5,
}
IN_WORDS = {
    "date": "dates", "time": "times of day", "postcode": "postcodes", "vrm": "vehicle registrations",
    "upn": "pupil numbers", "nhs": "NHS numbers", "phone": "phone numbers", "sex": "M and F",
    "words": "words in sentences", "prose": "long sentences", "unique": "a different value in every row",
}  # fmt: skip


def looks_like(shape: str, values: Sequence[Cell]) -> bool:
    """Whether most of these values have a shape; a column without values has none."""
    said = [value for value in values if text_of(value)]
    if not said:
        return False
    if shape == "unique":
        return len({text_of(value) for value in said}) == len(said)
    return sum(map(SHAPES[shape], said)) >= MOST_OF_THEM * len(said)


def some_dates(values: Sequence[Cell], *, years: bool) -> bool:
    """Whether a third of these values are dates (or years, where a year is an answer): too few to be likely, enough to
    ask."""
    said = [value for value in values if text_of(value)]
    dates = [
        each for each in said if _date(each) or (years and re.fullmatch("(19|20)[0-9]{2}", text_of(each)))
    ]
    return bool(said) and len(dates) * 3 >= len(said)


def orders(values: Sequence[Cell]) -> tuple[int, int, int]:
    """Of the dates written in numbers: how many can only be day first, only month first, and both."""
    day = month = both = 0
    for value in values:
        match = _NUMERIC.match(value) if isinstance(value, str) else None
        if match:
            first, second = int(match[1]), int(match[2])
            day += first > 12 >= second
            month += second > 12 >= first
            both += first <= 12 and second <= 12 and first != second
    return day, month, both


def short_years(values: Sequence[Cell]) -> int:
    """How many dates have a year of two digits."""
    matches = (_NUMERIC.match(value) for value in values if isinstance(value, str))
    return sum(len(match[3]) == 2 for match in matches if match)


def serials(values: Sequence[Cell]) -> int:
    """How many values could be a spreadsheet's count of days, from 1982 to 2064."""
    return sum(30_000 <= value <= 60_000 for value in values if isinstance(value, int | float)) + sum(
        bool(re.fullmatch(r"[345][0-9]{4}(\.[0-9]+)?", value.strip()))
        for value in values
        if isinstance(value, str)
    )
