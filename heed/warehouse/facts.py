"""The facts a warehouse holds: what a record says, as rows that SQL can count. Times are epoch seconds.

Every revision is a row of its own. As of an instant D a row counts when recorded_s <= D < superseded_s.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

import pyarrow as pa

from heed.core.patterns.matching import alias_match, place_match
from heed.core.records.keys import alias_key, phone_key, place_key, plain, squeezed
from heed.core.records.when import parse_instant, parse_when

TABLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "record": (
        ("record_id", "bigint"), ("agency", "varchar"), ("ref", "varchar"), ("revision", "bigint"),
        ("kind", "varchar"), ("from_s", "bigint"), ("from_latest_s", "bigint"), ("to_s", "bigint"),
        ("recorded_s", "bigint"), ("superseded_s", "bigint"), ("author_grade", "varchar"),
        ("category", "varchar"), ("missing_from", "varchar"), ("decision", "varchar"), ("decided_s", "bigint"),
        ("decider_grade", "varchar"),
    ),
    "mention": (
        ("record_id", "bigint"), ("position", "bigint"), ("part", "varchar"), ("source", "varchar"),
        ("home", "varchar"),
    ),
    "thing": (
        ("record_id", "bigint"), ("position", "bigint"), ("kind", "varchar"), ("part", "varchar"),
        ("key", "varchar"), ("match", "varchar"), ("label", "varchar"),
    ),
    "person_of": (("source", "varchar"), ("person", "varchar")),
}  # fmt: skip
"""Table by table, column by column. `mention.home` is the matching key of where the person was said to live;
`thing.match` is what two ways of writing the same thing have in common, `thing.key` what a reader is shown.
`thing` also holds names by which adults of concern are known, as kind `alias`."""

FIRST_AGREED = 1_000_000
"""Where the positions of agreed things begin: behind any a record has of its own."""

ARROW = {"bigint": pa.int64(), "varchar": pa.string()}


@dataclass
class Facts:
    """Rows, table by table, in the order of the columns of TABLES."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def table(self, name: str) -> pa.Table:
        """One table as Arrow, types as TABLES says."""
        columns = list(zip(*self.rows[name], strict=True)) or [()] * len(TABLES[name])
        return pa.table(
            {
                column: pa.array(values, type=ARROW[kind])
                for (column, kind), values in zip(TABLES[name], columns, strict=True)
            }
        )

    def add(self, record_id: int, document: Mapping[str, Any]) -> None:
        """The rows of one record of the specification. `superseded_s` is filled by `supersede`."""
        record, mentions, things = rows_of(record_id, document)
        self.rows["record"].append(record)
        self.rows["mention"] += mentions
        self.rows["thing"] += things

    def add_agreed(self, record_id: int, things: Iterable[Mapping[str, Any]]) -> None:
        """What a person agreed that a record's text names, beside the record's own things."""
        for position, thing in enumerate(things, start=FIRST_AGREED):
            if thing["kind"] == "alias":
                self.rows["thing"] += _alias(record_id, position, thing["name"])
            else:
                row = (record_id, position, thing["kind"], thing["part"], *_keys(thing), _label(thing))
                self.rows["thing"].append(row)

    def supersede(self) -> None:
        """Fill `superseded_s`: when the first of the newer revisions of the same record was recorded."""
        newest: dict[tuple[str, str], int] = {}
        rows = self.rows["record"]
        for at in sorted(range(len(rows)), key=lambda i: -rows[i][3]):
            row = rows[at]
            until = newest.get((row[1], row[2]))
            if until is not None:
                rows[at] = (*row[:9], max(until, row[8]), *row[10:])
            newest[(row[1], row[2])] = min(row[8], until if until is not None else row[8])


def facts_of(documents: Iterable[tuple[int, str]], people: Iterable[tuple[str, str]]) -> Facts:
    """Facts of records as JSON text with their row numbers, and of (source key, person) pairs."""
    facts = Facts()
    for record_id, text in documents:
        facts.add(record_id, json.loads(text))
    facts.rows["person_of"] = list(people)
    facts.supersede()
    return facts


