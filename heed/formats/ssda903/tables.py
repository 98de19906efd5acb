"""The tables of the return and their codes, as data: what a header says a file is, what a code says in a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_HERE = Path(__file__).parent
HEADER, EPISODES, MISSING = "Header", "Episodes", "Missing"
NEAR = 0.6
"""The share of a table's columns that make a file an attempt at that table rather than something else."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, and the kind of record its rows become; none: set aside, `because`."""

    name: str
    columns: tuple[str, ...]
    becomes: str | None = None
    because: str = ""
    start: str | None = None
    end: str | None = None
    text: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)


@cache
def tables() -> Mapping[str, Table]:
    """Every table by its name."""
    return {
        name: Table(name, tuple(words.pop("columns")), **words) for name, words in _yaml("tables").items()
    }


def recognised(cells: Sequence[str]) -> Table | None:
    """The table whose header this is, exactly."""
    wanted = tuple(cell.strip() for cell in cells)
    return next((table for table in tables().values() if table.columns == wanted), None)


def nearest(cells: Sequence[str]) -> Table | None:
    """The table this header was probably meant to be, or None for a file about something else."""
    given = {cell.strip().upper() for cell in cells}

    def shared(table: Table) -> float:
        return len(given & set(table.columns)) / len(table.columns)

    best = max(tables().values(), key=shared)
    return best if "CHILD" in given and shared(best) >= NEAR else None


def meaning(column: str, code: str, year: int) -> str | None:
    """What a code says in the collection year that ends in `year`; None where it is not a code of that year."""
    entry = _codes()[column].get(code)
    if isinstance(entry, dict):
        holds = entry.get("from", 0) <= year <= entry.get("until", 9999)
        return str(entry["label"]) if holds else None
    return entry


@cache
def rule_words() -> Mapping[str, str]:
    """The Department's rules by number, in the words of a note."""
    words: dict[str, str] = _yaml("rules")
    return words


@cache
def _codes() -> Mapping[str, Mapping[str, Any]]:
    codes: dict[str, dict[str, Any]] = _yaml("codes")
    return codes


def _yaml(name: str) -> Any:
    return yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))
