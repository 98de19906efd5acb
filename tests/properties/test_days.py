"""Dates of a return: never read as a day that another reader of dd/mm/yyyy would not read."""

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from heed.formats.ssda903.days import EARLIEST, LATEST, day

parts = st.integers(0, 32).map(str) | st.integers(0, 32).map("{:02}".format)
years = st.integers(1800, 2300).map(str) | st.integers(0, 99).map("{:02}".format)
marks = st.sampled_from(["/", "/", "/", "-", ".", ""])
written = st.tuples(parts, marks, parts, marks, years).map("".join) | st.text("0123456789/-. ٣", max_size=12)


@given(written)
@settings(max_examples=2000)
def test_no_date_is_read_differently_by_the_standard_library(text):
    ours = day(text)
    if ours is not None:
        assert ours == datetime.strptime(text, "%d/%m/%Y").date()


@given(st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31)))
def test_every_day_is_read_as_it_is_written(some):
    assert day(f"{some:%d/%m/%Y}") == some
