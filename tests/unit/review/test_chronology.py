"""Gaps: silences between the first and the last thing written."""

from datetime import date

from heed.core.review.chronology import gaps, order
from tests.unit.review.told import records


def spans(table):
    return [(gap.first.isoformat(), gap.last.isoformat(), gap.days) for gap in gaps(records(table))]


def test_a_silence_of_more_than_sixty_days_is_named_with_its_length():
    assert spans(
        """
        agency | ref | from       | to
        police | a   | 2009-03-14 |
        school | b   | 2009-06-20 |
        """
    ) == [("2009-03-15", "2009-06-19", 97)]


def test_an_ordinary_pause_is_no_gap():
    assert spans("agency | ref | from\npolice | a | 2009-03-14\npolice | b | 2009-05-01") == []


def test_a_month_of_which_something_is_written_is_not_silent():
    assert spans(
        """
        agency | ref | from       | to
        police | a   | 2009-03-14 |
        school | b   | 2009-05    |
        police | c   | 2009-07-10 |
        """
    ) == []  # fmt: skip


def test_a_long_stay_covers_its_own_time_and_an_open_end_does_not():
    assert spans(
        """
        agency | ref | from       | to
        police | a   | 2009-01-01 | 2009-06-01
        police | b   | 2009-03-01 |
        police | c   | 2009-07-01 |
        """
    ) == []  # fmt: skip
    assert len(spans("agency | ref | from\npolice | a | 2009-01-01\npolice | c | 2009-07-01")) == 1


def test_a_record_that_does_not_say_when_stands_where_it_was_written():
    [told] = records("agency | ref | from\npolice | a |")
    assert order(told)[0].date() == date(2010, 1, 1)
