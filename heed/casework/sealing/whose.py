"""Whose key: the one string that names an owner. The keyring holds only a keyed hash of it."""

from collections.abc import Mapping
from typing import Any

from heed.core.records.prepared import Prepared
from heed.core.records.record import Record
from heed.core.records.sources import source_key, source_of

CHILD = "child"


def source(key: str) -> str:
    """The key of one person as one agency's files know them; `key` is "agency reference"."""
    return f"source {key}"


def agency(code: str) -> str:
    """An agency's own key: for its records in which no child is named."""
    return f"agency {code}"


def professional(row: int) -> str:
    """The key of what somebody is still writing."""
    return f"professional {row}"


def house(what: str) -> str:
    """A key of the house, for what concerns many children at once and is computed anew when one is erased."""
    return f"house {what}"


def record(told: Record) -> str:
    """The key of the first child in it, or of its agency."""
    child = next((person for person in told.people if person.part == CHILD), None)
    return source(source_key(source_of(told, child))) if child else agency(told.agency)


def prepared(told: Prepared) -> str:
    """The same as `record`, for one that is made ready."""
    child = next((ref for _, part, ref in told.people if part == CHILD), None)
    return source(source_key((told.agency, child))) if child is not None else agency(told.agency)


def document(told: Mapping[str, Any]) -> str:
    """The same as `record`, for a document that stands as JSON."""
    for position, person in enumerate(told.get("people") or ()):
        if person.get("part") == CHILD:
            return source(source_key((told["agency"], person.get("ref") or f"{told['ref']}#{position}")))
    return agency(told["agency"])
