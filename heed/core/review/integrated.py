"""The integrated chronology: every agency on one line of time, an event that several told once with every telling.

Nothing is merged: each telling keeps its own words, dates and author. Two tellings are taken for one event only by the
rules below, and the event says by which. A month or a year in which something happened stays one, and so do the delays
counted from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.core.records.kinds import Kind
from heed.core.records.record import Record
from heed.core.review.asof import Kept
from heed.core.review.chronology import Gap, certain_of_the_day, gaps, order, span
from heed.core.review.episodes import episodes

GAP = timedelta(days=90)
"""Nobody wrote of anything in this long: a line of its own in a review."""
HELD_ONCE = frozenset({Kind.MEETING, Kind.RETURN_INTERVIEW, Kind.DECISION, Kind.ORDER})
"""Kinds that are one event for everybody who was there: told by two agencies of the same time, they are one."""
ASKING = frozenset({Kind.CONCERN, Kind.DISCLOSURE, Kind.COMPLAINT, Kind.REFERRAL})
"""Kinds that ask for an answer."""
ONE_EPISODE, ONE_TIME, TOLD_ONCE = "one missing episode", "the same kind at the same time", ""
END_APART = timedelta(days=1)
"""Two ends of one event further apart than this are a conflict; nearer, they are how people write."""


@dataclass(frozen=True, slots=True)
class Delay:
    """How long from one clock to another: at least and at most, equal where both are certain."""

    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class Telling:
    """What one agency wrote of an event, and how long things took. None: it did not happen, or nobody said when.

    `recorded`: from happening to writing it down. `told`, `answered`: from writing it down to the first person who was
    told, and to the answer. `unanswered`: how long an answer had been waited for, of a kind that asks for one.
    """

    kept: Kept
    record: Record
    recorded: Delay | None
    told: Delay | None
    answered: Delay | None
    unanswered: timedelta | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two tellings of one event do not say alike: of what, and each agency's word."""

    what: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One event with every telling, in the order of their writing, and why they are taken for one."""

    tellings: tuple[Telling, ...]
    why: str
    conflicts: tuple[Conflict, ...]

    @property
    def certain(self) -> bool:
        """Whether somebody knows at least the day."""
        return any(certain_of_the_day(each.record) for each in self.tellings)


@dataclass(frozen=True, slots=True)
class Integrated:
    """Events oldest first, and the silences between them."""

    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]


def integrated(kept: Iterable[Kept], end: datetime) -> Integrated:
    """The chronology of what stood at `end` (heed.core.review.asof.stood), with nothing told or answered after it.
    Erased records are left out: they say nothing."""
    by_name = {each.name: (each, each.told) for each in kept if each.told is not None}
    records = [told for _, told in by_name.values()]
    groups = [(list(each.records), ONE_EPISODE) for each in episodes(_of(records, Kind.MISSING))]
    groups += [(group, ONE_TIME) for kind in sorted(HELD_ONCE) for group in _at_once(_of(records, kind))]
    groups += [([each], TOLD_ONCE) for each in records if each.kind not in HELD_ONCE | {Kind.MISSING}]
    events = []
    for group, why in groups:
        told = sorted(group, key=lambda each: (each.recorded_at, each.agency, each.ref))
        tellings = tuple(_telling(by_name[each.agency, each.ref][0], each, end) for each in told)
        events.append(Event(tellings, why if len(told) > 1 else TOLD_ONCE, tuple(_conflicts(told))))
    events.sort(key=lambda event: min(order(each.record) for each in event.tellings))
    return Integrated(tuple(events), tuple(gaps(records, GAP)))


def _of(records: Iterable[Record], kind: Kind) -> list[Record]:
    return [each for each in records if each.kind == kind]


def _at_once(records: Sequence[Record]) -> list[list[Record]]:
    """Records of one kind, those of several agencies that overlap in time together. One that knows only its month or
    year stands alone: it might be any of that month's."""
    groups: list[list[Record]] = []
    for record in sorted(records, key=order):
        home = next((group for group in groups if _meets(group, record)), None)
        if home is None:
            groups.append([record])
        else:
            home.append(record)
    return groups


def _meets(group: Sequence[Record], record: Record) -> bool:
    if any(record.agency == each.agency for each in group):
        return False
    if not all(certain_of_the_day(each) for each in (*group, record)):
        return False
    this = span(record)
    return all(this.earliest <= span(each).latest and span(each).earliest <= this.latest for each in group)


def _telling(kept: Kept, record: Record, end: datetime) -> Telling:
    told = min((each.at for each in record.told if each.at is not None and each.at <= end), default=None)
    answer = record.answer.at if record.answer and record.answer.at and record.answer.at <= end else None
    waits = record.kind in ASKING and (record.answer is None or (record.answer.at or end) > end)
    return Telling(
        kept, record, _recorded(record), _between(record.recorded_at, told),
        _between(record.recorded_at, answer), end - record.recorded_at if waits else None,
    )  # fmt: skip


def _recorded(record: Record) -> Delay | None:
    """From what may be the last and the first instant of its beginning; something written of beforehand has none."""
    start = record.happened_from
    if start is None or record.recorded_at < start.earliest:
        return None
    return Delay(max(record.recorded_at - start.latest, timedelta()), record.recorded_at - start.earliest)


def _between(start: datetime, then: datetime | None) -> Delay | None:
    """Somebody told before it was written down was told at once."""
    if then is None:
        return None
    lasted = max(then - start, timedelta())
    return Delay(lasted, lasted)


def _conflicts(records: Sequence[Record]) -> list[Conflict]:
    """In what the tellings of one event cannot all be right."""
    found = [
        _unlike("category", [(each, each.missing.category if each.missing else None) for each in records]),
        _unlike("risk", [(each, each.missing.risk if each.missing else None) for each in records]),
        _unlike("decision", [(each, each.answer.decision if each.answer else None) for each in records]),
        _ends(records),
    ]
    return [each for each in found if each is not None]


def _unlike(what: str, said: Sequence[tuple[Record, str | None]]) -> Conflict | None:
    words = tuple((record.agency, word) for record, word in said if word)
    return Conflict(what, words) if len({word for _, word in words}) > 1 else None


def _ends(records: Sequence[Record]) -> Conflict | None:
    """Ends that certainly lie more than a day apart."""
    ends = [(each.agency, each.happened_to) for each in records if each.happened_to is not None]
    if not ends:
        return None
    first, last = min(end.latest for _, end in ends), max(end.earliest for _, end in ends)
    if last - first <= END_APART:
        return None
    return Conflict("end", tuple((agency, end.text) for agency, end in ends))
