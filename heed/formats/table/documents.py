"""One row of a table as a record: every value from where the mapping says, every cell it does not take kept beside."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from heed.core.records.canonical import canonical
from heed.core.records.problems import Problem, clip, found
from heed.core.records.record import Document
from heed.core.records.when import parse_when
from heed.formats.dates import A_DATE, NO_SUCH_DAY, Dated, Unread, read_date
from heed.formats.table.mapping import Map, Source, Template, plain_name
from heed.formats.workbooks import Cell

TIMES = ("happened_from", "happened_to", "at", "recorded_at", "born")
NUMBERS = ("lat", "lon")
LISTS_OF_TEXT = ("observations", "also_known_as")
REF_DIGITS = 32
BORN_LATE = "born: after the event or the day of recording; kept as sent, not used to tell people apart"
BORN_UNREAD = "born: no day that can be; kept as sent, not used to tell people apart"
SLIPS = (A_DATE, NO_SUCH_DAY)
"""What nobody mends in the mapping. A birth that the mapping does not say how to read is asked about: it is so on every
row."""


class Unusable(ValueError):
    """A row that cannot become a record."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


@dataclass(slots=True)
class Rows:
    """Turns the rows of one table into documents. `shown` has the names of its columns as they stand in it, by their
    plain names; a column that is not there reads as blank."""

    mapping: Map
    agency: str
    shown: Mapping[str, str]
    notes: list[str] = field(default_factory=list)
    verbatim: set[str] = field(default_factory=set)

    def document(self, row: Mapping[str, Cell]) -> tuple[Document, tuple[str, ...]]:
        """The document of one row, and what to note. Raises Unusable."""
        self.notes, self.verbatim = [], set()
        built = self._object(self.mapping.record, row, "")
        recorded = built.get("recorded_at")
        if recorded is None:
            raise Unusable(self._nothing("recorded_at", "when the agency wrote it down"))
        whole: Document = {"v": 1, "agency": self.agency, "ref": built.pop("ref", None) or self._ref(row)}
        whole |= built
        self._born(whole)
        extra: dict[str, Any] = {"mapping": self.mapping.name}
        if rest := self._rest(row):
            extra["row"] = rest
        whole["extra"] = {"table": extra}
        return whole, tuple(dict.fromkeys(self.notes))

    def _ref(self, row: Mapping[str, Cell]) -> str:
        """Where no column names the row: what it says names it. The same row again is the same record."""
        if "ref" in self.mapping.record:
            raise Unusable(self._nothing("ref", "the agency's own reference"))
        said = {
            name: words for name, cell in row.items() if (words := self._words(cell)) and self._is_taken(name)
        }
        return f"row/{hashlib.sha256(canonical(said)).hexdigest()[:REF_DIGITS]}"

    def _nothing(self, key: str, expected: str) -> Problem:
        source = self.mapping.record.get(key)
        named = ", ".join(source.named) if isinstance(source, Source) else ""
        return Problem(key, "nothing", f"{expected}, from {named}" if named else expected)

    def _object(self, template: Template, row: Mapping[str, Cell], path: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in template.items():
            where = f"{path}{key}"
            each: Any
            if isinstance(value, Source):
                each = self._value(value, row, key, where)
            elif isinstance(value, Mapping):
                each = self._object(value, row, f"{where}.")
                each = each if self._says_something(value, row) else None
            else:
                each = self._list(value, row, key, where)
            if each not in (None, "", [], {}):
                made[key] = each
        return made

    def _list(self, values: Sequence[Any], row: Mapping[str, Cell], key: str, where: str) -> Any:
        if values and isinstance(values[0], Mapping):
            return [
                self._object(each, row, f"{where}[].") for each in values if self._says_something(each, row)
            ]
        if key in LISTS_OF_TEXT:
            texts = [text for each in values for text in self._texts(each, row, where)]
            return list(dict.fromkeys(texts))
        return self._told(values, row, key, where)

    def _told(self, values: Sequence[Source], row: Mapping[str, Cell], key: str, where: str) -> str:
        """Several columns in one text, each under its label."""
        parts = []
        for each in values:
            words = self._value(each, row, key, where)
            if words:
                parts.append(f"{each.label}: {words}" if each.label else str(words))
        return "\n".join(parts)

    def _says_something(self, template: Any, row: Mapping[str, Cell]) -> bool:
        """Whether an entry has more than its constants: a second phone that nobody filled in is not one."""
        if isinstance(template, Source):
            return template.constant is None and any(self._cells(template, row))
        each = template.values() if isinstance(template, Mapping) else template
        return any(self._says_something(inner, row) for inner in each)

    def _value(self, source: Source, row: Mapping[str, Cell], key: str, where: str) -> Any:
        if key in LISTS_OF_TEXT:
            return self._texts(source, row, where)
        if key in TIMES:
            return self._time(source, row, key, where)
        text = " ".join(self._texts(source, row, where)) if source.codes else self._text(source, row)
        if not text:
            return None
        if key == "revision" or key in NUMBERS:
            return _number(text, key, where)
        return text

    def _text(self, source: Source, row: Mapping[str, Cell]) -> str:
        if source.constant is not None:
            return source.constant
        told = [self._words(cell) for cell in self._cells(source, row)]
        self.verbatim |= {plain_name(column) for column in source.named}
        return (told[0] if source.first else source.join.join(told)) if told else source.default

    def _texts(self, source: Source, row: Mapping[str, Cell], where: str) -> list[str]:
        if source.constant is not None:
            return [source.constant]
        told = [self._words(cell) for cell in self._cells(source, row)]
        if source.split:
            told = [part.strip() for words in told for part in words.split(source.split) if part.strip()]
        elif source.first:
            told = told[:1]
        if not source.codes:
            self.verbatim |= {plain_name(column) for column in source.named if not source.split}
            return told or [source.default] * bool(source.default)
        coded = [code for words in told for code in self._coded(source, words, where)]
        return coded or [source.default] * bool(source.default)

    def _coded(self, source: Source, words: str, where: str) -> Sequence[str]:
        """The codes of a value. One the mapping does not know is kept with a note, refused, or left out, as it says."""
        codes = source.codes.get(plain_name(words))
        if codes is not None:
            return codes
        columns = ", ".join(source.columns)
        if source.otherwise == "refuse":
            raise Unusable(
                Problem(where, found(words), f"a value that the mapping gives a code, in {clip(columns)}")
            )
        self.notes.append(f"no code: {clip(columns)} has a value that the mapping gives no code")
        return [words] if source.otherwise == "keep" else []

    def _time(self, source: Source, row: Mapping[str, Cell], key: str, where: str) -> str | None:
        if source.constant is not None:
            return source.constant
        cells = self._cells(source, row)
        if not cells:
            return source.default or None
        at: Cell = row.get(plain_name(source.time), "") if source.time else ""
        read = read_date(cells[0], self.mapping.habits, "" if key == "born" or not self._words(at) else at)
        if isinstance(read, Unread) and key == "born" and read.expected in SLIPS:
            self.notes.append(BORN_UNREAD)
            return None
        if isinstance(read, Unread):
            raise Unusable(Problem(where, found(self._words(cells[0])), read.expected))
        return self._as(read, key)

    def _as(self, read: Dated, key: str) -> str:
        if read.note and key != "born":
            self.notes.append(read.note)
        if key == "recorded_at":
            # A day alone: by its last second the agency had written it down, the latest it can have been.
            return read.latest
        return read.text[:10] if key == "born" else read.text

    def _born(self, whole: Document) -> None:
        """A birth after the event is a slip: the event stays, the date is not used; the row as sent has it still."""
        latest = parse_when(whole["recorded_at"]).latest
        if whole.get("happened_from"):
            latest = min(latest, parse_when(whole["happened_from"]).latest)
        for person in whole.get("people", ()):
            if person.get("born") and parse_when(person["born"]).earliest > latest:
                del person["born"]
                self.notes.append(BORN_LATE)

    def _cells(self, source: Source, row: Mapping[str, Cell]) -> list[Cell]:
        """The cells of its columns that say something."""
        cells = (row.get(plain_name(column), "") for column in source.columns)
        return [cell for cell in cells if self._words(cell)]

    def _words(self, cell: Cell) -> str:
        words = text_of(cell)
        return "" if words.casefold() in self.mapping.blanks else words

    def _rest(self, row: Mapping[str, Cell]) -> dict[str, str]:
        """Every cell that is not in the record word for word: columns nobody mapped, dates and codes as they were."""
        return {
            self.shown[name]: words
            for name, cell in row.items()
            if name not in self.verbatim and self._is_taken(name) and (words := self._words(cell))
        }

    def _is_taken(self, name: str) -> bool:
        return name not in {plain_name(column) for column in self.mapping.leave_out}


def text_of(cell: Cell) -> str:
    """A cell as words: whole numbers without a point, dates as ISO writes them."""
    match cell:
        case str():
            return cell.strip()
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return cell.isoformat(" ", "seconds").removesuffix(":00")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


def _number(text: str, key: str, where: str) -> int | float:
    try:
        return int(text) if key == "revision" else float(text)
    except ValueError:
        raise Unusable(Problem(where, found(text), "a number")) from None


def blank(cells: Iterator[Cell] | Sequence[Cell]) -> bool:
    """Whether a row has nothing in it."""
    return not any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in cells)
