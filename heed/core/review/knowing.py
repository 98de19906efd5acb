"""Who knew what on a day, from three clocks and the ledger: records, looks, steps of duties and notices.

Everything here was written down by the end of that day, or is a claim in a record that was. Nothing written down later
shows, so what had happened and nobody had recorded is not here either: that is the point of asking.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile

from heed.core.records.record import Author
from heed.core.review.asof import Kept, stood

type Name = tuple[str, str]
"""A record: (agency, ref)."""


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A person: of Heed by number, or as a record names them. The two are never taken for one another by name."""

    agency: str
    professional: int = 0
    name: str = ""
    role: str = ""
    grade: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody was shown these rows. `seq` is the entry that says so."""

    seq: int
    at: datetime
    who: Who
    purpose: str
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a duty. `written_at` is when it went into the ledger; `by` is None for the clock."""

    number: int
    at: datetime
    written_at: datetime
    move: str
    by: Who | None
    owner: Who
    rung: int
    due_at: datetime | None
    decision: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty and all its steps, in order. `row` is the record it is about."""

    reference: str
    row: int
    clause: str
    owing: str
    raising: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """Somebody was to be told of a step of a duty, in Heed or by e-mail."""

    who: Who
    at: datetime
    duty: str
    step: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sight:
    """A live relationship that hangs on a source: from `since` up to `until`, the latter as it is set now."""

    who: Who
    source: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """All there is to go by about one subject, later things included: `knew` leaves those out."""

    kept: Sequence[Kept]
    looks: Sequence[Look] = ()
    duties: Sequence[Owed] = ()
    notices: Sequence[Noticed] = ()
    sights: Sequence[Sight] = ()


@dataclass(slots=True)
class Person:
    """What one person had written, been told, opened, owed, done and answered. Each with its instant; None where the
    record does not say when. `could_see`: a live relationship stood at the end of the day."""

    who: Who
    wrote: dict[Name, datetime] = field(default_factory=dict)
    told: dict[Name, datetime | None] = field(default_factory=dict)
    answered: dict[Name, tuple[datetime | None, str]] = field(default_factory=dict)
    opened: dict[Name, tuple[datetime, str]] = field(default_factory=dict)
    owed: dict[str, datetime] = field(default_factory=dict)
    did: list[tuple[str, Step]] = field(default_factory=list)
    notified: list[Noticed] = field(default_factory=list)
    could_see: bool = False

    @property
    def knew_of(self) -> set[Name]:
        """The records this person had written, been told of, opened or answered."""
        return {*self.wrote, *self.told, *self.opened, *self.answered}


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as it stood: its steps so far."""

    owed: Owed
    record: Name
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The answer. Of `erased` records nothing but the header is left; `ahead` names records that were here and claim to
    have been written down after the day: they are passed over."""

    end: datetime
    agency: str
    records: tuple[Kept, ...]
    erased: tuple[Kept, ...]
    ahead: frozenset[Name]
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]


def knew(facts: Facts, end: datetime, agency: str = "") -> Knowledge:
    """What stood at `end` (an instant with an offset). With `agency`, what that agency had: its own records and what
    its people were told, had opened, owed or answered; of other agencies nobody."""
    here = stood(facts.kept, end)
    erased = [each for each in here if each.told is None]
    records = [each for each in here if each.told is not None]
    ahead = frozenset(
        each.name for each in facts.kept if each.sources and each.recorded_at > end >= each.received_at
    )
    people = _People()
    for each in records:
        _claims(each, end, people)
    rows = {each.row: each.name for each in facts.kept}
    shown = {each.name for each in records}
    _looks(facts.looks, rows, shown, end, people)
    duties = _duties(facts.duties, rows, shown, end, people)
    for notice in facts.notices:
        if notice.at <= end and any(notice.duty == duty.owed.reference for duty in duties):
            people.of(notice.who).notified.append(notice)
    sources = {source for each in records for source in each.sources}
    for sight in facts.sights:
        if sight.source in sources and sight.since <= end < sight.until:
            people.of(sight.who).could_see = True
    found = Knowledge(
        end, agency, tuple(records), tuple(erased), ahead, people.sorted(), tuple(duties)
    )  # fmt: skip
    return _of_agency(found) if agency else found


class _People:
    def __init__(self) -> None:
        self._found: dict[Who, Person] = {}

    def of(self, who: Who) -> Person:
        return self._found.setdefault(who, Person(who))

    def sorted(self) -> tuple[Person, ...]:
        return tuple(self._found[who] for who in sorted(self._found))


def named(person: Author, agency: str) -> Who:
    """Somebody as a record names them; who has no agency of their own is of the agency that wrote."""
    return Who(
        person.agency or agency, 0, person.name or "", person.role or "", person.grade or "", person.ref or ""
    )


def _claims(kept: Kept, end: datetime, people: _People) -> None:
    """What a record says of its author, of whoever was told and of whoever answered."""
    told = kept.told
    if told is None:
        return
    if told.author is not None:
        people.of(named(told.author, kept.agency)).wrote[kept.name] = kept.recorded_at
    for each in told.told:
        if each.at is None or each.at <= end:
            known = people.of(named(each.person, kept.agency)).told
            # The same person may be told twice: the first time is when they knew; a time beats none.
            known[kept.name] = min(filter(None, (known.get(kept.name), each.at)), default=None)
    answer = told.answer
    if answer is not None and answer.by is not None and (answer.at is None or answer.at <= end):
        by = people.of(named(answer.by, kept.agency))
        by.answered[kept.name] = (answer.at, answer.decision)


def _looks(
    looks: Iterable[Look], rows: dict[int, Name], shown: Collection[Name], end: datetime, people: _People
) -> None:
    """The first time each person was shown any revision of each record."""
    for look in sorted(looks, key=lambda each: each.seq):
        if look.at > end:
            continue
        for name in sorted({rows[row] for row in look.rows if row in rows} & set(shown)):
            people.of(look.who).opened.setdefault(name, (look.at, look.purpose))


def _duties(
    duties: Iterable[Owed], rows: dict[int, Name], shown: Collection[Name], end: datetime, people: _People
) -> list[Duty]:
    """Each duty as its steps had made it, and who owed it from when."""
    found = []
    for duty in sorted(duties, key=lambda each: each.reference):
        # Up to the first that is later: a step means nothing without those before it, whatever a clock said.
        steps = tuple(takewhile(lambda step: max(step.at, step.written_at) <= end, duty.steps))
        name = rows.get(duty.row)
        if not steps or name is None or name not in shown:
            continue
        found.append(Duty(duty, name, steps))
        for step in steps:
            people.of(step.owner).owed.setdefault(duty.reference, step.at)
            if step.by is not None:
                people.of(step.by).did.append((duty.reference, step))
    return found


def _of_agency(whole: Knowledge) -> Knowledge:
    """The part of an answer that is one agency's."""
    people = tuple(each for each in whole.people if each.who.agency == whole.agency)
    owed = {duty for each in people for duty in each.owed}
    duties = tuple(
        duty
        for duty in whole.duties
        if whole.agency in (duty.owed.owing, duty.owed.raising) or duty.owed.reference in owed
    )
    heard = {name for each in people for name in each.knew_of} | {duty.record for duty in duties}
    return Knowledge(
        whole.end,
        whole.agency,
        tuple(each for each in whole.records if each.agency == whole.agency or each.name in heard),
        tuple(each for each in whole.erased if each.agency == whole.agency),
        frozenset(name for name in whole.ahead if name[0] == whole.agency),
        people,
        duties,
    )
