"""What has to be known of all tables before one row is told: who the pupils are, and which sessions form a run."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from heed.core.records.explained import Explained
from heed.formats.contract import Line
from heed.formats.school_attendance.tables import (
    ADDRESSES,
    EXCLUSIONS,
    PUPILS,
    REGISTER,
    TOTALS,
    attendance,
    day,
)

ABSENT = ("authorised", "unauthorised")
SATURDAY = 5
TERMS = {"spring": (1, (1, 4), (4, 30)), "summer": (2, (4, 8), (8, 31)), "autumn": (3, (9, 12), (12, 31))}
"""Each term: its place in the year, its first and last month, and the last day on which it is told."""
NO_HALF = "session: neither the morning nor the afternoon; it is read as of its day"
OTHER_MARK = "marks: another row has another code for this session; each is read as it was sent"
_NAMED = re.compile(r"(20[0-9]{2})[\W_]?(autumn|spring|summer)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table."""

    at: Line
    table: str
    cells: Mapping[str, str]
    others: Mapping[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str:
        """The cell of a column, or nothing."""
        return self.cells.get(key, "")

    @property
    def key(self) -> tuple[str, str]:
        """The pupil as the tables of one export know them: the row number of the pupil, and the school."""
        return (self.get("pupil") or self.get("upn"), self.get("school"))


@dataclass(slots=True)
class Run:
    """Sessions missed one after another: the days, how often each code, and the lines they are told on."""

    first: tuple[date, str]
    last: tuple[date, str]
    codes: Counter[str]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the school census."""

    year: int
    name: str

    @property
    def months(self) -> tuple[str, str]:
        """Its first and last month: the tables say no more of when."""
        first, last = TERMS[self.name][1]
        return f"{self.year}-{first:02}", f"{self.year}-{last:02}"

    @property
    def revision(self) -> int:
        """202403 for autumn 2024: a later term supersedes."""
        return self.year * 100 + TERMS[self.name][0]

    @property
    def last_day(self) -> date:
        """The latest day on which the tables could have been written for it."""
        month, number = TERMS[self.name][2]
        return date(self.year, month, number)


@dataclass(slots=True)
class Gathered:
    """Every table, indexed once."""

    pupils: dict[tuple[str, str], Entry] = field(default_factory=dict)
    any_school: dict[str, Entry] = field(default_factory=dict)
    addresses: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    totals: dict[tuple[str, str], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    sessions: dict[str, list[tuple[date, str, str, Line]]] = field(default_factory=lambda: defaultdict(list))
    halves: set[str] = field(default_factory=set)
    marks: dict[tuple[str, str, date | None, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    runs: dict[Line, Run] = field(default_factory=dict)
    within: set[Line] = field(default_factory=set)
    latest: date | None = None
    latest_session: date | None = None
    stems: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def see(self, entry: Entry) -> None:
        """Take one row into account."""
        match entry.table:
            case "pupils":
                self.pupils.setdefault(entry.key, entry)
                self.any_school.setdefault(entry.key[0], entry)
            case "addresses":
                self.addresses[entry.key].append(entry.get("postcode"))
            case "totals":
                self.totals[entry.key].append(entry)
            case "register":
                self._session(entry)
        for told in (day(entry.get("left")), day(entry.get("start"))):
            if told and entry.table in (PUPILS, EXCLUSIONS) and (self.latest is None or told > self.latest):
                self.latest = told

    def _session(self, entry: Entry) -> None:
        when = day(entry.get("day"))
        if when and attendance(entry.get("code")):
            self.halves.add(half(entry))
            self.marks[_session(entry)].add(entry.get("code").upper())
            self.sessions[entry.get("upn")].append((when, half(entry), entry.get("code").upper(), entry.at))
            self.latest_session = max(self.latest_session or when, when)

    def doubts(self, entry: Entry) -> Iterator[str]:
        """What is doubtful about a row of a register, as notes: a session that is none, marks that contradict each
        other. Without a session told, two rows of a day are its two halves."""
        if entry.table != REGISTER:
            return
        if entry.get("half") and not half(entry):
            yield NO_HALF
        if half(entry) and len(self.marks[_session(entry)]) > 1:
            yield OTHER_MARK

    def pupil(self, entry: Entry) -> Entry | None:
        """The pupil a row is about, in the same school if the table of pupils has both."""
        return self.pupils.get(entry.key) or self.any_school.get(entry.key[0])

    def join_sessions(self) -> None:
        """Make runs of the sessions missed one after another."""
        for of_pupil in self.sessions.values():
            in_order = sorted(of_pupil, key=lambda s: (s[0], s[1], s[3].file, s[3].number))
            for run in _runs(in_order, both={"am", "pm"} <= self.halves):
                self.runs[run.lines[0]] = run
                self.within.update(run.lines[1:])

    def term(self, given: str | None, names: Sequence[Path]) -> Term:
        """The term named, or that of the file names, or of the latest day. Raises Explained."""
        for text in [given] if given else [path.name for path in names]:
            match = _NAMED.search(text)
            if match:
                return Term(int(match[1]), match[2].lower())
        if self.latest and not given:
            name = "spring" if self.latest.month < 4 else "summer" if self.latest.month < 9 else "autumn"
            return Term(self.latest.year, name)
        raise Explained(
            f"{'the term ' + repr(given) if given else 'no file name and no day in these tables'} does not say which "
            "term they are of: add --option term=YEAR-TERM, such as --option term=2024-autumn."
        )


def half(entry: Entry) -> str:
    """Which half of the day: am, pm, or nothing where the register does not say."""
    text = re.sub("[^a-z0-9]", "", entry.get("half").lower())
    if text in ("am", "morning", "1", "m"):
        return "am"
    return "pm" if text in ("pm", "afternoon", "2", "a") else ""


def _session(entry: Entry) -> tuple[str, str, date | None, str]:
    return (entry.get("upn"), entry.get("school"), day(entry.get("day")), half(entry))


def _runs(sessions: Sequence[tuple[date, str, str, Line]], *, both: bool) -> Iterator[Run]:
    """Runs of absence. A weekday's session that has no row ends one: of many registers only the absences are sent, and
    nobody was away in between. `both` says that the register has a row for each half of a day."""
    open_: Run | None = None
    before: tuple[date, str] | None = None
    for when, part, code, line in sessions:
        about = attendance(code) or {}
        if open_ is not None and before is not None and not _next_to(before, (when, part), both=both):
            yield open_
            open_ = None
        before = (when, part)
        if about.get("is") in ABSENT:
            if open_ is None:
                open_ = Run((when, part), (when, part), Counter(), [])
            open_.last = (when, part)
            open_.codes[code] += 1
            open_.lines.append(line)
        elif about.get("is") != "not counted" and open_ is not None:
            yield open_
            open_ = None
    if open_ is not None:
        yield open_


def _next_to(one: tuple[date, str], other: tuple[date, str], *, both: bool) -> bool:
    """Whether no session of a weekday lies between two."""
    if one[0] == other[0]:
        return True
    if both and (one[1] == "am" or other[1] == "pm"):
        return False
    between = (one[0] + timedelta(days=days) for days in range(1, min((other[0] - one[0]).days, 4)))
    return not any(day.weekday() < SATURDAY for day in between)


__all__ = [
    "ADDRESSES",
    "EXCLUSIONS",
    "PUPILS",
    "REGISTER",
    "TOTALS",
    "Entry",
    "Gathered",
    "Run",
    "Term",
    "half",
]
