"""Who knew what on a day, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from heed.casework.doors.knew import KnewFile
from heed.casework.doors.significant import Said
from heed.core.duty.moves import WORDS, Move
from heed.core.review.answer import CERTAIN, NOT_YET, certainty, state_of
from heed.core.review.chronology import Gap, span
from heed.core.review.integrated import Conflict, Delay, Telling, integrated
from heed.core.review.integrated import Event as OneEvent
from heed.core.review.knowing import Duty, Person
from heed.web.pictures.network import Network
from heed.web.presenters import labels, wording
from heed.web.presenters.knew_day import Days, days
from heed.web.presenters.knew_network import drawn

CERTAINTY = {CERTAIN: "", NOT_YET: "not yet by then", "may_have_happened": "perhaps by then"}
MINUTE = timedelta(minutes=1)
STEPS = ((-365, "a year earlier"), (-30, "30 days earlier"), (30, "30 days later"), (365, "a year later"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: what it is called, and its cells."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One agency's telling of an event, by the clocks. `key` is its row, for the link to its words."""

    key: int
    agency: str
    author: str
    happened: str
    recorded: str
    received: str
    passed_on: str
    answer: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, once, with every telling; or, where `gap` says so, a silence."""

    title: str = ""
    why: str = ""
    conflicts: tuple[str, ...] = ()
    tellings: tuple[Told, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person and what they knew, a sentence each."""

    name: str
    role: str
    knew: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """A duty as it stood."""

    reference: str
    words: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnewPage:
    """Everything the template lays out."""

    person: str
    name: str
    day: str
    on: str
    description: str
    related: bool
    agencies: tuple[Row, ...]
    events: tuple[Event, ...]
    people: tuple[Someone, ...]
    duties: tuple[Owed, ...]
    ahead: str
    elsewhere: tuple[tuple[str, str], ...]
    days: Days
    network: Network | None
    entries: str
    root: str


def present(file: KnewFile, today: date) -> KnewPage:
    """The page of one answer."""
    found, names = file.found, file.agencies
    return KnewPage(
        person=file.person,
        name=file.name,
        day=wording.day(file.on),
        on=file.on.isoformat(),
        description="Children on the left, what records name beside them on the right. The list under it says the same.",
        related=file.related,
        agencies=tuple(_agency(code, file) for code in sorted({each.agency for each in found.records})),
        events=tuple(_events(file)),
        people=tuple(_someone(each, names, each.who.agency == file.looks_of) for each in found.people),
        duties=tuple(_owed(each) for each in found.duties),
        ahead=_ahead(len(found.ahead)),
        elsewhere=tuple(_elsewhere(file.on, today)),
        days=days(found.records, file.on, today),
        network=drawn(found.records, file.people, file.person, file.name),
        entries=wording.figure(file.ledger.entries, "entry", "entries"),
        root=file.ledger.root,
    )


def _agency(code: str, file: KnewFile) -> Row:
    theirs = [each for each in file.found.records if each.agency == code]
    received = [each for each in theirs if each.received_at <= file.found.end]
    first = wording.instant(min(each.recorded_at for each in theirs))
    return Row(file.agencies.get(code, code), (str(len(theirs)), first, str(len(received))))


def _events(file: KnewFile) -> Iterator[Event]:
    """Events oldest first, each silence after the event that it follows."""
    line = integrated(file.found.records, file.found.end)
    gaps = list(line.gaps)
    for event in line.events:
        first = min(span(each.record).earliest for each in event.tellings).date()
        while gaps and gaps[0].last < first:
            yield Event(gap=_silence(gaps.pop(0), file.related))
        yield _event(event, file)


def _silence(gap: Gap, related: bool) -> str:
    who = "nobody" if related else "your agency"
    wrote = "wrote of anything" if related else "wrote of nothing"
    days = f"{wording.day(gap.first)} to {wording.day(gap.last)}"
    return f"{wording.lasting_days(gap.days)}, {days}: {who} {wrote}."


def _event(event: OneEvent, file: KnewFile) -> Event:
    return Event(
        title=labels.kind(event.tellings[0].record.kind),
        why=f"{wording.figure(len(event.tellings), 'telling')}, taken for {event.why}" if event.why else "",
        conflicts=tuple(_conflict(each, file.agencies) for each in event.conflicts),
        tellings=tuple(_telling(each, file) for each in event.tellings),
    )


def _conflict(conflict: Conflict, names: dict[str, str]) -> str:
    said = wording.listed([f"{names.get(code, code)}: {labels.plain(word)}" for code, word in conflict.said])
    return f"They do not agree on the {conflict.what}. {said}."


