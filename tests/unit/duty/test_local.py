"""What a duty's words say of time is what the clock on the wall said."""

from datetime import UTC, datetime

import pytest

from heed.casework.local import local_day, local_words


@pytest.mark.parametrize(
    ("instant", "words", "day"),
    [
        (datetime(2026, 6, 1, 9, 30, tzinfo=UTC), "1 June 2026, 10:30", "1 June 2026"),
        (datetime(2026, 12, 1, tzinfo=UTC), "the end of 30 November 2026", "1 December 2026"),
        (datetime(2026, 5, 31, 23, tzinfo=UTC), "the end of 31 May 2026", "1 June 2026"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "25 October 2026, 01:30", "25 October 2026"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027, 02:00", "28 March 2027"),
    ],
)
def test_by_the_clock_on_the_wall(instant, words, day):
    assert (local_words(instant), local_day(instant)) == (words, day)
