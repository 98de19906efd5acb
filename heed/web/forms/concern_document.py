"""From a filled-in concern form to a record of version 1. What was left empty is left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from heed.core.records.keys import phone_key, squeezed
from heed.core.records.record import Document
from heed.web.forms.rough_dates import rough_date
from heed.web.forms.sharing import shares

GRADING = {
    # Source and information of police 3x5x2. "2" says only that nobody has tested it yet; "A" that the source knows it
    # directly: a child's own account is never graded lower for being a child's.
    "saw": ("1", "A"),
    "child": ("2", "A"),
    "other": ("2", "C"),
    "rumour": ("2", "D"),
}
CONCERN = "concern"
DANGER_NOW = "danger_now"
DISCLOSED = "child_disclosed"
REGISTRATION = re.compile(r"(?=.*\d)(?=.*[A-Z])[A-Z0-9]{2,8}")
AGE = re.compile(
    r"(?:about|around|roughly|nearly|almost|maybe|perhaps|approx\.?|~)?\s*(\d{1,2})\s*(?:(?:years?|yrs?)(?: old)?)?",
    re.IGNORECASE,
)
DATE_PARTS = re.compile(r"(\d{1,2})[\s/.-]+(\w{1,9})[\s/.,-]+(\d{4})|(?:(\w{1,9})[\s/.,-]+)?(\d{4})")


@dataclass(frozen=True, slots=True)
class Writer:
    """Who raises the concern, as the record names its author."""

    ref: str
    name: str
    role: str
    grade: str
    agency: str


def document(
    answers: Mapping[str, Any], happened: str, writer: Writer, now: datetime, today: date
) -> Document:
    """The record. `answers` are a ConcernForm's cleaned data; `happened` its rough date, empty for today."""
    source, information = GRADING[answers["source"]]
    whole = {
        "v": 1,
        "agency": writer.agency,
        "ref": f"CON-{answers['token']}",
        "revision": 1,
        "kind": CONCERN,
        "happened_from": _happened(answers["when"], happened, today),
        "recorded_at": now.isoformat(timespec="seconds"),
        "author": {"ref": writer.ref, "name": writer.name, "role": writer.role, "grade": writer.grade},
        "people": [*_children(answers, today), *adults(answers["adults"])],
        "things": things_seen(answers),
        "observations": _observations(answers),
        "text": answers["text"],
        "childs_words": answers["child_words"],
        "told": [{"name": answers["told"]}] if answers["told"] else [],
        "grading": {"source": source, "information": information, "handling": "P"},
        "extra": _extra(answers),
    }
    return {key: value for key, value in whole.items() if value not in ("", [], {})}


def _extra(answers: Mapping[str, Any]) -> Document:
    """What records version 1 has no key for: what was tried, with whom it is shared and why, what was pasted."""
    pasted = {"text": answers["pasted"], "from": answers["pasted_from"], "when": answers["pasted_when"]}
    whole = {
        "tried": answers["tried"],
        "sharing": shares(dict(answers)),
        "pasted": [{key: value for key, value in pasted.items() if value}]
        if answers["pasted"].strip()
        else [],
    }
    return {key: value for key, value in whole.items() if value}


def _happened(when: str, happened: str, today: date) -> str:
    days_ago = {"today": 0, "yesterday": 1}
    return happened or (today - timedelta(days=days_ago[when])).isoformat()


def _observations(answers: Mapping[str, Any]) -> list[str]:
    told_by_child = answers["source"] == "child" or answers["child_words"]
    return [DISCLOSED] * bool(told_by_child) + [DANGER_NOW] * (answers["danger"] == "yes")


def the_child(answers: Mapping[str, Any], today: date) -> Document:
    """The child a concern is about, as far as she is known; what was left empty is left out or empty."""
    child = {"part": "child", "ref": answers["child_ref"], **named(answers["child_name"])}
    return child | _age(answers["child_age"], today)


def _children(answers: Mapping[str, Any], today: date) -> list[Document]:
    child = the_child(answers, today)
    companions = [{"part": "companion", **named(line)} for line in lines(answers["other_children"])]
    return [{key: value for key, value in child.items() if value}, *companions]


def named(words: str) -> dict[str, str]:
    """The last word of several is the family name; a single word is a given name."""
    given, _, family = words.strip().rpartition(" ")
    return (
        {"given_names": given.strip(), "family_name": family}
        if given
        else {"given_names": family}
        if family
        else {}
    )


def _age(words: str, today: date) -> dict[str, str]:
    """A date of birth stays as certain as it was told; an age is a description with the day it was said."""
    if not words:
        return {}
    whole = DATE_PARTS.fullmatch(words.strip())
    if whole:
        day, month, year, only_month, only_year = (part or "" for part in whole.groups())
        try:
            return {"born": rough_date(day, month or only_month, year or only_year, latest=today)}
        except ValueError:
            return {"description": f"age or date of birth given as: {words}"}
    age = AGE.fullmatch(words.strip())
    if age:
        return {"description": f"about {age[1]} years old, said on {today.isoformat()}"}
    return {"description": f"age or date of birth given as: {words}"}


def adults(words: str) -> list[Document]:
    """Adults of concern, one a line; a single word is a nickname."""
    people = []
    for line in lines(words):
        name = named(line) if " " in line else {"also_known_as": [line]}
        people.append({"part": "person_of_concern", **name})
    return people


def things_seen(answers: Mapping[str, Any]) -> list[Document]:
    """The place, vehicle and phone of a form, each as far as it can be found again."""
    things: list[Document] = []
    if answers["place"] or answers["postcode"]:
        # With a number it can be found again as an address; without one it is what people call the place.
        key = "address" if re.search(r"\d", answers["place"]) else "name"
        place = {"kind": "place", "part": "seen_at", key: answers["place"], "postcode": answers["postcode"]}
        things.append({name: value for name, value in place.items() if value})
    if answers["vehicle"]:
        known = REGISTRATION.fullmatch(squeezed(answers["vehicle"]))
        things.append(
            {"kind": "vehicle", "part": "seen_in", "vrm" if known else "description": answers["vehicle"]}
        )
    if answers["phone"]:
        known = phone_key(answers["phone"])
        things.append(
            {"kind": "phone", "part": "named", "number" if known else "description": answers["phone"]}
        )
    return things


def lines(words: str) -> list[str]:
    """The lines that say something, without blanks at their ends."""
    return [line for line in (" ".join(raw.split()) for raw in words.splitlines()) if line]
