"""Concerns for tests of receiving, duties and the ledger: as short as a record can be."""

from datetime import UTC, datetime
from typing import Any

from heed.core.records.reading import parse
from heed.core.records.record import Record

MONDAY = datetime(2026, 11, 16, 10, tzinfo=UTC)
"""A Monday in the morning, with no bank holiday near."""


def concern(ref: str = "C-1", *, agency: str = "school", child: str | None = "p-7", **more: Any) -> Record:
    """A concern about one child, written down on the Monday; `more` are further keys of the document."""
    person = {"part": "child", "given_names": "Ayla", "family_name": "Marsh", "ref": child}
    document = {
        "v": 1,
        "agency": agency,
        "ref": ref,
        "revision": 1,
        "kind": "concern",
        "recorded_at": MONDAY.isoformat(),
        "author": {"name": "R. Bell", "role": "pastoral lead", "grade": "frontline"},
        "people": [{key: value for key, value in person.items() if value}],
        "text": "Collected at the gate by a man she would not name.",
        **more,
    }
    reading = parse(document)
    assert reading.record is not None, reading.problems
    return reading.record


NO_FURTHER_ACTION = {
    "decision": "no_further_action",
    "reason": "returned safe and well",
    "by": {"name": "T. Lowe", "role": "sergeant", "grade": "supervisor"},
    "at": "2026-11-16T11:00:00+00:00",
}
