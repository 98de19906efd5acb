"""Reading the fields of one JSON object: each by name, each with its type, each wrong one told apart."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from heed.core.records.problems import Problem, found
from heed.core.records.when import When, parse_instant, parse_when


@dataclass(slots=True)
class Desk:
    """Where a reading puts what it finds: problems refuse the record, notes go with it."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, kind: str, words: str) -> None:
        """A note is `kind: words`; notes are counted by kind and hold no name, number or date of a person."""
        self.notes.append(f"{kind}: {words}")


@dataclass(slots=True)
class Opened:
    """One object of a record, at a path such as `people[0]`. A null or absent key reads as None."""

    desk: Desk
    path: str
    values: Mapping[str, Any]

    def where(self, key: str) -> str:
        """The full key, as messages name it."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, expected: str) -> None:
        """This key is wrong: say what was found there and what was expected."""
        shown = found(self.values[key]) if key in self.values else "nothing"
        self.desk.problems.append(Problem(self.where(key), shown, expected))

    def text(self, key: str, *, longest: int | None = None, required: bool = False) -> str | None:
        """Text. Empty text reads as None, and stays as sent in the document."""
        value = self.values.get(key)
        if value is None or value == "":
            if required:
                self.refuse(key, "text")
            return None
        if not isinstance(value, str):
            self.refuse(key, "text in quotation marks")
            return None
        if longest is not None and len(value) > longest:
            self.refuse(key, f"at most {longest} characters")
            return None
        return value

    def choice[E: StrEnum](self, key: str, words: type[E], *, required: bool = False) -> E | None:
        """One word of a closed list; any other is refused by name."""
        value = self.values.get(key)
        if value is None and not required:
            return None
        if isinstance(value, str) and value in words._value2member_map_:
            return words(value)
        self.refuse(key, f"one of {', '.join(words)}")
        return None

    def code(self, key: str, codes: frozenset[str]) -> str | None:
        """One code of a closed set."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and value in codes):
            return value
        self.refuse(key, f"one of {', '.join(sorted(codes))}")
        return None

    def whole(self, key: str, *, low: int, high: int) -> int | None:
        """A whole number from low to high."""
        value = self.values.get(key)
        if value is None or (type(value) is int and low <= value <= high):
            return value
        self.refuse(key, f"a whole number from {low} to {high}")
        return None

    def degrees(self, key: str, most: float) -> float | None:
        """Latitude or longitude in degrees (WGS 84)."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and -most <= value <= most:
            return float(value)
        self.refuse(key, f"degrees from -{most:g} to {most:g}")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty ones are passed over."""
        value = self.values.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(each for each in value if each)
        self.refuse(key, "a list of texts")
        return ()

    def when(self, key: str) -> When | None:
        """When something happened, as certainly as it was told."""
        return self._time(key, parse_when)

    def instant(self, key: str) -> datetime | None:
        """An instant with its offset."""
        return self._time(key, parse_instant)

    def _time[T](self, key: str, parse: Callable[[str], T]) -> T | None:
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self.refuse(key, "a date or instant in quotation marks")
            return None
        try:
            return parse(value)
        except ValueError as trouble:
            self.refuse(key, str(trouble).removeprefix("expected "))
            return None

    def object(self, key: str) -> "Opened | None":
        """A nested object."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.refuse(key, "an object")
            return None
        return Opened(self.desk, self.where(key), value)

    def objects(self, key: str) -> Iterator["Opened"]:
        """A list of nested objects."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.refuse(key, "a list of objects")
            return
        for place, each in enumerate(value):
            where = f"{self.where(key)}[{place}]"
            if isinstance(each, dict):
                yield Opened(self.desk, where, each)
            else:
                self.desk.problems.append(Problem(where, found(each), "an object"))
