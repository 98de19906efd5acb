"""What an entry names besides its words: people, places and things, what was seen, how it was graded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from heed.casework.doors.children import Entry
from heed.casework.doors.sight import KnownChild
from heed.core.records.record import Grading, PersonMentioned, Thing
from heed.web.presenters import labels


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody or something; `person` is set when there is a page to open."""

    words: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A role and all that stand in it."""

    role: str
    words: tuple[Word, ...]


def facts(entry: Entry, others: Mapping[str, KnownChild]) -> list[Fact]:
    """Everything an entry names, each role once, in the order of the record."""
    grouped: dict[str, list[Word]] = {}
    for role, word in _said(entry, others):
        grouped.setdefault(role, []).append(word)
    return [Fact(role, tuple(words)) for role, words in grouped.items()]


def _said(entry: Entry, others: Mapping[str, KnownChild]) -> Iterable[tuple[str, Word]]:
    yield from _missing(entry)
    yield from _people(entry, others)
    yield from _things(entry)
    if entry.told.observations:
        seen = [labels.observation(code) for code in entry.told.observations]
        yield "Seen or told", Word("; ".join(seen))
    if entry.told.grading:
        yield "Police grading", Word(_grading(entry.told.grading))


def _missing(entry: Entry) -> Iterable[tuple[str, Word]]:
    missing = entry.told.missing
    if missing is None:
        return
    category = labels.CATEGORIES.get(missing.category or "", missing.category or "not graded")
    risk = f", risk {labels.risk(missing.risk)}"
    why = f" ({missing.risk_reason})" if missing.risk_reason else ""
    where = missing.missing_from or ""
    place = f", from {labels.PLACES.get(where, where.replace('_', ' '))}" if where else ""
    ended = "" if entry.told.happened_to else "; no return is recorded"
    yield "Graded", Word(f"{category}{risk}{why}{place}{ended}")


def _people(entry: Entry, others: Mapping[str, KnownChild]) -> Iterable[tuple[str, Word]]:
    mentions = {mention.position: mention for mention in entry.told.people}
    for one in entry.people:
        part = labels.PARTS.get(one.part, one.part)
        if one.own and one.part != "child":
            yield "This child was", Word(part)
        elif not one.own and one.position in mentions:
            page = one.person if one.person in others else ""
            yield labels.plain(part), Word(called(mentions[one.position]), page)


def called(mention: PersonMentioned) -> str:
    """How a record calls somebody: the name with other names in quotation marks, else a description."""
    names = " ".join(part for part in (mention.given_names, mention.family_name) if part)
    known = f"“{', '.join(mention.also_known_as)}”" if mention.also_known_as else ""
    return (
        " ".join(part for part in (names, known) if part) or mention.description or mention.ref or "not named"
    )


def _things(entry: Entry) -> Iterable[tuple[str, Word]]:
    for thing in entry.told.things:
        role = labels.plain(thing.part) if thing.part else labels.THINGS.get(thing.kind, thing.kind)
        yield role, Word(thing_words(thing))


def thing_words(thing: Thing) -> str:
    """Everything a record says to tell a thing from others."""
    where = (thing.name, thing.address, thing.postcode)
    which = (thing.vrm, thing.number, thing.handle, thing.description)
    return ", ".join(part for part in (*where, *which) if part)


def _grading(grading: Grading) -> str:
    parts = []
    if grading.source:
        parts.append(f"source {grading.source}, {labels.SOURCES.get(grading.source, 'not in the scale')}")
    if grading.information:
        said = labels.INFORMATION.get(grading.information, "not in the scale")
        parts.append(f"information {grading.information}, {said}")
    if grading.handling:
        parts.append(labels.HANDLING.get(grading.handling, grading.handling))
    return "; ".join([*parts, grading.conditions] if grading.conditions else parts)
