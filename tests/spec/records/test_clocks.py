"""When a record that says it was written down after it arrived is worth a note."""

from datetime import UTC, datetime, timedelta

import pytest

from heed.core.records.clocks import is_ahead

SKEW = timedelta(minutes=10)
RECEIVED = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("recorded", "ahead"),
    [
        ("2026-11-01T09:00:00+00:00", False),
        ("2026-11-02T09:00:00+00:00", False),
        ("2026-11-02T09:10:00+00:00", False),  # a clock that runs ten minutes ahead
        ("2026-11-02T09:10:01+00:00", True),
        ("2026-11-02T10:05:00+01:00", False),  # the same hour, in summer time
        ("2062-11-02T09:00:00+00:00", True),  # two digits turned round
    ],
)
def test_ahead(recorded, ahead):
    assert is_ahead(datetime.fromisoformat(recorded), RECEIVED, SKEW) is ahead
