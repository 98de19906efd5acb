"""When a span has run out, drawn as a table. Times are London's."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from heed.casework.policy.ladder import read_ladder
from heed.core.duty.worktime import after, parse_span
from tests.tables import rows

LONDON = ZoneInfo("Europe/London")

SPANS = rows("""
what                                      | from             | span            | until
the same time tomorrow                    | 2026-11-16 10:00 | 1 working day   | 2026-11-17 10:00
over a weekend                            | 2026-11-20 16:00 | 1 working day   | 2026-11-23 16:00
said on a Saturday, the whole of Monday   | 2026-11-21 12:00 | 1 working day   | 2026-11-23 17:00
said at night, the whole of the next day  | 2026-11-16 23:30 | 1 working day   | 2026-11-17 17:00
said before opening                       | 2026-11-16 07:00 | 1 working day   | 2026-11-16 17:00
over Christmas                            | 2026-12-24 12:00 | 2 working days  | 2026-12-30 12:00
over Good Friday and Easter Monday        | 2026-04-02 12:00 | 1 working day   | 2026-04-07 12:00
over the state funeral                    | 2022-09-16 15:00 | 1 working day   | 2022-09-20 15:00
the eve of the year 2000 was a holiday    | 1999-12-30 15:00 | 1 working day   | 2000-01-04 15:00
working hours stop for the night          | 2026-11-16 15:00 | 4 working hours | 2026-11-17 11:00
clock hours do not                        | 2026-11-20 22:00 | 4 clock hours   | 2026-11-21 02:00
clock hours when the clocks go forward    | 2026-03-28 22:00 | 4 clock hours   | 2026-03-29 03:00
clock hours when the clocks go back       | 2026-10-24 22:00 | 4 clock hours   | 2026-10-25 01:00
working days do not care about the clocks | 2026-03-27 10:00 | 1 working day   | 2026-03-30 10:00
""")


def london(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


@pytest.mark.parametrize("row", SPANS, ids=lambda row: row["what"])
def test_when_a_span_has_run_out(row):
    until = after(london(row["from"]), parse_span(row["span"]), read_ladder().calendar)
    assert f"{until.astimezone(LONDON):%Y-%m-%d %H:%M}" == row["until"]


@pytest.mark.parametrize("words", ["", "1", "two working days", "0 working days", "1 week", "-1 clock hours"])
def test_a_span_that_cannot_be_read_says_what_was_expected(words):
    with pytest.raises(ValueError, match="a span"):
        parse_span(words)


def test_a_span_speaks_as_it_is_written():
    assert [str(parse_span(words)) for words in ("1 working day", "4 clock hours")] == [
        "1 working day",
        "4 clock hours",
    ]
