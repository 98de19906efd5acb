"""One record, read: frozen, typed, with whatever nobody expected kept under `extra`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heed.core.records.kinds import Grade, Kind, Part, ThingKind
from heed.core.records.when import When

type Document = dict[str, Any]
"""A record as JSON: the shape of records version 1, keys in the order they were sent."""

NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote, was told or answered, as the agency recorded it."""

    name: str | None = None
    role: str | None = None
    grade: Grade | None = None
    ref: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class PersonMentioned:
    """A person in a record. Every name, date and number is optional and fallible."""

    position: int
    part: Part
    ref: str | None = None
    given_names: str | None = None
    family_name: str | None = None
    also_known_as: tuple[str, ...] = ()
    born: str | None = None
    ids: Mapping[str, str] = field(default_factory=dict)
    address: str | None = None
    postcode: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A place, vehicle, phone, account or premises in a record: the words as sent."""

    position: int
    kind: ThingKind
    part: str | None = None
    name: str | None = None
    address: str | None = None
    postcode: str | None = None
    vrm: str | None = None
    number: str | None = None
    service: str | None = None
    handle: str | None = None
    description: str | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """The missing episode's own facts, as graded at the time."""

    category: str | None = None
    risk: str | None = None
    risk_reason: str | None = None
    missing_from: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was told, and when."""

    person: Author
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, by whom and why, as the agency recorded it."""

    decision: str
    reason: str | None = None
    by: Author | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """Police 3x5x2: source, information and handling graded apart."""

    source: str | None = None
    information: str | None = None
    handling: str | None = None
    conditions: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What one agency says of one event. `document` is the record as it will be exported."""

    agency: str
    ref: str
    revision: int
    kind: Kind
    recorded_at: datetime
    document: Document
    happened_from: When | None = None
    happened_to: When | None = None
    author: Author | None = None
    people: tuple[PersonMentioned, ...] = ()
    things: tuple[Thing, ...] = ()
    observations: tuple[str, ...] = ()
    text: str | None = None
    childs_words: str | None = None
    missing: Missing | None = None
    told: tuple[Told, ...] = ()
    answer: Answer | None = None
    grading: Grading | None = None
