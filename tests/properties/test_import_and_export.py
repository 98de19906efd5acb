"""Whatever stands as a record goes into the database and comes out as it went in, on SQLite and on PostgreSQL."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings

from heed.casework.actions.receive import receive_many
from heed.casework.exports import record_lines
from heed.core.records.canonical import line
from heed.core.records.reading import parse
from tests.properties.records import documents
from tests.unit.records.documents import MINIMAL, WHOLE

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST = {
    **MINIMAL,
    "agency": "A" * 40,
    "ref": "é" * 200,
    "revision": 2**31 - 1,
    "people": [{"part": "person_of_concern", "ref": "𝄞" * 200}, *({"part": "child"} for _ in range(300))],
    "things": [
        {"kind": kind, "part": "p" * 40, **dict.fromkeys(("name", "number", "vrm", "handle"), "Ω" * 9000)}
        for kind in ("place", "vehicle", "phone", "account", "premises")
    ],
    "text": "x" * 2**20,
}
EMPTY = {**WHOLE, **dict.fromkeys(("revision", "happened_from", "author", "things", "told", "answer"))}


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(documents)
@example(LONGEST)
@example(EMPTY)
@example(WHOLE)
def test_what_stands_goes_in_and_comes_out_as_it_went_in(document):
    record = parse(document).record
    with transaction.atomic():
        (outcome,) = receive_many(records=[record], by=None, now=NOW)
        assert outcome.kind == "accepted"
        assert list(record_lines(record.agency)) == [line(record.document)]
        transaction.set_rollback(True)
