"""What a value of a list means: a code of a statutory return, or a spelling of the open vocabulary."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import yaml

from heed.core.records.explained import Explained
from heed.formats.annex_a.lists import Column, folded
from heed.formats.cin import documents as cin
from heed.formats.ssda903 import tables as ssda903
from heed.formats.ssda903.days import CollectionYear

type Spellings = Mapping[str, Mapping[str, str]]
"""Folded spelling to meaning, by the name of the list of words."""

_MARK = re.compile(r"\(?[a-z]{1,2}[0-9]?\)\s*", re.IGNORECASE)
"""The letter the form puts before a value: `q) 6: Police`."""
_CODE = re.compile(r"([A-Za-z]{0,3}[0-9]{1,2}[A-Za-z]?|NEG|PHY|SAB|EMO|MUL)(?=$|[\s:;,\-–—\[\]])")

_CODES: Mapping[str, Callable[[str, CollectionYear], str | None]] = {
    "source": lambda code, year: cin.meaning("ReferralSource", code, year),
    "need": lambda code, year: cin.meaning("PrimaryNeedCode", code, year),
    "closure": lambda code, year: cin.meaning("ReasonForClosure", code, year),
    "abuse": lambda code, year: cin.meaning("InitialCategoryOfAbuse", code, year),
    "legal": lambda code, year: ssda903.meaning("LS", code, year.ending),
    "ceased": lambda code, year: ssda903.meaning("REC", code, year.ending),
    "placement": lambda code, year: ssda903.meaning("PLACE", code, year.ending),
    "provider": lambda code, year: ssda903.meaning("PLACE_PROVIDER", code, year.ending),
    "activity": lambda code, year: ssda903.meaning("ACTIV", code, year.ending),
}


def meaning(column: Column, value: str, year: CollectionYear, spellings: Spellings) -> str | None:
    """What a value says, or None where neither a code nor a spelling is known. Codes hold in their years, and a
    code of another year is still read: a list may be older than its day."""
    code = code_in(value)
    if column.codes and code:
        for when in (year, *_OTHER_YEARS):
            said = _CODES[column.codes](code, when)
            if said:
                return said
    known = spellings.get(column.words, {})
    return known.get(folded(value)) or known.get(folded(_MARK.sub("", value, count=1)))


_OTHER_YEARS = tuple(CollectionYear(ending) for ending in (2018, 2022, 2026))


def code_in(value: str) -> str:
    """The code a value begins with, after the letter of the form: `q) 6: Police` gives 6. Nothing where none is."""
    match = _CODE.match(_MARK.sub("", value.strip(), count=1)) or _CODE.match(value.strip())
    return match[1].upper() if match else ""


@cache
def shipped() -> Spellings:
    """The vocabulary that comes with the format."""
    return _read((Path(__file__).parent / "vocabulary.yaml").read_text(encoding="utf-8"))


def extended(path: str | None) -> Spellings:
    """The shipped vocabulary with a partnership's own before it. Raises Explained for a file that is none."""
    if not path:
        return shipped()
    try:
        more = _read(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError, TypeError):
        raise Explained(
            f"the vocabulary {Path(path).name} cannot be read: it is a YAML file in which each list of words, such as "
            "source, holds meanings with their spellings, divided by | (see vocabulary.yaml of the format)."
        ) from None
    return {name: {**shipped().get(name, {}), **more.get(name, {})} for name in {*shipped(), *more}}


def _read(text: str) -> Spellings:
    words = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe
    return {
        str(name): {
            folded(spelling): str(said) for said, group in meanings.items() for spelling in group.split("|")
        }
        for name, meanings in words.items()
    }
