"""Folding what a source said, mention by mention, into one profile."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from heed.core.identity.company import ALONE, Scene, with_person
from heed.core.identity.passing import is_somebody, names_told
from heed.core.identity.profile import Profile
from heed.core.identity.sounding import in_latin
from heed.core.records.keys import place_key, plain, squeezed
from heed.core.records.kinds import Part
from heed.core.records.when import Precision, parse_when

CHILD_PARTS = frozenset({Part.CHILD, Part.COMPANION, Part.FOUND_WITH})
"""Parts in which a person is taken for a child. Others are joined only on a full name and day, or a number."""

REMEMBERED = 1 << 17
"""Agencies repeat themselves: values cleaned before are looked up, which halves the time for a county."""

MOST_EVENTS = 30
"""A file with more days than these meets any other by chance: its days say nothing of whom it is about."""

_DAYS_AND_LESS = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})


@dataclass(frozen=True, slots=True)
class Told:
    """What one mention said of a person, cleaned: one value each, or none."""

    child: bool
    given: str | None
    family: str | None
    aliases: tuple[str, ...]
    born: str | None
    numbers: tuple[tuple[str, str], ...]
    place: str | None
    postcode: str | None
    on: str | None = None
    record: str | None = None
    company: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    doubted: bool = False


def told_by(person: Mapping[str, Any], scene: Scene = ALONE, position: int = 0) -> Told:
    """Clean one entry of `people` of a record's document. What cannot be read is left out, never guessed.

    `scene` is what the record says around the person (`company.scene_of`), `position` their place in it.
    """
    place, postcode = _where(_text(person.get("address")), _text(person.get("postcode")))
    ids, known_as = person.get("ids"), person.get("also_known_as")
    given, family = names_told(_name(person.get("given_names")), _name(person.get("family_name")))
    aliases = tuple(filter(None, map(_name, known_as))) if isinstance(known_as, list) else ()
    things: tuple[str, ...] = ()
    if person.get("part") == Part.PERSON_OF_CONCERN:
        aliases = tuple(filter(is_somebody, aliases))
        things = with_person(
            scene,
            position,
            _text(person.get("description")),
            known_as=bool(aliases),
            named=family is not None,
        )
    return Told(
        child=person.get("part") in CHILD_PARTS,
        given=given,
        family=family,
        aliases=aliases,
        born=_born(person.get("born")),
        numbers=_numbers(ids) if isinstance(ids, Mapping) else (),
        place=place,
        postcode=postcode,
        on=scene.day,
        record=scene.record,
        company=scene.beside(position),
        things=things,
        doubted=scene.doubted,
    )


def profile_of(source: str, mentions: Iterable[Told]) -> Profile:
    """One profile of a source from its mentions, oldest first. The order only breaks ties: latest wins."""
    said = list(mentions)
    days = sorted({one.on for one in said if one.on})
    return Profile(
        source=source,
        child=any(one.child for one in said),
        given=_usual_first(one.given for one in said),
        family=_usual_first(one.family for one in said),
        aliases=_usual_first(alias for one in said for alias in one.aliases),
        born=_usual_first(one.born for one in said),
        numbers=_usual_first(number for one in said for number in one.numbers),
        places=_latest_first(one.place for one in said),
        postcodes=_latest_first(one.postcode for one in said),
        seen=tuple(dict.fromkeys((days[0], days[-1]))) if days else (),
        events=tuple(days) if len(days) <= MOST_EVENTS else (),
        company=tuple(sorted({one for mention in said for one in mention.company})),
        things=tuple(sorted({thing for one in said for thing in one.things})),
        doubted=bool(said) and all(one.doubted for one in said),
        shared=tuple(sorted({one.record for one in said if one.record})),
    )


def _usual_first[T](values: Iterable[T | None]) -> tuple[T, ...]:
    """Distinct values: most often said first; among equals, the one said last."""
    given = [value for value in values if value is not None]
    times, last = Counter(given), {value: place for place, value in enumerate(given)}
    return tuple(sorted(times, key=lambda value: (-times[value], -last[value])))


def _latest_first[T](values: Iterable[T | None]) -> tuple[T, ...]:
    """Distinct values, the one said last first: people move."""
    last = {value: place for place, value in enumerate(values) if value is not None}
    return tuple(sorted(last, key=lambda value: -last[value]))


@lru_cache(maxsize=REMEMBERED)
def _where(address: str, postcode: str) -> tuple[str | None, str | None]:
    """The key of an address, with its postcode where one is given, and the postcode."""
    return (place_key(address, postcode, None) if plain(address) else None), squeezed(postcode) or None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


@lru_cache(maxsize=REMEMBERED)
def _plain_name(text: str) -> str | None:
    """Plain upper case. O'Neill and ONEILL are one spelling; a name in another script stays as it is."""
    text = text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return plain(in_latin(text)) or text.strip().upper() or None


def _name(value: Any) -> str | None:
    return _plain_name(_text(value))


def _born(value: Any) -> str | None:
    return _date(_text(value))


@lru_cache(maxsize=REMEMBERED)
def _date(text: str) -> str | None:
    """A day, month or year as told; nothing for anything else."""
    try:
        born = parse_when(text)
    except ValueError:
        return None
    return born.text if born.precision in _DAYS_AND_LESS else None


def _numbers(ids: Mapping[Any, Any]) -> tuple[tuple[str, str], ...]:
    pairs = ((str(scheme).lower(), _number(str(value))) for scheme, value in ids.items() if value)
    return tuple((scheme, value) for scheme, value in pairs if value)


@lru_cache(maxsize=REMEMBERED)
def _number(text: str) -> str:
    return squeezed(text)
