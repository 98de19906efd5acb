"""The known facts beside a grade: what was counted of a child's episodes, each with the records that say so.

Rule: when a risk is graded, show what is known (HMIC, West Midlands, 2015: the system knew, and it did not influence
the grade); a level below the facts needs a reason. Every fact is a count; none is weighed, and none is a score.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from heed.core.records.keys import thing_key
from heed.core.records.kinds import Part
from heed.core.records.record import Record
from heed.core.records.when import parse_when
from heed.core.review.chronology import certain_of_the_day, span
from heed.core.review.episodes import Episode
from heed.core.review.missing_counts import Repeat, Unreported, began, number_within, starts
from heed.core.review.missing_told import EPISODE, block, said

WINDOWS = ((30, "30 days"), (90, "90 days"), (365, "12 months"))
FOUND_AT = "found_at"
LESS = frozenset({"absent", "away_without_authorisation", "no_apparent_risk"})
MOST_PLACES = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """One counted fact: a code, how often, of what (a place, a name, a window), and whether it speaks against a level
    that asks for little. `records` are (agency, reference)."""

    code: str
    count: int
    of: str = ""
    weighty: bool = False
    records: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Grave:
    """When an episode needs a lead's review at once: away at this hour of the night, longer than so many clock hours,
    younger than so many years, living in another area than the one that looks after her."""

    night: time
    hours: int
    under_age: int


@dataclass(frozen=True, slots=True)
class Together:
    """What is noted where it comes together within so many days: codes that say she was away from school, and codes of
    things that nobody can explain."""

    within_days: int
    absent: frozenset[str]
    things: frozenset[str]


def together(records: Iterable[Record], begun: datetime, rule: Together) -> list[tuple[str, str]]:
    """The records that say of the days around an episode's beginning that she was away from school, and that she has
    what nobody can explain; empty unless both are said. Days count before and after it; what knows only its month or
    year says nothing of days."""
    around = timedelta(days=rule.within_days)
    near = [
        record
        for record in records
        if certain_of_the_day(record) and abs(span(record).earliest - begun) < around
    ]
    absent = [record for record in near if rule.absent & set(record.observations)]
    things = [record for record in near if rule.things & set(record.observations)]
    return list(_names([*absent, *things])) if absent and things else []


def facts(
    found: Sequence[Episode],
    unreported: Sequence[Unreported],
    at: datetime,
    repeats: Iterable[Repeat],
    *,
    tonight: bool = False,
) -> list[Fact]:
    """What is known of a child at an instant: how often first. `tonight`: an episode that is being written down now
    counts with the others. A longer window is told where it holds more than the shorter one."""
    begun = starts(found, unreported) + [at] * tonight
    tasks = [repeat for repeat in repeats if repeat.task]
    told: list[Fact] = []
    for days, words in WINDOWS:
        number = number_within(begun, at, days)
        weighty = any(days <= each.within_days and number >= each.count for each in tasks)
        if number > (told[-1].count if told else 0):
            told.append(Fact("number", number, words, weighty))
    return [*told, *_places(found), *_company(found), *_kinds(found, unreported)]


def grave(episode: Episode, at: datetime, born: Iterable[str], rule: Grave, zone: tzinfo) -> list[str]:
    """Why an episode needs a lead's review at once, as codes: overnight, longer, young, placed_away. Empty for none.

    `at` is now for one that goes on. Hours are clock hours; the night is by the clock on the wall of `zone`.
    """
    start = began(episode)
    ends = [span(record).latest for record in episode.records if record.happened_to is not None]
    end = max([at, *ends]) if episode.away_at(at) else max(ends)
    why = []
    if episode.certain and (_night_between(start, end, rule.night, zone) or _says(episode, "overnight")):
        why.append("overnight")
    if episode.certain and end - start > timedelta(hours=rule.hours):
        why.append("longer")
    if any(_younger(each, start.astimezone(zone).date(), rule.under_age) for each in born):
        why.append("young")
    if any(placed_away(record) for record in episode.records):
        why.append("placed_away")
    return why


def placed_away(record: Record) -> bool:
    """Whether a record says that another area placed her here, or that she lives in another area."""
    return bool(said(record, "placed_by") or said(record, "living_in"))


def _night_between(start: datetime, end: datetime, night: time, zone: tzinfo) -> bool:
    """Whether the clock on the wall showed the hour of the night at some instant between the two."""
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if start <= datetime.combine(day, night, zone) <= end:
            return True
        day += timedelta(days=1)
    return False


def _says(episode: Episode, code: str) -> bool:
    return any(code in record.observations for record in episode.records)


def _younger(born: str, on: date, years: int) -> bool:
    """Whether somebody was certainly younger on a day: of a month or year of birth the earliest day counts."""
    try:
        first = parse_when(born).day
    except ValueError:
        return False
    birthday_passed = (on.month, on.day) >= (first.month, first.day)
    return on.year - first.year - (not birthday_passed) < years


def _places(found: Iterable[Episode]) -> list[Fact]:
    """Where she was found more than once: by the key under which two records speak of one place."""
    seen: dict[str, dict[int, Record]] = {}
    names: dict[str, str] = {}
    for place, episode in enumerate(found):
        for record in episode.records:
            for thing in record.things:
                key = thing_key(thing)
                if key and (thing.part or "") == FOUND_AT:
                    seen.setdefault(key, {})[place] = record
                    names.setdefault(key, thing.name or thing.address or thing.postcode or key)
    again = [(names[key], told) for key, told in seen.items() if len(told) > 1]
    again.sort(key=lambda each: (-len(each[1]), each[0]))
    return [
        Fact("found_at", len(told), name, True, _names(told.values())) for name, told in again[:MOST_PLACES]
    ]


def _company(found: Iterable[Episode]) -> list[Fact]:
    """Who was with her more than once: companions, people found with her and people of concern, by reference or name."""
    seen: dict[tuple[str, str], dict[int, Record]] = {}
    names: dict[tuple[str, str], str] = {}
    parts = (Part.COMPANION, Part.FOUND_WITH, Part.PERSON_OF_CONCERN)
    for place, episode in enumerate(found):
        for record in episode.records:
            for each in record.people:
                name = " ".join(filter(None, (each.given_names, each.family_name))) or ", ".join(
                    each.also_known_as
                )
                key = (record.agency, each.ref) if each.ref else ("", name.casefold())
                if each.part in parts and name:
                    seen.setdefault(key, {})[place] = record
                    names.setdefault(key, name)
    again = [(names[key], told) for key, told in seen.items() if len(told) > 1]
    again.sort(key=lambda each: (-len(each[1]), each[0]))
    return [Fact("with", len(told), name, True, _names(told.values())) for name, told in again[:MOST_PLACES]]


def _kinds(found: Sequence[Episode], unreported: Sequence[Unreported]) -> list[Fact]:
    """How many were called less than missing, were reported by nobody, or ended overnight or with a harm told of."""
    less = [each for each in found if each.categories and set(each.categories) <= LESS]
    silent = [each for each in found if _says(each, "not_reported")]
    nights = [each for each in found if _says(each, "overnight")]
    harmed = [each for each in found if any(block(record, EPISODE).get("harmed") for record in each.records)]
    told = [
        Fact("called_less", len(less), records=_of(less)),
        Fact("not_reported", len(silent) + len(unreported), weighty=True, records=_of(silent)),
        Fact("overnight", len(nights), weighty=True, records=_of(nights)),
        Fact("harmed", len(harmed), weighty=True, records=_of(harmed)),
    ]
    return [each for each in told if each.count]


def _of(found: Iterable[Episode]) -> tuple[tuple[str, str], ...]:
    return _names(record for episode in found for record in episode.records)


def _names(records: Iterable[Record]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(record.agency, record.ref) for record in records}))
