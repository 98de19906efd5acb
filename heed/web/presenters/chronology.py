"""One line of time for a page: entries newest first under their years, with the silences between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from heed.casework.doors.children import ChildFile, Entry, OwedDuty, Someone
from heed.casework.doors.sight import KnownChild
from heed.core.records.record import Answer, Author, Grading
from heed.core.review.chronology import Gap, gaps, order, span
from heed.web.presenters import labels, wording
from heed.web.presenters.paging import Pages, paged

PER_PAGE = 40
ASKING = frozenset({"concern", "disclosure", "complaint", "referral"})
"""Kinds that ask for an answer: none recorded is worth a line."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the three clocks: its name, the time, and how long after the one before."""

    name: str
    time: str
    delay: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person or thing in an entry; `person` is set when there is a page to open."""

    role: str
    words: str
    person: str = ""


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
    facts: tuple[Named, ...]
    told: tuple[str, ...]
    answer: str
    answer_reason: str
    in_heed: str
    clocks: tuple[Clock, ...]
    earlier: tuple["Line", ...]
    withdrawn: bool


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
    breaks = [] if chosen.filtered else gaps(entry.told for entry in entries)
    years: dict[str, list[Item]] = {}
    for entry in here:
        items = years.setdefault(str(wording.day_of(span(entry.told).earliest).year), [])
        items.append(Item(line=replace(line(entry, names, others), in_heed=heed.get(entry.key, ""))))
        items += [Item(gap=_silence(gap, silent)) for gap in breaks if _follows(gap, entry)]
    found = tuple(Year(label, tuple(items)) for label, items in years.items())
    return Chronology(found, pages, len(kept), len(entries))


def _wanted(entry: Entry, chosen: Chosen) -> bool:
    return chosen.kind in ("", entry.told.kind) and chosen.agency in ("", entry.told.agency)


def _page_of(entries: Sequence[Entry], chosen: Chosen) -> int:
    rows = [entry.key for entry in entries]
    return rows.index(chosen.at) // PER_PAGE + 1 if chosen.at in rows else 0


def _follows(gap: Gap, entry: Entry) -> bool:
    """Newest first, a silence stands under the entry that broke it."""
    return (span(entry.told).earliest.date() - gap.last).days == 1


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
        facts=(
            *_missing(entry),
            *_people(entry, others),
            *_things(entry),
            *_seen(entry),
            *_grading(told.grading),
        ),
        told=tuple(_told(each.person, each.at, names) for each in told.told),
        answer=_answer(told.answer, told.kind),
        answer_reason=(told.answer.reason or "No reason was given.") if told.answer else "",
        in_heed="",
        clocks=_clocks(entry),
        earlier=tuple(line(old, names, others) for old in entry.earlier),
        withdrawn=entry.withdrawn,
    )


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
    received = wording.after(entry.received_at - told.recorded_at, "it was recorded")
    by = f"{received}, by {entry.received_by}" if entry.received_by else received
    return (
        Clock("Happened", wording.between(told.happened_from, told.happened_to), ""),
        Clock(
            "Recorded", wording.instant(told.recorded_at), wording.delay(told.happened_from, told.recorded_at)
        ),
        Clock("Received by Heed", wording.instant(entry.received_at), by),
    )


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


def _missing(entry: Entry) -> list[Named]:
    missing = entry.told.missing
    if missing is None:
        return []
    category = labels.CATEGORIES.get(missing.category or "", missing.category or "not graded")
    risk = f", risk {missing.risk}" if missing.risk else ""
    why = f" ({missing.risk_reason})" if missing.risk_reason else ""
    where = missing.missing_from or ""
    place = f", from {labels.PLACES.get(where, where.replace('_', ' '))}" if where else ""
    ended = "" if entry.told.happened_to else "; no return is recorded"
    return [Named("Graded", f"{category}{risk}{why}{place}{ended}")]


def _people(entry: Entry, others: Mapping[str, KnownChild]) -> list[Named]:
    mentions = {mention.position: mention for mention in entry.told.people}
    found = []
    for one in entry.people:
        mention = mentions.get(one.position)
        if (one.own and one.part == "child") or mention is None:
            continue
        names = " ".join(part for part in (mention.given_names, mention.family_name) if part)
        known = f"“{', '.join(mention.also_known_as)}”" if mention.also_known_as else ""
        words = (
            " ".join(part for part in (names, known) if part)
            or mention.description
            or mention.ref
            or "not named"
        )
        role = "This child was" if one.own else labels.plain(labels.PARTS.get(one.part, one.part))
        page = one.person if one.person in others and not one.own else ""
        found.append(Named(role, _part_words(one) if one.own else words, page))
    return found


def _part_words(one: Someone) -> str:
    return labels.PARTS.get(one.part, one.part)


def _things(entry: Entry) -> list[Named]:
    things = {thing.position: thing for thing in entry.told.things}
    found = []
    for thing in things.values():
        role = labels.plain(thing.part) if thing.part else labels.THINGS.get(thing.kind, thing.kind)
        spoken = (
            thing.name,
            thing.address,
            thing.postcode,
            thing.vrm,
            thing.number,
            thing.handle,
            thing.description,
        )
        found.append(Named(role, ", ".join(part for part in spoken if part)))
    return found


def _seen(entry: Entry) -> list[Named]:
    seen = [labels.observation(code) for code in entry.told.observations]
    return [Named("Seen or told", "; ".join(seen))] if seen else []


def _grading(grading: Grading | None) -> list[Named]:
    if grading is None:
        return []
    parts = [
        f"source {grading.source}, {labels.SOURCES.get(grading.source, '')}" if grading.source else "",
        f"information {grading.information}, {labels.INFORMATION.get(grading.information, '')}"
        if grading.information
        else "",
        f"{labels.HANDLING.get(grading.handling, grading.handling)}" if grading.handling else "",
        grading.conditions or "",
    ]
    return [Named("Police grading", "; ".join(part for part in parts if part))]
