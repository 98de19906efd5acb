"""One file of policy, read with its line numbers, so that a mistake is named where it stands.

A partnership's folder (HEED_POLICY) may hold only the files it changes; the rest are those Heed comes with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from heed.core.records.explained import Explained

SHIPPED = Path(__file__).parents[3] / "policy"
type Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Page:
    """A file of policy: what it says and on which line each value stands."""

    file: Path
    data: Any
    lines: Mapping[Where, int]

    def has(self, *where: str | int) -> bool:
        """Whether the page says anything there (an empty value says nothing)."""
        return self._found(where) is not None

    def keys(self, *where: str | int) -> list[str]:
        """The names in a mapping, in the order they were written."""
        return [str(key) for key in self._typed(where, dict, "names with values under them")]

    def count(self, *where: str | int) -> int:
        """How many items a list holds."""
        return len(self._typed(where, list, "a list"))

    def text(self, *where: str | int) -> str:
        """Words. Never empty."""
        words = self._typed(where, str, "words")
        if not words.strip():
            raise self.wrong(where, "words")
        return words

    def texts(self, *where: str | int) -> tuple[str, ...]:
        """A list of words."""
        return tuple(self.text(*where, place) for place in range(self.count(*where)))

    def number(self, *where: str | int, least: int = 0) -> int:
        """A whole number, not below `least`."""
        expected = f"a whole number from {least}"
        value = self._typed(where, int, expected)
        if isinstance(value, bool) or value < least:
            raise self.wrong(where, expected)
        return int(value)

    def amount(self, *where: str | int) -> float:
        """A number, also with decimals; true and false count as 1 and 0."""
        value = self._found(where)
        if not isinstance(value, int | float):
            raise self.wrong(where, "a number")
        return float(value)

    def yes(self, *where: str | int) -> bool:
        """true or false."""
        value: bool = self._typed(where, bool, "true or false")
        return value

    def day(self, *where: str | int) -> date:
        """A day such as 2026-11-01."""
        value = self._typed(where, date, "a day such as 2026-11-01")
        if isinstance(value, datetime):
            raise self.wrong(where, "a day such as 2026-11-01")
        day: date = value
        return day

    def wrong(self, where: Where, expected: str) -> Explained:
        """What to say about a value: file, line, key, found, expected, what to do."""
        found = self._found(where)
        shown = "nothing" if found is None else repr(found) if len(repr(found)) < 80 else type(found).__name__
        return Explained(
            f"{self.file}, line {self._line(where)}: {'.'.join(map(str, where))}: found {shown}, expected {expected}. "
            "Mend the file, or point HEED_POLICY at a folder whose files are whole."
        )

    def _typed(self, where: Where, kind: type, expected: str) -> Any:
        value = self._found(where)
        if not isinstance(value, kind):
            raise self.wrong(where, expected)
        return value

    def _found(self, where: Where) -> Any:
        value = self.data
        for step in where:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def _line(self, where: Where) -> int:
        """The line of the value, or of the nearest thing around it when it is missing."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def open_page(name: str, *, shipped: bool = False) -> Page:
    """Read policy/<name>.yaml, from the partnership's folder if it has one. Every page names its keepers. `shipped`: as
    Heed comes with it, for a block that a partnership's file is too old to have."""
    if not Path(settings.POLICY).is_dir():
        raise Explained(
            f"HEED_POLICY is {settings.POLICY}, and there is no such folder. Point it at the partnership's folder, or "
            "leave it out to go by what Heed comes with."
        )
    file = next((path for path in _candidates(name)[shipped:] if path.exists()), None)
    if file is None:
        raise Explained(f"There is no {name}.yaml in {settings.POLICY} nor among the files Heed comes with.")
    page = _read(file)
    for key in ("source", "owner"):
        page.text(key)
    if page.day("review_date") < page.day("effective_from"):
        raise page.wrong(("review_date",), "a day after effective_from")
    return page


def has_page(name: str) -> bool:
    """Whether there is such a page: some are optional."""
    return any(path.exists() for path in _candidates(name))


def _candidates(name: str) -> tuple[Path, Path]:
    return (Path(settings.POLICY) / f"{name}.yaml", SHIPPED / f"{name}.yaml")


def _read(file: Path) -> Page:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise Explained(f"{file} cannot be read as text in UTF-8: {trouble}. Mend the file.") from trouble
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.YAMLError as trouble:
        raise Explained(f"{file} is not YAML: {trouble}. Mend the file.") from None
    lines: dict[Where, int] = {}
    _mark(node, (), lines)
    return Page(file, data, lines)


def _mark(node: yaml.Node | None, where: Where, lines: dict[Where, int]) -> None:
    if node is None:
        return
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _mark(value, (*where, key.value), lines)
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            _mark(value, (*where, place), lines)
