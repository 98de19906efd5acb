"""A child's missing episodes in words: how one stands, every entry of it, and the facts that were counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.actions.missing.opening import OPEN
from heed.casework.doors.missing import Away, Held, MissingFile
from heed.casework.policy.missing import missing_rules
from heed.core.records.record import Author, Record
from heed.core.review.missing_counts import began
from heed.core.review.missing_facts import Fact
from heed.core.review.missing_sheet import INTERVIEW, PARTS, actions, parts, stale_from, status, version
from heed.core.review.missing_told import Entry, Step, picture, said, told
from heed.web.presenters import identity, labels, missing, wording
from heed.web.presenters.missing import NEVER_SAFE

ENTRIES = {
    Entry.REPORTED: "Reported",
    Entry.REGRADED: "The risk was looked at again",
    Entry.PICTURE: "The picture for the next shift",
    Entry.RETURNED: "Back",
    Entry.CORRECTED: "Written anew",
}
STATUSES = {
    "offered": "Offered",
    "accepted": "Accepted",
    "held": "Held",
    "declined": "Declined by the child",
    "decided_against": "Not held, by decision",
    "unknown": "Told of, without saying how far it came",
}
ORDINALS = {1: "st", 2: "nd", 3: "rd"}
ON_REPORT = (
    ("last_seen", "Last seen"), ("wearing", "Wearing and carrying"), ("done", "Done at first"),
    ("placed_by", "Placed by"), ("living_in", "Lives in"),
)  # fmt: skip
ON_RETURN = (("found_by", "Found by"),)


@dataclass(frozen=True, slots=True)
class EntryShown:
    """One entry on the line of time."""

    title: str
    by: str
    at: datetime
    graded: str
    reason: str
    despite: str
    facts: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Grade:
    """How one agency grades an episode now."""

    agency: str
    words: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class InterviewShown:
    """An interview: how far, by whom, what it does not count for, what the child said."""

    status: str
    by: str
    at: datetime
    why_not: str
    rows: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class EpisodeShown:
    """One episode: how it stands, what was told, what is owed."""

    key: int
    began: str
    back: str
    away: bool
    how_long: str
    tag: str
    grades: tuple[Grade, ...]
    picture: EntryShown | None
    rows: tuple[tuple[str, str], ...]
    entries: tuple[EntryShown, ...]
    held: tuple[Held, ...]
    interviews: tuple[InterviewShown, ...]
    told_by: str
    mine: int
    """The newest revision of the viewer's agency; 0 where it has written nothing of it."""


@dataclass(frozen=True, slots=True)
class SheetShown:
    """The sheet as it holds now."""

    version: int
    by: str
    at: datetime
    stale: str
    is_stale: bool
    parts: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A trigger plan in force; each agency's runs."""

    by: str
    at: datetime
    agreed_with: str
    until: str
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MissingPage:
    """Everything about her going missing."""

    person: str
    name: str
    born: str
    related: bool
    facts: tuple[str, ...]
    episodes: tuple[EpisodeShown, ...]
    unreported: tuple[str, ...]
    never_safe: str
    sheet: SheetShown | None
    plans: tuple[PlanShown, ...]


def page(file: MissingFile, now: datetime) -> MissingPage:
    """The child's missing page."""
    return MissingPage(
        person=file.person,
        name=file.child.name,
        born=identity.born(file.child.born) if file.child.born else "",
        related=file.related,
        facts=facts(file.facts, this_one=False),
        episodes=tuple(episode(each, file.agencies, now) for each in file.episodes),
        unreported=tuple(_unreported(file)),
        never_safe=NEVER_SAFE,
        sheet=sheet(file, now) if file.sheet else None,
        plans=tuple(plan(each, file.agencies) for each in file.plans),
    )


def away_now(file: MissingFile, now: datetime) -> tuple[EpisodeShown, ...]:
    """The episodes that go on: whoever would report her is told of them before."""
    shown = (episode(each, file.agencies, now) for each in file.episodes)
    return tuple(each for each in shown if each.away)


def facts(given: Iterable[Fact], *, this_one: bool = True) -> tuple[str, ...]:
    """Counted facts as they stand beside a grade: '4th in 30 days', 'twice found at 12 Mill Street'. Where they are not
    about `this_one`, '4 episodes in 30 days'."""
    return tuple(_fact(each, this_one) for each in given)


def _fact(fact: Fact, this_one: bool) -> str:
    times = wording.times(fact.count)
    match fact.code:
        case "number" if this_one:
            return f"{ordinal(fact.count)} in {fact.of}"
        case "number":
            return f"{wording.figure(fact.count, 'episode')} in {fact.of}"
        case "found_at":
            return f"{times} found at {fact.of}"
        case "with":
            return f"{times} with {fact.of}"
        case "called_less":
            return f"{times} called absent, or away without authorisation"
        case "not_reported":
            return f"{times} reported by nobody at the time"
        case "overnight":
            return f"{times} away overnight"
        case _:
            return f"{times} with a sign of harm"


def ordinal(number: int) -> str:
    """'1st', '2nd', '3rd', '11th', '23rd'."""
    ending = "th" if 10 <= number % 100 <= 20 else ORDINALS.get(number % 10, "th")
    return f"{number:,}{ending}"


