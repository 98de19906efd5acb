"""Rules 574, 577, 578 and 581 against a dull second implementation that knows only sets of half days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heed.formats.ssda903.days import CollectionYear
from heed.formats.ssda903.rules import RULES, MissingRow, Span

YEAR = CollectionYear(2018)
FIRST = date(2017, 4, 1)
FOREVER = 300

days = st.integers(0, 40)
spans = st.tuples(days, st.none() | st.integers(0, 20)).map(
    lambda pair: (pair[0], None if pair[1] is None else pair[0] + pair[1])
)


def on(number: int) -> date:
    """A day by its number."""
    return FIRST + timedelta(days=number)


def row(span, earlier=(), episodes=()) -> MissingRow:
    """A missing period as a row of the table."""
    start, end = span
    return MissingRow(
        "M",
        f"{on(start):%d/%m/%Y}",
        "" if end is None else f"{on(end):%d/%m/%Y}",
        None,
        YEAR,
        [row(each) for each in earlier],
        [Span(on(start), None if end is None else on(end)) for start, end in episodes],
    )


def in_care(episodes) -> set[int]:
    """Half days on which the child is looked after: two episodes with no half day between are one period."""
    return {half for s, e in episodes for half in range(2 * s, 2 * (FOREVER if e is None else e) + 1)}


@given(spans, st.lists(spans, max_size=5))
def test_starting_outside_care_is_told_by_578_and_581(period, episodes):
    outside = bool(episodes) and 2 * period[0] not in in_care(episodes)
    asked = row(period, episodes=episodes)
    assert RULES["578"](asked) == RULES["581"](asked) == outside


@given(spans, st.lists(spans, max_size=5))
def test_outlasting_care_is_told_by_577(period, episodes):
    start, end = period
    care = in_care(episodes)
    fits = set(range(2 * start, 2 * FOREVER + 1)) <= care if end is None else 2 * end in care
    assert RULES["577"](row(period, episodes=episodes)) == (bool(episodes) and not fits)


@given(spans, st.lists(spans, max_size=5))
def test_overlapping_an_earlier_period_is_told_by_574(period, others):
    earlier = [each for each in others if each[0] <= period[0]]
    away = {day for s, e in earlier for day in range(s, FOREVER if e is None else e)}
    assert RULES["574"](row(period, earlier=earlier)) == (period[0] in away)
