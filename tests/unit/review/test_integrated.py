"""The integrated chronology: once with every telling, nothing lost, nothing surer than it was told."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from heed.core.review.asof import Kept, end_of
from heed.core.review.chronology import span
from heed.core.review.integrated import Delay, integrated
from tests.case_story import read

END = end_of(date(2009, 12, 31))


def kept(agency, ref, kind, start, recorded="2009-06-01T12:00:00+00:00", **more):
    told = read({
        "v": 1, "agency": agency, "ref": ref, "revision": 1, "kind": kind, "happened_from": start,
        "recorded_at": recorded, "people": [{"part": "child", "ref": "c"}], **more,
    })  # fmt: skip
    return Kept(1, agency, ref, 1, told.recorded_at, told.recorded_at, told, frozenset({"x"}))


def together(*rows, end=END):
    return [[(t.kept.agency, t.kept.ref) for t in event.tellings] for event in integrated(rows, end).events]


def test_what_two_agencies_tell_of_one_night_stands_once_with_both_tellings_and_their_conflict():
    night = kept("police", "M-1", "missing", "2009-03-14T22:00:00+00:00", happened_to="2009-03-15T06:00:00+00:00",
                 missing={"category": "missing", "risk": "medium"})  # fmt: skip
    log = kept(
        "home", "L-1", "missing", "2009-03-14", happened_to="2009-03-17", missing={"category": "absent"}
    )
    [event] = integrated([night, log], END).events
    assert {each.kept.agency for each in event.tellings} == {"police", "home"}
    assert event.why == "one missing episode"
    assert [each.what for each in event.conflicts] == ["category", "end"]


@pytest.mark.parametrize(("kind", "other", "groups"), [
    ("meeting", "2009-03-14", 1),
    ("meeting", "2009-03-15", 2),
    ("meeting", "2009-03", 2),
    ("school", "2009-03-14", 2),
])  # fmt: skip
def test_only_what_is_held_once_for_all_is_taken_for_one_and_only_where_the_day_is_known(kind, other, groups):
    found = together(kept("police", "A", kind, "2009-03-14T10:00:00+00:00"), kept("health", "B", kind, other))
    assert len(found) == groups


def test_two_records_of_one_agency_are_never_one_event():
    assert (
        len(
            together(
                kept("police", "A", "meeting", "2009-03-14"), kept("police", "B", "meeting", "2009-03-14")
            )
        )
        == 2
    )


def test_delays_from_an_uncertain_date_stay_uncertain():
    [event] = integrated([kept("school", "A", "school", "2009-03", "2009-04-10T00:00:00+00:00")], END).events
    assert event.tellings[0].recorded == Delay(timedelta(days=9, seconds=1), timedelta(days=40))
    assert not event.certain
    assert event.tellings[0].told is None


def test_told_and_answered_count_up_to_the_day_and_silence_grows_until_then():
    told = [
        {"name": "Desk", "at": "2009-06-02T12:00:00+00:00"},
        {"name": "Lead", "at": "2009-06-01T15:00:00+00:00"},
    ]
    row = kept("school", "A", "referral", "2009-05-31", told=told,
               answer={"decision": "no_further_action", "at": "2009-07-01T12:00:00+00:00"})  # fmt: skip
    before = integrated([row], datetime(2009, 6, 11, 12, tzinfo=UTC)).events[0].tellings[0]
    after = integrated([row], END).events[0].tellings[0]
    assert before.told == after.told == Delay(timedelta(hours=3), timedelta(hours=3))
    assert (before.answered, before.unanswered) == (None, timedelta(days=10))
    assert (after.answered, after.unanswered) == (Delay(timedelta(days=30), timedelta(days=30)), None)


def test_ninety_days_of_nothing_are_a_gap_and_eighty_nine_are_not():
    first = kept("school", "A", "school", "2009-01-01")
    assert integrated([first, kept("school", "B", "school", "2009-04-01")], END).gaps == ()
    [gap] = integrated([first, kept("school", "B", "school", "2009-04-02")], END).gaps
    assert (gap.first, gap.last, gap.days) == (date(2009, 1, 2), date(2009, 4, 1), 90)


def test_of_anything_at_random_nothing_is_lost_or_told_twice_and_gaps_are_empty():
    chance = Random(8)
    for _ in range(60):
        rows = [_any(chance, number) for number in range(chance.randrange(1, 25))]
        found = integrated(rows, END)
        told = [t.kept for event in found.events for t in event.tellings]
        assert sorted(each.name for each in told) == sorted(each.name for each in rows)
        for event in found.events:
            agencies = [t.kept.agency for t in event.tellings]
            assert len(set(agencies)) == len(agencies)
        for gap in found.gaps:
            assert gap.days >= 90
            for each in rows:
                this = span(each.told)
                assert this.latest.date() < gap.first or this.earliest.date() > gap.last


def _any(chance, number):
    day = date(2007, 1, 1) + timedelta(days=chance.randrange(900))
    start = chance.choice([day.isoformat(), day.isoformat()[:7], f"{day}T10:00:00+00:00", str(day.year)])
    kind = chance.choice(["meeting", "school", "missing", "visit", "order"])
    return kept(chance.choice(["police", "health", "school"]), f"R-{number}", kind, start)
