"""What a letter says line by line under a name of its own (`Child: …`): people and things, with their place in it.

Only such lines are read, and only in a letter that names a child in one. Names in running words are nobody's here:
a guess would put a stranger into a child's chronology.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from heed.core.records.keys import phone_key, squeezed

_LINE = re.compile(r"^[ \t*]*([A-Za-z][A-Za-z' ]{0,30}?)[ \t*]*:[ \t]*(\S[^\n]{0,300})$", re.MULTILINE)
_CHILD = frozenset(
    {"child", "young person", "name of child", "child's name", "childs name", "pupil", "subject child"}
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WEEKDAY = re.compile(r"(?i)^(?:on\s+)?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+(?:the\s+)?")
_HOUR = re.compile(
    r"(?i)(?:T|,?\s+(?:(?:at|about|around|approx\.?|c\.?)\s+)*)\d{1,2}(?:[:.]?\d{2}){0,2}\s*(?:am|pm|hrs|hours|h)?$"
)
_BORN = re.compile(r"(?i)\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)[:\s]+(.+)")
_REF = re.compile(r"(?i)\b(?:ref|reference|our ref)[:.\s]+(\S{1,60})")
_NHS = re.compile(r"(?i)\bnhs(?: number| no\.?)?[:\s]+(\d[\d -]{8,14}\d)")
_REGISTRATION = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{2,8}")
type Document = dict[str, Any]


@dataclass(slots=True)
class Facts:
    """What the lines say. Offsets are characters of the record's text, in `extra.said_at` of each."""

    people: list[Document] = field(default_factory=list)
    things: list[Document] = field(default_factory=list)
    happened: str = ""
    words: list[str] = field(default_factory=list)


def facts(text: str, start: int = 0, end: int | None = None) -> Facts:
    """Read the lines between two characters of a text. Without a line that names a child nothing is read."""
    lines = [
        (m[1].strip().lower(), m[2].strip(), [m.start(2), m.end(2)])
        for m in _LINE.finditer(text, start, end or len(text))
    ]
    found = Facts()
    if not any(label in _CHILD for label, _, _ in lines):
        return found
    for label, value, at in lines:
        if label in _CHILD:
            found.people.append({"part": "child", **_person(value), "extra": {"said_at": {"person": at}}})
        elif label in _OF_A_CHILD and any(each["part"] == "child" for each in found.people):
            child = next(each for each in reversed(found.people) if each["part"] == "child")
            key, read = _OF_A_CHILD[label]
            _put(child, key, read(value), at)
        elif label in _OF_THE_EVENT:
            _OF_THE_EVENT[label](found, value, at)
    return found


def a_day(words: str) -> str:
    """A date as ISO, as certain as it was written; empty where it is none. 3/4/2012 is 3 April, as in Britain."""
    words = words.strip().rstrip(".")
    if iso := _ISO.fullmatch(words):
        year, month, day = iso.groups()
    elif slashed := _SLASHED.fullmatch(words):
        day, month, year = slashed.groups()
    elif written := _WRITTEN.fullmatch(words):
        day, name, year = written.groups()
        found = [number for known, number in _MONTHS.items() if known.startswith(name.lower())]
        if len(found) != 1:
            return ""
        month = str(found[0])
    else:
        return ""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *[f"{int(part):02d}" for part in (month, day) if part]])


def _person(value: str) -> Document:
    """`Ayla Marsh, born 11 February 2012, ref c-104`: the name is what stands before the first comma."""
    name, *more = re.split(r"[,;(]", value)
    person = _named(name)
    for part in more:
        words = part.strip(" )")
        born, ref, nhs = _BORN.search(words), _REF.search(words), _NHS.search(words)
        if born and a_day(born[1]):
            person["born"] = a_day(born[1])
        elif nhs:
            person["ids"] = {"nhs": re.sub(r"\D", "", nhs[1])}
        elif ref:
            person["ref"] = ref[1]
        elif words:
            person["description"] = "; ".join(filter(None, [person.get("description"), words]))
    return person


def _named(words: str) -> Document:
    """The last word of several is the family name; a single word is a given name."""
    given, _, family = " ".join(words.split()).rpartition(" ")
    if _unknown(words):
        return {}
    return (
        {"given_names": given, "family_name": family} if given else {"given_names": family} if family else {}
    )


def _unknown(words: str) -> bool:
    return words.strip(" .").lower() in {"unknown", "not known", "n/a", "none", "unnamed", "?", "-", "tbc"}


def _put(child: Document, key: str, value: Any, at: list[int]) -> None:
    """What stood there first stays: two lines that say the same thing are a matter for whoever reads them."""
    if not value:
        return
    if key == "ids":
        child["ids"] = {**value, **child.get("ids", {})}
    elif key in child:
        return
    else:
        child[key] = value
    child["extra"]["said_at"][key] = at


def _whole(value: str) -> str:
    return "" if _unknown(value) else value


def _id(scheme: str) -> Callable[[str], Document]:
    return lambda value: {} if _unknown(value) else {scheme: re.sub(r"[\s-]", "", value)[:40]}


_OF_A_CHILD: dict[str, tuple[str, Callable[[str], Any]]] = {
    "born": ("born", a_day),
    "date of birth": ("born", a_day),
    "dob": ("born", a_day),
    "reference": ("ref", _whole),
    "ref": ("ref", _whole),
    "our ref": ("ref", _whole),
    "our reference": ("ref", _whole),
    "nhs number": ("ids", _id("nhs")),
    "nhs no": ("ids", _id("nhs")),
    "upn": ("ids", _id("upn")),
    "address": ("address", _whole),
    "home address": ("address", _whole),
    "postcode": ("postcode", _whole),
}


def _adult(found: Facts, value: str, at: list[int]) -> None:
    name = " ".join(value.split(",")[0].split())
    known = {"also_known_as": [name]} if " " not in name else _named(name)
    if known and not _unknown(value):
        found.people.append({"part": "person_of_concern", **known, "extra": {"said_at": {"person": at}}})


def _thing(kind: str, part: str, key_of: Callable[[str], str]) -> Callable[[Facts, str, list[int]], None]:
    def put(found: Facts, value: str, at: list[int]) -> None:
        if not _unknown(value):
            found.things.append({"kind": kind, "part": part, key_of(value): value, "extra": {"said_at": at}})

    return put


def _when(found: Facts, value: str, at: list[int]) -> None:
    """The day of `Saturday 14 March 2026, about 22:10`: an hour that names no zone stays in the words."""
    words = _WEEKDAY.sub("", value)
    found.happened = found.happened or a_day(words) or a_day(_HOUR.sub("", words))


def _said(found: Facts, value: str, at: list[int]) -> None:
    found.words.append(value)


_PLACE = _thing("place", "seen_at", lambda value: "address" if re.search(r"\d", value) else "name")
_VEHICLE = _thing(
    "vehicle", "seen_in", lambda v: "vrm" if _REGISTRATION.fullmatch(squeezed(v)) else "description"
)
_PHONE = _thing("phone", "named", lambda value: "number" if phone_key(value) else "description")
_OF_THE_EVENT: dict[str, Callable[[Facts, str, list[int]], None]] = {
    "adult": _adult, "person of concern": _adult, "place": _PLACE, "where": _PLACE, "location": _PLACE,
    "vehicle": _VEHICLE, "registration": _VEHICLE, "car": _VEHICLE, "phone": _PHONE, "phone number": _PHONE,
    "when": _when, "happened": _when, "date of incident": _when, "child's words": _said, "child's own words": _said,
    "the child's own words": _said,
}  # fmt: skip
