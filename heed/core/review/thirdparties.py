"""A record as it may leave the house: about its subjects, with everybody else told by initials or as another child.

Source: ICO on information about other people in a subject access request: not given without consent or a reason.
What free text says of people whom the record does not list cannot be found by rule; whoever exports reads it first.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from heed.core.records.kinds import Part
from heed.core.records.record import Document

ANOTHER_CHILD = "another child"
SOMEBODY = "another person"
ADDRESS = "[address left out]"
CHILDREN = (Part.CHILD, Part.COMPANION, Part.FOUND_WITH)
HOMES = frozenset({"home", "lives_at", "home_address", "placed_at", "refuge"})
"""Parts of a place that say where somebody lives."""
SHORTEST = 3
"""Letters of a single name that is looked for in free text; shorter ones are words of the language."""
_PLACES = ("place", "premises")


def leaving(
    document: Document, subjects: Collection[int], *, others: bool = False, addresses: bool = False
) -> Document:
    """A copy of a record of version 1 whose people at these positions are its subjects.

    Unless `others`, everybody else loses name, date, number, address and description, in free text too, except
    professionals, who keep their name. Unless `addresses`, where anybody lives is left out. `extra` always is.
    """
    whole = {key: value for key, value in document.items() if key != "extra"}
    people: list[dict[str, Any]] = document.get("people") or []
    kept = {word.lower() for place in subjects if place < len(people) for word in _words(people[place])}
    swaps: dict[str, str] = {}
    if not others:
        for place, person in enumerate(people):
            if place not in subjects and person.get("part") != Part.PROFESSIONAL:
                swaps |= {word: label(person) for word in _words(person) if word.lower() not in kept}
    if not addresses:
        swaps |= dict.fromkeys(_homes(document), ADDRESS)
    whole["people"] = [
        _person(person, place in subjects, others, addresses) for place, person in enumerate(people)
    ]
    whole["things"] = [thing for thing in document.get("things") or [] if addresses or not _is_home(thing)]
    return {key: value if key in ("v", "people") else _swapped(value, swaps) for key, value in whole.items()}


def label(person: Mapping[str, Any]) -> str:
    """How somebody is told who is not the subject: `another child`, or the initials of an adult."""
    if person.get("part") in CHILDREN:
        return ANOTHER_CHILD
    names = [person.get("given_names"), person.get("family_name")]
    if not any(names):
        names = (person.get("also_known_as") or [])[:1]
    initials = [word[0].upper() + "." for name in names if name for word in str(name).split()[:1]]
    return " ".join(initials) or SOMEBODY


def _person(person: Mapping[str, Any], subject: bool, others: bool, addresses: bool) -> dict[str, Any]:
    part = person.get("part")
    if subject or others:
        hidden = ("extra", "sex") if addresses else ("extra", "sex", "address", "postcode")
        return {key: value for key, value in person.items() if key not in hidden}
    if part == Part.PROFESSIONAL:
        return {key: person[key] for key in ("part", "given_names", "family_name") if key in person}
    return {"part": part, "given_names": label(person)}


def _words(person: Mapping[str, Any]) -> Iterator[str]:
    """What somebody might be called in free text, whole names before their parts."""
    given, family = str(person.get("given_names") or ""), str(person.get("family_name") or "")
    yield from filter(None, (f"{given} {family}".strip(),))
    for name in (given, family, *(str(each) for each in person.get("also_known_as") or [])):
        if len(name.strip()) >= SHORTEST:
            yield name.strip()
        yield from (word for word in re.split(r"[\s-]+", name) if len(word) >= SHORTEST)


def _homes(document: Document) -> Iterator[str]:
    found = [*(document.get("people") or []), *filter(_is_home, document.get("things") or [])]
    for each in found:
        for key in ("address", "postcode"):
            words = str(each.get(key) or "").strip()
            if len(words) >= SHORTEST:
                yield words
                yield from (line.strip() for line in words.split(",")[:1] if len(line.strip()) > SHORTEST)


def _is_home(thing: Mapping[str, Any]) -> bool:
    return thing.get("kind") in _PLACES and str(thing.get("part") or "").lower() in HOMES


def _swapped(value: Any, swaps: Mapping[str, str]) -> Any:
    if not swaps:
        return value
    if isinstance(value, str):
        longest = sorted(swaps, key=len, reverse=True)
        lowered = {word.lower(): told for word, told in swaps.items()}
        pattern = r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)"
        return re.sub(pattern, lambda found: lowered[found[0].lower()], value, flags=re.IGNORECASE)
    if isinstance(value, list):
        return [_swapped(each, swaps) for each in value]
    if isinstance(value, dict):
        return {key: _swapped(each, swaps) for key, each in value.items()}
    return value
