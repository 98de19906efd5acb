"""One line of time for a page: entries newest first under their years, with the silences between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from heed.casework.doors.agreed import named_in
from heed.casework.doors.children import Aside, ChildFile, Entry, OwedDuty
from heed.casework.doors.sight import KnownChild
from heed.casework.policy import policy
from heed.core.records.clocks import is_ahead
from heed.core.records.record import Answer, Author, Document
from heed.core.review.chronology import Gap, gaps, order, span
from heed.web.presenters import files, labels, wording
from heed.web.presenters.beside import Beside, beside
from heed.web.presenters.facts import Fact, facts
from heed.web.presenters.mail import Other, came, conversations
from heed.web.presenters.paging import Pages, paged

PER_PAGE = 40
WITHDRAWN = "withdrawn"
ASKING = frozenset({"concern", "disclosure", "complaint", "referral"})
"""Kinds that ask for an answer: none recorded is worth a line."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three clocks: its name, the time, and how long after the one before."""

    name: str
    time: str
    delay: str


@dataclass(frozen=True, slots=True)
class Line:
    """One entry, in words."""

    anchor: str
    title: str
    happened: str
    agency: str
    author: str
    reference: str
    text: str
    childs_words: str
    facts: tuple[Fact, ...]
    told: tuple[str, ...]
    answer: str
    answer_reason: str
    in_heed: str
    clocks: tuple[Clock, ...]
    files: tuple[files.Row, ...]
    mail: str
    thread: tuple[Other, ...]
    """The other records of the same conversation by e-mail."""
    earlier: tuple["Line", ...]
    withdrawn: bool
    aside: str
    """Why it counts for nothing, in words; empty where it counts."""
    struck: bool
    key: int
    beside: Beside
    reads: str
    """How much the rules read in its texts, for a link to where it is agreed to; empty for nothing."""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the list: a line, or a silence before it."""

    line: Line | None = None
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Year:
    """A year's heading and what stands under it on this page."""

    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked for: kinds and agencies by their codes, empty for all; a page, or the row to turn to."""

    kind: str = ""
    agency: str = ""
    page: int = 1
    at: int = 0

    @property
    def filtered(self) -> bool:
        """Whether anything is left out by choice."""
        return bool(self.kind or self.agency)


@dataclass(frozen=True, slots=True)
class Chronology:
    """One page of it."""

    years: tuple[Year, ...]
    pages: Pages
    shown: int
    all: int


def present(file: ChildFile, chosen: Chosen, silent: str) -> Chronology:
    """The page of the chronology that was asked for. `silent` says who wrote nothing in a gap."""
    entries, names, others = file.entries, file.agencies, file.others
    heed = _answers_in_heed(file.duties)
    newest = sorted(entries, key=lambda entry: order(entry.told), reverse=True)
    kept = [entry for entry in newest if _wanted(entry, chosen)]
    here, pages = paged(kept, _page_of(kept, chosen) or chosen.page, PER_PAGE)
    breaks = {} if chosen.filtered else _breaks(newest, silent)
    threads = conversations(entries)
    years: dict[str, list[Item]] = {}
    for entry in here:
        items = years.setdefault(str(wording.day_of(span(entry.told).earliest).year), [])
        more = {"in_heed": heed.get(entry.key, ""), "thread": threads.get(entry.key, ())}
        items.append(Item(line=replace(line(entry, names, others), **more)))
        if entry.key in breaks:
            items.append(Item(gap=breaks[entry.key]))
    found = tuple(Year(label, tuple(items)) for label, items in years.items())
    return Chronology(found, pages, len(kept), len(entries))


def _wanted(entry: Entry, chosen: Chosen) -> bool:
    return chosen.kind in ("", entry.told.kind) and chosen.agency in ("", entry.told.agency)


def _page_of(entries: Sequence[Entry], chosen: Chosen) -> int:
    rows = [entry.key for entry in entries]
    return rows.index(chosen.at) // PER_PAGE + 1 if chosen.at in rows else 0


def _breaks(newest: Sequence[Entry], silent: str) -> dict[int, str]:
    """Newest first, a silence stands under the entry that broke it: the oldest of those after it. By its row."""
    found = {}
    for gap in gaps(entry.told for entry in newest):
        after = [entry for entry in newest if span(entry.told).earliest.date() > gap.last]
        found[after[-1].key] = _silence(gap, silent)
    return found


def _silence(gap: Gap, silent: str) -> str:
    return f"{wording.lasting_days(gap.days)}, {wording.day(gap.first)} to {wording.day(gap.last)}: {silent}."


def line(entry: Entry, names: Mapping[str, str], others: Mapping[str, KnownChild]) -> Line:
    """One record in words, with its older revisions."""
    told = entry.told
    return Line(
        anchor=f"r{entry.key}",
        title=labels.kind(told.kind),
        happened=wording.between(told.happened_from, told.happened_to),
        agency=names.get(told.agency, told.agency),
        author=_person(told.author) if told.author else "Author not given",
        reference=f"{told.ref}, revision {told.revision}" if told.revision > 1 else told.ref,
        text=told.text or "",
        childs_words=told.childs_words or "",
        facts=tuple(facts(entry, others)),
        told=tuple(_told(each.person, each.at, names) for each in told.told),
        answer=_answer(told.answer, told.kind),
        answer_reason=(told.answer.reason or "No reason was given.") if told.answer else "",
        in_heed="",
        clocks=_clocks(entry),
        earlier=tuple(line(old, names, others) for old in entry.earlier),
        withdrawn=entry.withdrawn,
        aside=_aside(entry.aside),
        struck=entry.aside is not None and entry.aside.state == WITHDRAWN,
        files=files.rows(entry.files),
        mail=came(told.document),
        thread=(),
        key=entry.key,
        beside=beside(told.document, names),
        reads=_reads(told.document),
    )


def _aside(aside: Aside | None) -> str:
    if aside is None:
        return ""
    if aside.state != WITHDRAWN or aside.at is None:
        return "Held: far more came that day than usual. It counts when a manager has looked at it."
    return f"Withdrawn on {wording.instant(aside.at)} by {aside.by}: {aside.reason} It is kept, and counts for nothing."


def _reads(document: Document) -> str:
    count = named_in(document)
    return wording.figure(count, "thing") if count else ""


def _answers_in_heed(duties: Sequence[OwedDuty]) -> dict[int, str]:
    """What was answered in Heed itself, or who owes the answer, by the row of the record."""
    return {duty.record: _in_heed(duty) for duty in duties if duty.record}


def _in_heed(duty: OwedDuty) -> str:
    if duty.answered_at and not duty.open:
        return f"{duty.answer}: {duty.answered_by}, {wording.instant(duty.answered_at)}"
    due = f", by {wording.instant(duty.due_at)}" if duty.due_at else ""
    return f"Owed by {duty.owner}, {duty.owner_role}, {duty.agency}{due}"


def _clocks(entry: Entry) -> tuple[Clock, ...]:
    told = entry.told
    received = _received(told.recorded_at, entry.received_at)
    by = f"{received}, by {entry.received_by}" if entry.received_by else received
    return (
        Clock("Happened", wording.between(told.happened_from, told.happened_to), ""),
        Clock(
            "Recorded", wording.instant(told.recorded_at), wording.delay(told.happened_from, told.recorded_at)
        ),
        Clock("Received by Heed", wording.instant(entry.received_at), by),
    )


def _received(recorded: datetime, received: datetime) -> str:
    if is_ahead(recorded, received, policy().intake.clock_skew):
        return (
            f"{wording.lasting(recorded - received)} before the agency says it was recorded: its clock, or its date, is "
            "wrong. The rules know it from that time on"
        )
    return wording.after(max(received - recorded, timedelta()), "it was recorded")


def _person(author: Author) -> str:
    grade = labels.GRADES.get(author.grade or "", "")
    words = ", ".join(part for part in (author.name, author.role) if part) or "Name not given"
    return f"{words} ({grade})" if grade else words


def _told(person: Author, at: datetime | None, names: Mapping[str, str]) -> str:
    where = names.get(person.agency or "", person.agency or "")
    parts = [_person(person), where, wording.instant(at) if at else "it does not say when"]
    return ", ".join(part for part in parts if part)


def _answer(answer: Answer | None, kind: str) -> str:
    if answer is None:
        return "None is recorded" if kind in ASKING else ""
    parts = [
        _person(answer.by) if answer.by else "nobody is named",
        wording.instant(answer.at) if answer.at else "",
    ]
    return f"{labels.plain(answer.decision)}: {', '.join(part for part in parts if part)}"
