"""The Department's rules on the Missing table: each a question about one row, asked by its number.

Sources: the published rule messages of 2025/26; what they call a period of care was taken from how the open validator
csc-validator-be-903 0.1.17 (MIT) understands 567, 571, 575, 577, 578, 581 and 586, and the counts agree with it on that
project's fake return. So they show agreement with that validator, not a second reading of the Department's text.
A period of care is a run of episodes, each beginning by the day the one before it ended.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from heed.formats.ssda903.days import CollectionYear, day


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day; no end: it is still open."""

    start: date
    end: date | None

    def holds(self, when: date) -> bool:
        """Whether a day lies in it, its first and last day included."""
        return self.start <= when and (self.end is None or when <= self.end)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One row of the Missing table: the words as sent, with the rest of what a rule asks about."""

    kind: str
    start_text: str
    end_text: str
    born: date | None
    year: CollectionYear
    earlier: Sequence["MissingRow"] = field(default=(), repr=False)
    episodes: Sequence[Span] = ()

    @property
    def start(self) -> date | None:
        """The day it started, if that is a day."""
        return day(self.start_text)

    @property
    def end(self) -> date | None:
        """The day it ended, if that is a day."""
        return day(self.end_text)

    @property
    def is_open(self) -> bool:
        """Whether it had not ended."""
        return not self.end_text

    def outlasts(self, other: "MissingRow") -> bool:
        """Whether it ended after the other did. Open outlasts all; an end that is no date outlasts nothing."""
        if other.is_open or not (self.is_open or self.end):
            return False
        return self.is_open or other.end is None or (self.end is not None and self.end > other.end)


def periods(episodes: Sequence[Span]) -> list[Span]:
    """Episodes joined into periods of care: a new one begins on any day after the last ended."""
    joined: list[Span] = []
    for episode in sorted(episodes, key=lambda each: each.start):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and episode.start > last.end):
            joined.append(episode)
        else:
            ends = (last.end, episode.end)
            end = None if None in ends else max(each for each in ends if each)
            joined[-1] = Span(last.start, end)
    return joined


def _overlaps(row: MissingRow) -> bool:
    """574. Flagged on the later row; ending on the day the next begins is no overlap."""
    start = row.start
    return start is not None and any(
        each.is_open or (each.end is not None and start < each.end) for each in row.earlier
    )


def _placement_ended(row: MissingRow) -> bool:
    """575. The episode it started in is over, and it is not."""
    start = row.start
    return row.is_open and start is not None and any(e.end and e.holds(start) for e in row.episodes)


def _outlasts_care(row: MissingRow) -> bool:
    """577. There is no period of care in which it ended, or, still open, in which it may go on."""
    start, end = row.start, row.end
    if not row.episodes or start is None or (end is None and not row.is_open):
        return False
    if end is None:
        return not any(each.end is None and each.start <= start for each in periods(row.episodes))
    return not any(each.holds(end) for each in periods(row.episodes))


def _outside(spans: Sequence[Span], start: date | None) -> bool:
    return bool(spans) and start is not None and not any(each.holds(start) for each in spans)


def _after(left: date | None, right: date | None) -> bool:
    return left is not None and right is not None and left > right


RULES: Mapping[str, Callable[[MissingRow], bool]] = {
    "564": lambda row: row.kind.upper() in ("M", "A") and not row.start_text,
    "565": lambda row: bool(row.start_text) and not row.kind,
    "566": lambda row: bool(row.end_text) and not row.kind,
    "567": lambda row: _after(row.start, row.end),
    "570": lambda row: _after(row.start, row.year.end),
    "571": lambda row: _after(row.end, row.year.end) or _after(row.year.start, row.end),
    "574": _overlaps,
    "575": _placement_ended,
    "577": _outlasts_care,
    "578": lambda row: _outside(periods(row.episodes), row.start),
    "581": lambda row: _outside(row.episodes, row.start),
    "586": lambda row: row.start is not None and row.born is not None and row.start <= row.born,
    "1004": lambda row: bool(row.start_text) and row.start is None,
    "1005": lambda row: bool(row.end_text) and row.end is None,
    "1006": lambda row: bool(row.kind) and row.kind.upper() not in ("M", "A"),
}


def broken(row: MissingRow) -> list[str]:
    """The numbers of the rules a row breaks, in their order."""
    return [number for number, breaks in RULES.items() if breaks(row)]
