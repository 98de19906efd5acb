"""The register's rules held against a dull second way: walking the calendar day by day, and the table step by step."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from heed.core.duty.moves import Level, NotPossible
from heed.core.register.due import (
    Terms,
    days_silent,
    end_of,
    is_lowering,
    is_silent,
    look_on,
    next_visit,
    review_on,
)
from heed.core.register.moves import BY_TWO, TRANSITIONS, Kind, Move, State, next_state
from heed.core.register.panel import may_ask_to_leave
from heed.core.register.seeing import Seen, lacks

LONDON = ZoneInfo("Europe/London")
BEGUN = date(2026, 1, 1)
days = st.dates(BEGUN, date(2027, 12, 31))
terms = st.builds(Terms, st.sampled_from(Level), st.integers(1, 60))
ONE_DAY = timedelta(days=1)


def walked(begun: date, visits: set[date], every: int, today: date) -> bool:
    """Whether she is overdue on a day, by somebody who strikes off days on a calendar and rubs out at each visit."""
    struck, day = 0, begun
    while day < today:
        day += ONE_DAY
        struck = 0 if day in visits else struck + 1
    return struck > every


@given(days, st.sets(days, max_size=6), st.integers(1, 60), st.integers(0, 400))
@settings(max_examples=150)
def test_a_child_is_silent_on_the_days_on_which_a_calendar_on_the_wall_says_so(begun, seen, every, after):
    today = begun + timedelta(days=after)
    known = {day for day in seen if begun < day <= today}
    at = datetime.combine(today, datetime.min.time().replace(hour=12), LONDON).astimezone(UTC)
    next_on = next_visit(begun, known, every)
    assert is_silent(end_of(next_on, LONDON), at) == walked(begun, known, every, today)
    assert days_silent(next_on, today) == len([n for n in range(after + 1) if begun + timedelta(n) > next_on])


@given(days, st.lists(days, max_size=6), st.integers(1, 60), days)
def test_one_visit_more_never_brings_the_day_forward(begun, seen, every, more):
    assert next_visit(begun, [*seen, more], every) >= next_visit(begun, seen, every)


@given(days)
def test_a_day_is_over_when_it_is_over_in_london(day):
    ends = end_of(day, LONDON)
    assert (ends - timedelta(seconds=1)).astimezone(LONDON).date() == day
    assert ends.astimezone(LONDON).date() == day + ONE_DAY


@given(days, st.integers(1, 40), days)
def test_a_measure_is_looked_at_on_the_first_day_that_lies_so_near_its_end(expires, warn, today):
    near = [today + timedelta(n) for n in range(800) if (expires - today - timedelta(n)).days <= warn]
    assert look_on(expires, warn, today) == near[0]
    assert (review_on(today, warn) - today).days == warn


LESS_OF = {Level.HIGH: 2, Level.USUAL: 1}


@given(terms, terms, terms)
def test_nobody_watches_less_by_small_steps_that_are_none(first, then, last):
    """If neither step of two is a lowering, the two together are none."""
    dull = LESS_OF[then.level] < LESS_OF[first.level] or then.every_days > first.every_days
    assert is_lowering(first, then) == dull
    if not is_lowering(first, then) and not is_lowering(then, last):
        assert not is_lowering(first, last)


ALONE = [move for move in Move if move not in BY_TWO | {Move.DECLINED}]


@given(
    st.sampled_from([Kind.CHILD, Kind.PANEL, Kind.RECOMMENDATION]),
    st.lists(st.sampled_from(ALONE), max_size=30),
)
@settings(max_examples=200)
def test_no_sequence_of_one_persons_steps_ends_what_takes_two(kind, moves):
    state = State.OPEN
    for move in moves:
        try:
            state = next_state(kind, state, move)
        except NotPossible:
            assert (state, move) not in TRANSITIONS[kind]
    assert state != State.ENDED


def test_nothing_that_ended_begins_again_and_every_kind_can_end():
    for kind, table in TRANSITIONS.items():
        assert not [move for state, move in table if state == State.ENDED], kind
        assert State.ENDED in table.values(), kind


@given(st.lists(st.sampled_from([Move.CONSIDERED, Move.REVIEWED, Move.ASKED, Move.DECLINED]), max_size=12))
def test_leaving_the_panel_is_asked_only_after_disruption_was_considered_since_it_was_last_declined(moves):
    fresh = False
    for move in moves:
        fresh = True if move == Move.CONSIDERED else False if move == Move.DECLINED else fresh
    assert may_ask_to_leave([Move.OPENED, *moves]) == fresh


WORDS = st.sampled_from(["", "  ", "He waits by the gate."])


@given(WORDS, st.none() | days, st.sampled_from(["home", "telephone", ""]), st.sampled_from(["", "alone", "not_alone"]),
       WORDS, WORDS, days, days)  # fmt: skip
@settings(max_examples=150)
def test_a_visit_is_whole_or_says_what_it_lacks(who, on, how, alone, words, else_, begun, today):
    found = lacks(Seen(who, on, how, alone, words, else_), hows={"home", "school"}, begun=begun, today=today)
    expected = {
        name
        for name, missing in (
            ("who", not who.strip()),
            ("on", on is None or on < begun or on > today),
            ("how", how != "home"),
            ("alone", not alone),
            ("who_else", alone == "not_alone" and not else_.strip()),
            ("words", not words.strip()),
        )
        if missing
    }
    assert set(found) == expected
    assert all(said.endswith(".") for said in found.values())
