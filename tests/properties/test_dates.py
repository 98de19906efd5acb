"""Dates as people write them, read back: the day that was meant, or none. Never another one."""

from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from heed.formats.dates import LONDON, Habits, Unread, read_date

WAYS = {
    "day first": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%a %d/%m/%Y", "%d%m%Y"),
    "month first": ("%m/%d/%Y", "%m-%d-%Y", "%m%d%Y"),
    "year first": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
    None: ("%d %B %Y", "%d-%b-%Y", "%A, %d %B %Y", "%B %d, %Y", "%Y-%m-%d"),
}
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@settings(max_examples=2000, deadline=None)
@given(day=DAYS, order=st.sampled_from(list(WAYS)), way=st.integers(0, 10))
def test_a_day_in_the_order_the_mapping_says_is_that_day(day, order, way):
    shapes = WAYS[order]
    assert read_date(day.strftime(shapes[way % len(shapes)]), Habits(order=order)).text == day.isoformat()


@settings(max_examples=5000, deadline=None)
@given(day=DAYS, shape=st.sampled_from(("%d/%m/%Y", "%m/%d/%Y")))
def test_without_an_order_a_day_is_read_only_where_it_has_one_reading(day, shape):
    read = read_date(day.strftime(shape), Habits())
    has_one = day.day > 12 or day.day == day.month
    assert isinstance(read, Unread) is not has_one
    assert isinstance(read, Unread) or read.text == day.isoformat()


@settings(max_examples=2000, deadline=None)
@given(day=DAYS, window=st.integers(1900, 2100))
def test_two_digits_lie_in_the_hundred_years_the_mapping_names_or_nowhere(day, window):
    text = day.strftime("%d/%m/") + f"{day.year % 100:02}"
    assert isinstance(read_date(text, Habits(order="day first")), Unread)
    read = read_date(text, Habits(order="day first", window=window))
    if isinstance(read, Unread):
        assert (day.month, day.day) == (2, 29)
    else:
        assert window <= int(read.text[:4]) < window + 100
        assert read.text[2:] == day.isoformat()[2:]


@settings(max_examples=2000, deadline=None)
@given(st.datetimes(datetime(1900, 1, 1), datetime(2037, 12, 31)))
def test_a_local_time_is_its_instant_or_its_day(moment):
    read = read_date(moment.strftime("%d/%m/%Y %H:%M:%S"), Habits(order="day first"))
    if read.note:
        assert read.text == moment.date().isoformat()
    else:
        told = datetime.fromisoformat(read.text)
        assert told.replace(tzinfo=None) == moment.replace(microsecond=0)
        assert told.astimezone(LONDON).replace(tzinfo=None) == moment.replace(microsecond=0)


@settings(max_examples=3000, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.from_regex(r"[0-9]{1,4}[/. -][0-9A-Za-z]{1,9}[/. -][0-9]{1,5}( [0-9:]{1,8})?"),
    )
)
def test_anything_is_a_date_that_stands_in_it_or_none(text):
    for order in ("day first", "month first", None):
        read = read_date(text, Habits(order=order, window=1930))
        if not isinstance(read, Unread):
            digits = "".join(c if c.isdigit() else " " for c in text).split()
            assert any(read.text[2:4] in part or read.text[:4] == part for part in digits)
