"""Deadlines as people say them, on working days that end at five, through a weekend and a bank holiday."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from heed.core.duty.holidays import Holidays
from heed.core.duty.worktime import Calendar
from heed.web.presenters.deadlines import clock, due

LONDON = ZoneInfo("Europe/London")
WEEK = Calendar(LONDON, frozenset(range(5)), time(9), time(17), Holidays())


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


# fmt: off
DEADLINES = [
    ("2026-11-24 14:00", "2026-11-24 16:00", "due by 4pm on Tuesday 24 November, 2 working hours left"),
    ("2026-11-24 15:30", "2026-11-24 16:00", "due by 4pm on Tuesday 24 November, less than a working hour left"),
    ("2026-11-23 16:00", "2026-11-24 16:00", "due by 4pm on Tuesday 24 November, 1 working day left"),
    ("2026-11-20 16:30", "2026-11-23 09:30", "due by 9.30am on Monday 23 November, 1 working hour left"),
    ("2026-11-21 20:00", "2026-11-21 22:00", "due by 10pm on Saturday 21 November, 2 hours left"),
    ("2026-11-24 16:00", "2026-11-24 16:00", "was due by 4pm on Tuesday 24 November, 1 minute late"),
    ("2026-11-25 10:00", "2026-11-24 16:00", "was due by 4pm on Tuesday 24 November, 2 working hours late"),
    ("2026-12-24 12:00", "2026-12-29 12:00", "due by midday on Tuesday 29 December, 1 working day left"),
    ("2027-03-01 10:00", "2026-11-24 16:00", "was due by 4pm on Tuesday 24 November 2026, 96 days late"),
]
# fmt: on


@pytest.mark.parametrize(("now", "falls_due", "said"), DEADLINES)
def test_what_is_left_is_said_in_working_time(now, falls_due, said):
    assert due(at(falls_due), at(now), WEEK) == said


def test_an_answered_duty_owes_nothing():
    assert due(None, at("2026-11-24 16:00"), WEEK) == "nothing is owed now"


HOURS = ["00:00 midnight", "00:05 12.05am", "09:00 9am", "12:00 midday", "12:30 12.30pm", "23:59 11.59pm"]


@pytest.mark.parametrize("row", HOURS)
def test_hours_are_said_as_people_say_them(row):
    hour, said = row.split()
    assert clock(at(f"2026-11-24 {hour}")) == said
