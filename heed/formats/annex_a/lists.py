"""The lists and their columns, as data: what a row of headings says a sheet is."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

NEAR = 0.5
"""The share of a list's columns that make a sheet an attempt at that list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the pattern of its folded heading, how its values are read, and what introduces them in words."""

    key: str
    heading: re.Pattern[str]
    says: str = ""
    codes: str = ""
    words: str = ""
    day: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """One list: its number, what it is of, the kind of record a row is; none: set aside, `because`."""

    number: int
    title: str
    columns: Mapping[str, Column]
    needs: tuple[str, ...]
    kind: str = ""
    text: str = ""
    start: str = ""
    end: str = ""
    because: str = ""

    @property
    def name(self) -> str:
        """`list 8 (children looked after)`."""
        return f"list {self.number} ({self.title})"


@dataclass(frozen=True, slots=True)
class Headings:
    """A row of headings understood: the list, the place of each column, and the headings nobody knows."""

    of: List
    places: Mapping[str, int]
    unknown: Mapping[str, int]

    @property
    def lacking(self) -> list[str]:
        """The columns without which this is not that list."""
        return [key for key in self.of.needs if key not in self.places]


def folded(text: str) -> str:
    """Lower-case letters and digits with single spaces: `Child’s\\xa0ID (Y/N)` becomes `child s id y n`."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain).split())


@cache
def lists() -> Sequence[List]:
    """Every list, by number."""
    words: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
    return [_list(name, about) for name, about in words.items() if name.startswith("list ")]


def understood(cells: Sequence[str], sheet: str) -> Headings | None:
    """The list whose headings these are: the one that fits most of them; of two, the one the sheet is named after.
    With columns `lacking` it is only an attempt at that list. None for anything else."""
    headings = [folded(cell) for cell in cells]
    if not any(_identifies(each) for each in headings):
        return None
    number = re.search(r"list\s*([0-9]+)", sheet, re.IGNORECASE)
    named = int(number[1]) if number else 0
    tried = [_tried(each, headings) for each in lists()]
    best = max(tried, key=lambda t: (not t.lacking, len(t.places), t.of.number == named))
    if best.lacking:
        best = next((each for each in tried if each.of.number == named), best)
        if len(best.places) < NEAR * len(best.of.columns):
            return None
    return best


def _identifies(heading: str) -> bool:
    return any(each.columns[each.needs[0]].heading.fullmatch(heading) for each in lists())


def _tried(each: List, headings: Sequence[str]) -> Headings:
    places: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for place, heading in enumerate(headings):
        free = (c.key for c in each.columns.values() if c.key not in places and c.heading.fullmatch(heading))
        key = next(free, None)
        if key:
            places[key] = place
        elif heading:
            unknown[heading] = place
    return Headings(each, places, unknown)


def _list(name: str, about: dict[str, Any]) -> List:
    columns = {
        key: Column(key, re.compile(column.pop("heading")), **column)
        for key, column in ((key, dict(column)) for key, column in about.pop("columns").items())
    }
    return List(int(name.split()[1]), columns=columns, needs=tuple(about.pop("needs")), **about)
