"""How dates are read: one reading or none. Each row is a cell, what the mapping says of dates, and what comes of it."""

from datetime import date, datetime, time, timedelta

import pytest

from heed.formats.dates import (
    A_DATE,
    A_SERIAL,
    A_TIME,
    CLOCK_CHANGE,
    FOUR_DIGITS,
    NO_SUCH_DAY,
    ONE_WAY,
    Habits,
    Unread,
    read_date,
)

NOTHING, UK, US = Habits(), Habits(order="day first"), Habits(order="month first")
SINCE_1930, SERIALS = Habits(order="day first", window=1930), Habits(serials=1900)

READ = [
    ("2009-03-14", NOTHING, "2009-03-14"),
    ("2009/3/4", NOTHING, "2009-03-04"),
    ("14/03/2009", NOTHING, "2009-03-14"),
    ("03/14/2009", NOTHING, "2009-03-14"),
    ("05/05/2009", NOTHING, "2009-05-05"),
    ("04/03/2009", UK, "2009-03-04"),
    ("04/03/2009", US, "2009-04-03"),
    ("04.03.2009", UK, "2009-03-04"),
    ("Sat 14-03-2009", UK, "2009-03-14"),
    ("14 March 2009", NOTHING, "2009-03-14"),
    ("14th of March, 2009", NOTHING, "2009-03-14"),
    ("March 14, 2009", NOTHING, "2009-03-14"),
    ("Saturday, 14-Mar-2009", NOTHING, "2009-03-14"),
    ("1 Sept 2009", NOTHING, "2009-09-01"),
    ("March 2009", NOTHING, "2009-03"),
    ("2009-03", NOTHING, "2009-03"),
    ("2009", NOTHING, "2009"),
    (2009, NOTHING, "2009"),
    ("14/03/29", SINCE_1930, "2029-03-14"),
    ("14/03/30", SINCE_1930, "1930-03-14"),
    ("14032009", UK, "2009-03-14"),
    ("20090314", Habits(order="year first"), "2009-03-14"),
    ("39886", SERIALS, "2009-03-14"),
    (39886, SERIALS, "2009-03-14"),
    (39886.5, SERIALS, "2009-03-14T12:00:00+00:00"),
    (38424, Habits(serials=1904), "2009-03-14"),
    (date(2009, 3, 14), NOTHING, "2009-03-14"),
    (datetime(2009, 7, 14, 22, 10), NOTHING, "2009-07-14T22:10:00+01:00"),
    ("14/03/2009 22:10", UK, "2009-03-14T22:10:00+00:00"),
    ("14/07/2009 at 10.10 pm", UK, "2009-07-14T22:10:00+01:00"),
    ("14/07/2009 2210hrs", UK, "2009-07-14T22:10:00+01:00"),
    ("2009-07-14T22:10:00Z", NOTHING, "2009-07-14T22:10:00+00:00"),
    ("2009-07-14 22:10 BST", NOTHING, "2009-07-14T22:10:00+01:00"),
    ("2009-07-14T22:10:00.000-05:00", NOTHING, "2009-07-14T22:10:00-05:00"),
    # the hour that comes twice, and the one that never comes
    ("25/10/2009 01:30", UK, "2009-10-25"),
    ("29/03/2009 01:30", UK, "2009-03-29"),
    ("25/10/2009 02:00", UK, "2009-10-25T02:00:00+00:00"),
]
REFUSED = [
    ("04/03/2009", NOTHING, ONE_WAY),
    ("04/03/09", SERIALS, FOUR_DIGITS),
    ("14/03/09", UK, FOUR_DIGITS),
    ("14-Mar-09", NOTHING, FOUR_DIGITS),
    ("02/25/2009", UK, NO_SUCH_DAY),
    ("31/02/2009", UK, NO_SUCH_DAY),
    ("29/02/2009", UK, NO_SUCH_DAY),
    ("14/03/0209", UK, NO_SUCH_DAY),
    ("39886", NOTHING, A_SERIAL),
    (39886.5, UK, A_SERIAL),
    ("14032009", NOTHING, A_DATE),
    ("14/03/20090", UK, A_DATE),
    ("14/03-2009", UK, A_DATE),
    ("yesterday", UK, A_DATE),
    ("١٤/٠٣/٢٠٠٩", UK, A_DATE),
    ("14/03/2009 25:10", UK, A_TIME),
    ("14/03/2009 22:1", UK, A_TIME),
    ("14/03/200922:10", UK, A_DATE),
    (True, UK, A_DATE),
    (float("1e300"), SERIALS, A_DATE),
    ("9" * 5000, SERIALS, A_DATE),
]


@pytest.mark.parametrize(("cell", "habits", "text"), READ)
def test_what_has_one_reading_is_read(cell, habits, text):
    assert read_date(cell, habits).text == text


@pytest.mark.parametrize(("cell", "habits", "expected"), REFUSED)
def test_what_has_none_or_two_is_refused_and_says_what_would_help(cell, habits, expected):
    assert read_date(cell, habits) == Unread(expected)


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("22:10", "2009-07-14T22:10:00+01:00"),
        ("2210", "2009-07-14T22:10:00+01:00"),
        (time(22, 10), "2009-07-14T22:10:00+01:00"),
        (timedelta(hours=22, minutes=10), "2009-07-14T22:10:00+01:00"),
        (datetime(1899, 12, 31, 22, 10), "2009-07-14T22:10:00+01:00"),
        (0.9236111111, "2009-07-14T22:10:00+01:00"),
        ("", "2009-07-14"),
    ],
)
def test_a_day_and_a_time_from_two_cells(at, text):
    assert read_date("14/07/2009", UK, at).text == text


@pytest.mark.parametrize("at", ["late evening", "24:00", timedelta(hours=25), 3])
def test_a_time_that_is_none_refuses_the_row(at):
    assert read_date("14/07/2009", UK, at) == Unread(A_TIME)


def test_a_day_may_have_been_until_its_last_second_where_it_was_written():
    assert read_date("14/07/2009", UK).latest == "2009-07-14T23:59:59+01:00"
    assert read_date("July 2009", UK).latest == "2009-07-31T23:59:59+01:00"
    assert read_date("2009", UK).latest == "2009-12-31T23:59:59+00:00"


def test_the_hour_that_comes_twice_is_noted_and_its_latest_is_the_second_time():
    read = read_date("25/10/2009 01:30", UK)
    assert read.note == CLOCK_CHANGE
    assert read.latest == "2009-10-25T01:30:00+00:00"
