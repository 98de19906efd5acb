"""Counting missing episodes, against a dull second way that goes through minutes, days and pairs one by one."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from heed.core.records.reading import parse
from heed.core.review.episodes import episodes
from heed.core.review.missing_counts import Repeat, counted, crossed, never_reported, number_within, starts
from heed.core.review.missing_facts import Grave, Together, grave, together

START = datetime(2026, 3, 20, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
KINDS = {"police": "police", "home": "home", "school": "school", "health": "health", "academy": "school"}
hours = st.integers(0, 24 * 30)


def record(agency, n, start, length, kind="missing", codes=()):
    begins = START + timedelta(hours=start)
    told = {
        "v": 1, "agency": agency, "ref": f"r{n}", "kind": kind, "happened_from": begins.isoformat(),
        "recorded_at": begins.isoformat(), "people": [{"part": "child", "ref": "c"}], "observations": list(codes),
    }  # fmt: skip
    if length is not None:
        told["happened_to"] = (begins + timedelta(hours=length)).isoformat()
    return parse(told).record


tellings = st.lists(
    st.tuples(st.sampled_from(["police", "home"]), hours, st.one_of(st.none(), st.integers(1, 60))),
    max_size=12,
)


def told_as_records(drawn):
    return [record(agency, n, start, length) for n, (agency, start, length) in enumerate(drawn)]


def _dull_number(alone):
    """Of one agency: those that go on each by itself; the others joined, oldest first, to the newest group in which each
    shares an hour with it."""
    groups = []
    for each in sorted(
        alone, key=lambda one: (one.happened_from.earliest, one.recorded_at, one.agency, one.ref)
    ):
        if each.happened_to is None:
            groups.append([None])
            continue
        length = (each.happened_to.earliest - each.happened_from.earliest) // timedelta(hours=1)
        mine = {each.happened_from.earliest + timedelta(hours=n) for n in range(length)}
        home = next(
            (some for some in reversed(groups[-8:]) if None not in some and all(mine & one for one in some)),
            None,
        )
        if home is None:
            groups.append([mine])
        else:
            home.append(mine)
    return len(groups)


@given(tellings, hours)
def test_nothing_is_lost_or_told_twice_and_what_has_ended_is_counted_as_ever(drawn, at):
    records, now = told_as_records(drawn), START + timedelta(hours=at)
    found = counted(records, now)
    assert sorted(each.ref for one in found for each in one.records) == sorted(each.ref for each in records)
    assert all(each in records for one in found for each in one.records)
    for agency in ("police", "home"):
        alone = [each for each in records if each.agency == agency]
        assert len(counted(alone, now)) == _dull_number(alone)
    ended = [each for each in records if each.happened_to is not None]
    assert counted(ended, now) == episodes(ended)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(24, 400))
def test_two_agencies_that_write_of_tonight_at_different_hours_count_once(police, home, at):
    records = [record("police", 0, police, None), record("home", 1, home, None)]
    assert len(counted(records, START + timedelta(hours=at))) == 1


@given(st.lists(hours, max_size=20), hours, st.integers(1, 40))
def test_how_many_within_so_many_days(begun, at, days):
    now = START + timedelta(hours=at)
    instants = [START + timedelta(hours=each) for each in begun]
    dull = 0
    for each in begun:
        hours_ago = at - each
        if 0 <= hours_ago < 24 * days:
            dull += 1
    assert number_within(instants, now, days) == dull


repeats = st.lists(
    st.builds(Repeat, st.sampled_from("abc"), st.integers(2, 5), st.integers(1, 40), st.booleans()),
    max_size=4,
)


@given(st.lists(hours, max_size=20), hours, repeats)
def test_which_threshold_is_crossed(begun, at, thresholds):
    now = START + timedelta(hours=at)
    found = crossed([START + timedelta(hours=each) for each in begun], now, thresholds)
    best = None
    for repeat in thresholds:
        number = sum(1 for each in begun if at - 24 * repeat.within_days < each <= at)
        if number < repeat.count:
            continue
        if best is None or (repeat.task, number - repeat.count) > best[1]:
            best = (repeat, (repeat.task, number - repeat.count), number)
    assert (found and (found.repeat, found.number)) == (best and (best[0], best[2]))


absences = st.lists(
    st.tuples(st.sampled_from(sorted(KINDS)), hours, st.integers(1, 70), st.booleans()), max_size=12
)


@given(absences, tellings, st.integers(1, 3))
def test_days_on_which_agencies_agree_and_nobody_reported(drawn, missing, agree):
    code = {True: ["school_absence"], False: ["tired_or_unwell"]}
    said = [record(a, n, s, length, "health", code[says]) for n, (a, s, length, says) in enumerate(drawn)]
    found = counted(told_as_records(missing), START + timedelta(days=60))
    runs = never_reported(said, found, KINDS, {"school", "home", "health"}, agree)
    days = []
    for n in range(40):
        day = (START + timedelta(days=n)).date()
        who = set()
        for agency, begins, length, says in drawn:
            first, last = (START + timedelta(hours=h) for h in (begins, begins + length))
            if says and KINDS[agency] != "police" and first.date() <= day <= last.date():
                who.add(KINDS[agency])
        if len(who) >= agree and not any(day in one.days for one in found):
            days.append(day)
    listed = [run.first + timedelta(days=n) for run in runs for n in range((run.last - run.first).days + 1)]
    assert listed == days
    assert all((later.first - before.last).days > 1 for before, later in pairwise(runs))
    assert len(starts(found, runs)) == len(found) + len(runs)


@given(hours, st.integers(1, 60), st.dates(date(2005, 1, 1), date(2026, 1, 1)))
def test_what_asks_a_lead_at_once(start, length, born):
    rule = Grave(datetime(2026, 1, 1, 3).time(), 24, 13)
    [episode] = counted([record("police", 0, start, length)], START)
    begins = START + timedelta(hours=start)
    dull = []
    minutes = (begins + timedelta(minutes=n) for n in range(60 * length + 1))
    if any((at.astimezone(LONDON).hour, at.minute) == (3, 0) for at in minutes):
        dull.append("overnight")
    if length > 24:
        dull.append("longer")
    years, on = 0, begins.astimezone(LONDON).date()
    while (on.year - 1 - years, on.month, on.day) >= (born.year, born.month, born.day):
        years += 1
    if years < 13:
        dull.append("young")
    assert grave(episode, START, [born.isoformat()], rule, LONDON) == dull


@given(
    st.lists(
        st.tuples(hours, st.sets(st.sampled_from(["school_absence", "new_phone", "overnight"]))), max_size=8
    ),
    hours,
)
def test_what_comes_together_around_an_episode(drawn, begun):
    said = [record("home", n, start, None, "care", sorted(codes)) for n, (start, codes) in enumerate(drawn)]
    rule = Together(3, frozenset({"school_absence"}), frozenset({"new_phone"}))
    near = [(n, codes) for n, (start, codes) in enumerate(drawn) if -72 < start - begun < 72]
    absent = {n for n, codes in near if "school_absence" in codes}
    things = {n for n, codes in near if "new_phone" in codes}
    dull = sorted(("home", f"r{n}") for n in absent | things) if absent and things else []
    assert together(said, START + timedelta(hours=begun), rule) == dull