def rows_of(
    record_id: int, document: Mapping[str, Any]
) -> tuple[tuple[Any, ...], list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """One record row, its mentions, its things (and the names of its adults of concern)."""
    answer, missing = document.get("answer") or {}, document.get("missing") or {}
    earliest, latest = _span(document.get("happened_from"))
    record = (
        record_id, document["agency"], document["ref"], int(document.get("revision") or 1), document["kind"],
        earliest, latest, _span(document.get("happened_to"))[1], _instant(document["recorded_at"]), None,
        (document.get("author") or {}).get("grade"), missing.get("category"), missing.get("missing_from"),
        answer.get("decision"), _instant(answer.get("at")), (answer.get("by") or {}).get("grade"),
    )  # fmt: skip
    people = document.get("people") or []
    mentions = [
        (
            record_id,
            position,
            person.get("part") or "other",
            _source(document, person, position),
            _home(person),
        )
        for position, person in enumerate(people)
        if _is_somebody(person)
    ]
    things = [
        (record_id, position, thing.get("kind"), thing.get("part") or "", *_keys(thing), _label(thing))
        for position, thing in enumerate(document.get("things") or [])
    ]
    return record, mentions, things + list(_aliases(record_id, people, len(things)))


def _is_somebody(person: Mapping[str, Any]) -> bool:
    """Whether anything is said of a person. "A child" of whom nothing is known is told of, and counted by nobody: in
    three messages it may be one child or three."""
    return any(value for key, value in person.items() if key not in ("part", "extra"))


def _source(document: Mapping[str, Any], person: Mapping[str, Any], position: int) -> str:
    return f"{document['agency']} {person.get('ref') or f'{document["ref"]}#{position}'}"


def _home(person: Mapping[str, Any]) -> str:
    address, postcode = person.get("address"), person.get("postcode")
    if not address and not postcode:
        return ""
    return _place_match(address, postcode, None) or ""


def _aliases(record_id: int, people: Iterable[Mapping[str, Any]], first: int) -> Iterator[tuple[Any, ...]]:
    """Names by which adults of concern are known: each other name, and the full name where both halves are given."""
    position = first
    for person in people:
        if person.get("part") != "person_of_concern":
            continue
        names = list(person.get("also_known_as") or [])
        if person.get("given_names") and person.get("family_name"):
            names.append(f"{person['given_names']} {person['family_name']}")
        for name in names:
            for row in _alias(record_id, position, name):
                yield row
                position += 1


def _alias(record_id: int, position: int, name: Any) -> list[tuple[Any, ...]]:
    key = alias_key(str(name))
    if not key or key in NOBODY:
        return []
    return [(record_id, position, "alias", "person_of_concern", key, alias_match(key), name)]


NOBODY = frozenset(
    [
        "UNKNOWN",
        "UNKNOWN MALE",
        "UNKNOWN FEMALE",
        "UNKNOWN ADULT",
        "UNNAMED",
        "NOT KNOWN",
        "N A",
        "NONE",
        "BOYFRIEND",
        "FRIEND",
        "ADULT MALE",
    ]
)
"""What is written where a name is not known: nobody's name."""


def _keys(thing: Mapping[str, Any]) -> tuple[str, str]:
    """What is shown and what is matched."""
    match thing.get("kind"):
        case "place" | "premises":
            words = (thing.get("address"), thing.get("postcode"), thing.get("name"))
            return _place(*words) or "", _place_match(*words) or ""
        case "vehicle":
            key = squeezed(str(thing.get("vrm") or ""))
        case "phone":
            key = _phone(str(thing.get("number") or "")) or ""
        case "account":
            handle = str(thing.get("handle") or "").strip().lower()
            key = f"{plain(str(thing.get('service') or ''))}|{handle}" if handle else ""
        case _:
            key = ""
    return key, key


def _label(thing: Mapping[str, Any]) -> str:
    """The words a reader sees; a place by its address, with its name in brackets."""
    if thing.get("address") and thing.get("name") and thing["name"] != thing["address"]:
        return f"{thing['address']} ({thing['name']})"
    spoken = (thing.get(name) for name in ("address", "name", "vrm", "number", "handle", "description"))
    return next((str(words) for words in spoken if words), str(thing.get("kind")))


_place = lru_cache(maxsize=200_000)(place_key)
_place_match = lru_cache(maxsize=200_000)(place_match)
_phone = lru_cache(maxsize=100_000)(phone_key)


@lru_cache(maxsize=100_000)
def _span(text: str | None) -> tuple[int | None, int | None]:
    """Earliest and latest second a claimed time may mean; nothing where none was claimed."""
    if not text:
        return None, None
    when = parse_when(text)
    return _seconds(when.earliest), _seconds(when.latest)


@lru_cache(maxsize=100_000)
def _instant(text: str | None) -> int | None:
    return _seconds(parse_instant(text)) if text else None


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