def episode(away: Away, names: Mapping[str, str], now: datetime) -> EpisodeShown:
    """One episode in words."""
    stands = picture(away.tellings)
    row = missing.row(away.episode, names)
    is_away = away.episode.away_at(now)
    held = any(each.owed and each.about == OPEN for each in away.held)
    grades = tuple(
        Grade(names.get(each.agency, each.agency), _graded(each), each.reason, each.at)
        for each in stands.grades
    )
    return EpisodeShown(
        key=away.key,
        began=row.began,
        back=row.back,
        away=is_away and (held or now - _start(away) < timedelta(days=28)),
        how_long="" if is_away else row.lasted,
        tag=grades[0].words if grades else "not graded",
        grades=grades,
        picture=_entry(stands.picture, names) if stands.picture else None,
        rows=tuple(_rows(away, names)),
        entries=tuple(_entry(each, names) for each in told(away.tellings)),
        held=away.held,
        interviews=tuple(_interview(each, why, names) for each, why in away.interviews),
        told_by=row.told_by,
        mine=away.mine.revision if away.mine else 0,
    )


def _start(away: Away) -> datetime:
    return began(away.episode)


def _graded(step: Step) -> str:
    category = (
        labels.CATEGORIES.get(step.category, labels.plain(step.category)) if step.category else "not said"
    )
    return (
        f"{labels.risk(step.risk)} risk, recorded as {category}" if step.risk else f"recorded as {category}"
    )


def _entry(step: Step, names: Mapping[str, str]) -> EntryShown:
    return EntryShown(
        title=ENTRIES[step.entry],
        by=_author(step.by, names.get(step.agency, step.agency)),
        at=step.at,
        graded=_graded(step) if step.entry in (Entry.REPORTED, Entry.REGRADED) or step.regraded else "",
        reason=step.reason if step.entry in (Entry.REPORTED, Entry.REGRADED) or step.regraded else "",
        despite=step.despite,
        facts=step.facts,
        words=step.words,
    )


def _author(by: Author | None, agency: str) -> str:
    return ", ".join(filter(None, (by.name, by.role, agency) if by else (agency,)))


def _rows(away: Away, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the newest revisions say beside the grade, each with its agency where two speak."""
    newest = [each[-1] for each in away.tellings]
    found = []
    for key, label in (*ON_REPORT, *ON_RETURN):
        for record in newest:
            words = said(record, key)
            if words:
                found.append((label, f"{words} ({names.get(record.agency, record.agency)})"))
    return found + [("Found", words) for record in newest if (words := _found(record))]


def _found(record: Record) -> str:
    """Where she was found and with whom."""
    places = [each.name or each.address or each.postcode for each in record.things if each.part == "found_at"]
    people = [
        " ".join(filter(None, (each.given_names, each.family_name))) or ", ".join(each.also_known_as)
        for each in record.people
        if each.part in ("found_with", "person_of_concern") and record.happened_to
    ]
    where = f"at {wording.listed([place for place in places if place])}" if any(places) else ""
    company = f"with or near {wording.listed([one for one in people if one])}" if any(people) else ""
    return ", ".join(filter(None, (where, company)))


def _interview(record: Record, why: str, names: Mapping[str, str]) -> InterviewShown:
    asked = (
        ("push", "What made the child want to get away"), ("pull", "What drew the child there"), ("where", "Where"),
        ("travelled", "How the child travelled"), ("harmed", "Hurt, threatened or afraid"),
        ("home_by", "Brought home by"), ("wish", "What the child wants"), ("reason", "Why it was not held"),
        ("actions", "What happens now"), ("police_tonight", "What police need tonight"), ("offered_by", "Offered"),
    )  # fmt: skip
    return InterviewShown(
        status=STATUSES[status(record)],
        by=_author(record.author, names.get(record.agency, record.agency)),
        at=record.recorded_at,
        why_not=why,
        rows=tuple((label, words) for key, label in asked if (words := said(record, key, INTERVIEW))),
        words=record.childs_words or "",
    )


def sheet(file: MissingFile, now: datetime) -> SheetShown:
    """The sheet with its age. Raises ValueError where there is none."""
    if file.sheet is None:
        raise ValueError("there is no sheet")
    day = stale_from(file.sheet, missing_rules().sheet_stale_days)
    stale = day <= wording.day_of(now)
    filled = {code for code, _ in parts(file.sheet)}
    return SheetShown(
        version=version(file.sheet),
        by=_author(file.sheet.author, file.agencies.get(file.sheet.agency, file.sheet.agency)),
        at=file.sheet.recorded_at,
        stale=f"Out of date since {wording.day(day)}"
        if stale
        else f"To be gone through by {wording.day(day)}",
        is_stale=stale,
        parts=tuple((PARTS[code], words) for code, words in parts(file.sheet)),
        empty=tuple(label for code, label in PARTS.items() if code not in filled),
        earlier=tuple(_version(each, file.agencies) for each in file.sheets[1:]),
    )


def _version(record: Record, names: Mapping[str, str]) -> str:
    by = _author(record.author, names.get(record.agency, record.agency))
    return f"Version {version(record)}, {wording.instant(record.recorded_at)}, {by}"


def plan(told: Record, names: Mapping[str, str]) -> PlanShown:
    """A trigger plan in force."""
    return PlanShown(
        by=_author(told.author, names.get(told.agency, told.agency)),
        at=told.recorded_at,
        agreed_with=said(told, "agreed_with", "trigger_plan"),
        until=said(told, "until", "trigger_plan"),
        actions=tuple((names.get(each.agency, each.agency), each.what) for each in actions(told)),
    )


def _unreported(file: MissingFile) -> Sequence[str]:
    found = []
    for each in file.unreported:
        agencies = wording.listed(sorted({file.agencies.get(one.agency, one.agency) for one in each.records}))
        days = wording.day(each.first)
        days += "" if each.first == each.last else f" to {wording.day(each.last)}"
        found.append(f"{days}: {agencies} say that the child was not there, and nobody reported it.")
    return found