def _telling(told: Telling, file: KnewFile) -> Told:
    kept, record, end = told.kept, told.record, file.found.end
    sure = CERTAINTY[certainty(kept, end)]
    happened = wording.between(record.happened_from, record.happened_to)
    author = ", ".join(filter(None, (record.author.name, record.author.role))) if record.author else ""
    return Told(
        key=kept.row,
        agency=file.agencies.get(kept.agency, kept.agency),
        author=author or "Author not given",
        happened=f"{happened} ({sure})" if sure and record.happened_from else happened,
        recorded=_later(wording.instant(kept.recorded_at), told.recorded, "it happened"),
        received=wording.instant(kept.received_at) if kept.received_at <= end else "not in Heed yet",
        passed_on=_passed_on(told.told),
        answer=_answer(told),
        said=_said(file.said.get(kept.row)),
    )


def _said(said: Said | None) -> str:
    """What a reader says of it, with the day they said it: that is no part of what was known."""
    if said is None or not said.significant:
        return ""
    practice = f" Expected at the time: {said.practice}" if said.practice else ""
    return f"{said.comment} ({said.by}, {wording.day(wording.day_of(said.at))}){practice}"


def _passed_on(told: Delay | None) -> str:
    if told is None:
        return ""
    return "told on at once" if told.most < MINUTE else f"first told on after {_lasting(told)}"


def _answer(told: Telling) -> str:
    if told.answered and told.record.answer:
        return f"{labels.plain(told.record.answer.decision)}, after {_lasting(told.answered)}"
    return f"unanswered for {wording.lasting(told.unanswered)}" if told.unanswered else ""


def _later(words: str, delay: Delay | None, what: str) -> str:
    if delay is None:
        return words
    return f"{words}, at once" if delay.most < MINUTE else f"{words}, {_lasting(delay)} after {what}"


def _lasting(delay: Delay) -> str:
    """Between two bounds where a date is uncertain; never "0 minutes"."""
    least, most = wording.lasting(delay.least), wording.lasting(delay.most)
    if delay.least < MINUTE:
        return f"up to {most}"
    return most if least == most else f"between {least} and {most}"


def _someone(person: Person, names: dict[str, str], looks: bool) -> Someone:
    who = person.who
    parts = (who.role, labels.GRADES.get(who.grade, ""), names.get(who.agency, who.agency))
    return Someone(who.name or "Name not given", ", ".join(filter(None, parts)), tuple(_knew(person, looks)))


def _knew(person: Person, looks: bool) -> Sequence[str]:
    """`looks`: whether the viewer is told of this person's looks."""
    found = []
    if person.wrote:
        found.append(f"wrote {wording.figure(len(person.wrote), 'record')}")
    for _, at in sorted(person.told.items()):
        found.append(f"was told on {wording.instant(at)}" if at else "was told; it does not say when")
    for _, (at, said) in sorted(person.answered.items()):
        when = f" on {wording.instant(at)}" if at else ""
        found.append(f"answered{when}: {labels.plain(said)}")
    if person.opened:
        first = wording.instant(min(at for at, _ in person.opened.values()))
        found.append(f"opened {wording.figure(len(person.opened), 'record')}, the first on {first}")
    found += [
        f"owed an answer from {wording.instant(at)} ({duty})" for duty, at in sorted(person.owed.items())
    ]
    found += [f"{WORDS[Move(step.move)]} on {wording.instant(step.at)} ({duty})" for duty, step in person.did]
    found += [f"was sent a notice on {wording.instant(each.at)} ({each.duty})" for each in person.notified]
    if person.could_see and not person.opened:
        found.append("could see the records in Heed" + (", and had not opened them" if looks else ""))
    return found


def _owed(duty: Duty) -> Owed:
    last = duty.steps[-1]
    due = f", due on {wording.instant(last.due_at)}" if last.due_at else ""
    words = f"{state_of(duty.steps)}, on rung {last.rung}, with {last.owner.name}, {last.owner.role}{due}"
    steps = tuple(f"{wording.instant(step.at)}: {WORDS[Move(step.move)]}" for step in duty.steps)
    return Owed(duty.owed.reference, words, steps)


def _ahead(count: int) -> str:
    if not count:
        return ""
    records = "1 record was" if count == 1 else f"{count} records were"
    return f"{records} here by then and dated later by the agency’s own clock: passed over."


def _elsewhere(on: date, today: date) -> Sequence[tuple[str, str]]:
    """Days to step to, as an address and words."""
    days = [(on + timedelta(days=count), words) for count, words in STEPS]
    return [(day.isoformat(), words) for day, words in days if day <= today and day.year >= 1900]
