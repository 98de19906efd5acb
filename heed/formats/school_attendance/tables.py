"""The tables of a school and their columns: what a row of headings says a file is, what a code says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PUPILS, TOTALS, EXCLUSIONS, ADDRESSES, REGISTER = "pupils", "totals", "exclusions", "addresses", "register"
_ANYWHERE = {
    "pupil": "pupil(nolonger)?onrolltableid",
    "school": "nativeid|school|schoolname|urn|laestab|estab",
    "upn": "upn|uniquepupilnumber",
}
_NAMES = {
    "uln": "uniquelearnernumber|uln",
    "former_upn": "formerupn",
    "family_name": "surname|legalsurname|familyname|lastname",
    "given_names": "forename|legalforename|firstname|givenname",
    "middle_names": "middlenames?",
    "preferred": "preferredsurname|preferredname",
    "former": "formersurname",
    "born": "dob|dateofbirth|birthdate",
    "sex": "sex|gender",
}
_TABLES: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    PUPILS: (
        {
            **_NAMES,
            "entered": "entrydate|dateofentry",
            "left": "leavingdate|dateofleaving",
            "possible": "termlysessionspossible",
            "authorised": "termlysessionsauthori[sz]ed",
            "unauthorised": "termlysessionsunauthori[sz]ed",
        },
        ("left", "family_name"),
    ),
    EXCLUSIONS: (
        {
            "start": "startdate|exclusionstartdate",
            "sessions": "sessions",
            "category": "category|exclusioncategory",
            "reason1": "reason1|reason",
            "reason2": "reason2",
            "reason3": "reason3",
        },
        ("start", "category"),
    ),
    TOTALS: ({"sessions": "sessions", "code": "attendancereason|attendancecode|code"}, ("sessions", "code")),
    ADDRESSES: (
        {"postcode": "postcode", "uprn": "uniquepropertyreferencenumber|uprn"},
        ("postcode", "pupil"),
    ),
    REGISTER: (
        {
            **_NAMES,
            "day": "date|sessiondate|attendancedate|markdate",
            "half": "session|ampm|sessionname|sessiontype",
            "code": "code|mark|attendancecode|attendancemark|attendancereason",
        },
        ("day", "code", "upn"),
    ),
}
_NO_COLUMN = (
    "ethnicity",
    "ethnicorigin",
    "language",
    "firstlanguage",
    "nationality",
    "religion",
    "countryofbirth",
)
"""Headings whose values are not taken in, wherever they stand."""
_OF_THE_EXPORT = ".*tableid|.*orderseqcolumn|sourceid"
"""Headings of numbers that an export gives its rows: the next export gives others."""


@dataclass(frozen=True, slots=True)
class Headings:
    """A row of headings understood: the table, the place of each column, the other columns by their heading."""

    table: str
    places: Mapping[str, int]
    others: Mapping[str, int]
    width: int


def understood(cells: Sequence[str]) -> Headings | None:
    """The table whose headings these are, or None."""
    plain = [re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in cells]
    for table, (columns, needs) in _TABLES.items():
        places: dict[str, int] = {}
        for place, heading in enumerate(plain):
            key = next((k for k, p in {**_ANYWHERE, **columns}.items() if re.fullmatch(p, heading)), None)
            if key and key not in places:
                places[key] = place
        if all(need in places for need in needs) and ("pupil" in places or "upn" in places):
            taken = {*places.values()}
            others = {
                h: n
                for n, h in enumerate(plain)
                if n not in taken and h and h not in _NO_COLUMN and not re.fullmatch(_OF_THE_EXPORT, h)
            }
            return Headings(table, places, others, len(cells))
    return None


def expected() -> str:
    """What the headings of a table may be, in words."""
    return (
        "UPN, Date, Session, Code (a register) or the columns of a table of the school census, such as "
        "pupilnolongeronrolltableid, sessions, attendancereason"
    )


@cache
def codes() -> Mapping[str, Mapping[str, Any]]:
    """The code lists: attendance, category, reason."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "codes.yaml").read_text(encoding="utf-8")
    )
    return found


def attendance(code: str) -> Mapping[str, Any] | None:
    """What an attendance code says; None where it is none."""
    found: Mapping[str, Any] | None = codes()["attendance"].get(code.strip().upper())
    return found


_SHAPES = (
    "%Y-%b-%d %H:%M:%S",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%b-%d",
    "%d %b %Y",
)


def day(text: str) -> date | None:
    """A day as schools' systems write it: 2024-Oct-21 00:00:00, 2024-10-21, 21/10/2024. Nothing is guessed."""
    for shape in _SHAPES:
        try:
            found = datetime.strptime(text, shape).date()  # a day, never an instant
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2200 and re.search("[0-9]{4}", text) else None
    return None


def whole(text: str) -> int | None:
    """A whole number, also as a spreadsheet leaves it (130.0)."""
    match = re.fullmatch(r"([0-9]{1,6})(?:\.0*)?", text)
    return int(match[1]) if match else None
