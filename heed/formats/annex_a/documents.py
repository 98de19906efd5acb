"""Rows of the lists as records: days stay days, codes and spellings in words, the row as sent beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from heed.core.records.record import Document
from heed.formats.annex_a.entries import Entry, day
from heed.formats.annex_a.lists import Column, folded
from heed.formats.annex_a.vocabulary import Spellings, code_in, meaning
from heed.formats.ssda903.days import CollectionYear
from heed.formats.ssda903.documents import ADOPTION

NEVER = ("child", "ethnicity", "sex", "born", "age")
"""Columns that are in the people of a record, or in no record at all; age is a birth date told twice."""
PLACE = ("postcode", "urn")
PROFESSIONALS = {"worker": "allocated worker", "adviser": "personal adviser"}
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?\s*[0-9][A-Z]{2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """When the lists were drawn, whose they are, and the spellings that are known."""

    agency: str
    on: date
    spellings: Spellings

    @property
    def year(self) -> CollectionYear:
        """The collection year the day lies in: codes hold by it."""
        return CollectionYear(self.on.year + (self.on.month > 3))

    @property
    def revision(self) -> int:
        """20240131: lists drawn on a later day supersede."""
        return self.on.year * 10_000 + self.on.month * 100 + self.on.day


def document(entry: Entry, ref: str, drawn: Drawn) -> Document:
    """The record one row becomes."""
    of = entry.of
    days = {"happened_from": entry.day(of.start), "happened_to": entry.day(of.end)}
    whole: Document = {
        "v": 1,
        "agency": drawn.agency,
        "ref": ref,
        "revision": drawn.revision,
        "kind": of.kind,
        **{key: value.isoformat() for key, value in days.items() if value},
        "recorded_at": f"{drawn.on.isoformat()}T23:59:59+00:00",
        "people": [_child(entry, drawn), *_professionals(entry)],
    }
    place = None if placed_for_adoption(entry, drawn) else _place(entry)
    if place:
        whole["things"] = [place]
    whole["text"] = " ".join([of.text, *_sentences(entry, drawn)])
    answer = _answer(entry, drawn)
    if answer:
        whole["answer"] = {"decision": answer, "reason": "as told in list 3"}
    kept = {"list": of.number, "as_of": drawn.on.isoformat(), "row": _row(entry, drawn)}
    if entry.unknown:
        kept["other_columns"] = dict(entry.unknown)
    return {**whole, "extra": {"annex_a": kept}}


def notes(entry: Entry, drawn: Drawn) -> Iterator[str]:
    """What the sender should know about a row that goes in all the same. No value is quoted: it may be a name."""
    where = f"list {entry.of.number}"
    for key, value in entry.cells.items():
        column = entry.of.columns[key]
        dated = column.day or key in ("born", entry.of.start, entry.of.end)
        if dated and not day(value):
            yield f"not a date: {where}, column {key}: kept as sent and read as not known"
        if key not in NEVER and (column.codes or column.words) and _said(column, value, drawn) is None:
            yield f"spelling: {where}, column {key}: not in the vocabulary; kept as sent"
    if entry.cells.get("postcode") and not _POSTCODE.fullmatch(_spaced(entry.cells["postcode"])):
        yield f"postcode: {where}: not a postcode; kept as sent and not read as a place"
    if placed_for_adoption(entry, drawn):
        yield "adoption: where a child placed for adoption lives is not taken in"


def placed_for_adoption(entry: Entry, drawn: Drawn) -> bool:
    """Whether the placement is for adoption, by its code or its words."""
    value = entry.cells.get("placement", "")
    words = drawn.spellings.get("placement", {}).get(folded(value), "")
    return bool(value) and (code_in(value) in ADOPTION or "adopt" in words or "adopt" in value.lower())


def _said(column: Column, value: str, drawn: Drawn) -> str | None:
    return meaning(column, value, drawn.year, drawn.spellings)


def _sentences(entry: Entry, drawn: Drawn) -> Iterator[str]:
    for key, column in entry.of.columns.items():
        value = _spaced(entry.cells.get(key, ""))
        if column.says and value:
            told = day(value) if column.day else None
            said = told.isoformat() if told else _said(column, value, drawn) or value
            yield f"{column.says}: {said}."


def _child(entry: Entry, drawn: Drawn) -> dict[str, Any]:
    """The child: born, and sex where it is told as one of the two. Ethnicity is not taken in."""
    born, sex = entry.day("born"), drawn.spellings["sex"].get(folded(entry.cells.get("sex", "")))
    child = {"ref": entry.child, "part": "child", "born": born.isoformat() if born else "", "sex": sex or ""}
    return {key: value for key, value in child.items() if value}


def _professionals(entry: Entry) -> Iterator[dict[str, str]]:
    """Whoever is allocated, by name, with the team. The name is all the list has: a digest of it makes the reference,
    because references stand in logs."""
    for key, role in PROFESSIONALS.items():
        name = _spaced(entry.cells.get(key, ""))
        if name:
            given, _, family = name.rpartition(" ")
            team = _spaced(entry.cells.get("team", ""))
            person = {
                "ref": f"{key}/{sha256(folded(name).encode()).hexdigest()[:12]}",
                "part": "professional",
                "given_names": given,
                "family_name": family,
                "description": f"{role}, {team}" if team else role,
            }
            yield {key: value for key, value in person.items() if value}


def _place(entry: Entry) -> dict[str, str]:
    """The placement as premises, by its postcode and its Ofsted number."""
    postcode, urn = _spaced(entry.cells.get("postcode", "")), _spaced(entry.cells.get("urn", ""))
    known = {
        "postcode": postcode.upper() if _POSTCODE.fullmatch(postcode) else "",
        "name": f"URN {urn}" if urn else "",
    }
    return (
        {"kind": "premises", "part": "placed_at", **{k: v for k, v in known.items() if v}}
        if any(known.values())
        else {}
    )


def _row(entry: Entry, drawn: Drawn) -> dict[str, str]:
    hidden = (*NEVER, *(PLACE if placed_for_adoption(entry, drawn) else ()))
    return {key: value for key, value in entry.cells.items() if key not in hidden}


def _answer(entry: Entry, drawn: Drawn) -> str:
    """What became of a referral: an answered one asks nobody for an answer."""
    column = entry.of.columns.get("nfa")
    said = _said(column, entry.cells.get("nfa", ""), drawn) if column else None
    return {"yes": "no_further_action", "no": "assessment"}.get(said or "", "")


def _spaced(text: str) -> str:
    """The text with every run of spaces, no-break ones too, as one."""
    return " ".join(text.split())
