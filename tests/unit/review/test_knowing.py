"""Who knew what on a day: nothing that was written down later, from three clocks and the ledger."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from heed.core.review.answer import as_json
from heed.core.review.asof import Kept, end_of, stood
from heed.core.review.knowing import Facts, Look, Noticed, Owed, Sight, Step, Who, knew
from tests.case_story import read

DAY = date(2009, 3, 20)
END = end_of(DAY)
SAM = Who("social_care", 7, "Sam Oduya", "duty social worker", "frontline")
LENA = Who("social_care", 8, "Lena Holt", "designated lead", "senior")
DESK = {"agency": "police", "name": "Duty desk", "role": "sergeant", "grade": "supervisor"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def kept(
    row, ref, recorded, received="2026-11-01", revision=1, batch=(), names=True, agency="school", **more
):
    """A record of a day in March 2009 about one child of the school's files."""
    told = read({
        "v": 1, "agency": agency, "ref": ref, "revision": revision, "kind": "referral",
        "happened_from": "2009-03-10", "recorded_at": at(recorded).isoformat(),
        "author": {"name": "R. Bell", "role": "pastoral lead", "grade": "frontline"},
        "people": [{"part": "child", "ref": "s-7"}], **more,
    })  # fmt: skip
    sources = frozenset({f"{agency} s-7"}) if names else frozenset()
    return Kept(row, agency, ref, revision, at(recorded), at(received), told, sources, tuple(batch))


def answer(facts, agency=""):
    return as_json(knew(facts, END, agency))


def rows(*revisions):
    return [each.row for each in stood(revisions, END)]


def test_what_was_written_down_the_day_after_is_not_known():
    assert rows(kept(1, "A", "2009-03-20T23:59:59"), kept(2, "B", "2009-03-21T00:00:00")) == [1]


@pytest.mark.parametrize(("recorded", "received", "stands"), [
    # Written down later by its own word, and before the day: it stands, whenever Heed got it.
    ("2009-03-15", "2026-11-02", 2),
    # It keeps the time of the first: nobody can say when it was written, unless it was here.
    ("2009-03-12", "2026-11-02", 1),
    ("2009-03-12", "2009-03-19", 2),
    ("2009-03-21", "2009-03-19", 1),
])  # fmt: skip
def test_a_revision_of_later_never_speaks_for_the_past(recorded, received, stands):
    first = kept(1, "A", "2009-03-12", "2009-03-12T09:00:00")
    assert rows(first, kept(2, "A", recorded, received, revision=2)) == [stands]


def test_a_revision_that_no_longer_names_the_child_takes_the_record_away_from_its_day_on():
    first, second = kept(1, "A", "2009-03-12"), kept(2, "A", "2009-03-19", revision=2, names=False)
    assert rows(first, second) == []
    assert [each.row for each in stood([first, second], end_of(date(2009, 3, 18)))] == [1]


@pytest.mark.parametrize(("received", "states", "stands"), [
    ("2009-03-13", [("2009-03-13", "open"), ("2009-03-21", "withdrawn")], [1]),
    ("2009-03-13", [("2009-03-13", "open"), ("2009-03-20", "withdrawn")], []),
    ("2009-03-13", [("2009-03-13", "held"), ("2009-03-21", "released")], []),
    # It came after the day: it stands on the agency's word alone, and the word was taken back.
    ("2026-11-01", [("2026-11-01", "open"), ("2026-11-05", "withdrawn")], []),
    ("2026-11-01", [("2026-11-01", "held"), ("2026-11-05", "released")], [1]),
])  # fmt: skip
def test_a_batch_counts_as_it_stood_that_day(received, states, stands):
    batch = [(at(since), state) for since, state in states]
    assert rows(kept(1, "A", "2009-03-12", received, batch=batch)) == stands


def test_an_erased_record_is_named_and_says_nothing():
    gone = Kept(1, "school", "A", 1, at("2009-03-12"), at("2009-03-12"), None, frozenset({"school s-7"}))
    told = answer(Facts([gone]))
    assert (told["erased"], told["records"], told["people"]) == ([["school", "A"]], [], [])


def test_a_record_dated_ahead_of_its_arrival_is_passed_over_and_counted():
    told = answer(Facts([kept(1, "A", "2009-04-01", "2009-03-12")]))
    assert (told["records"], told["dated_later_than_received"]) == ([], 1)


@pytest.mark.parametrize(("happened", "to", "word"), [
    ("2009-03-20", None, "happened"),
    ("2009-03", None, "may_have_happened"),
    ("2009-02", None, "happened"),
    ("2009-03-25", None, "not_yet"),
])  # fmt: skip
def test_an_uncertain_date_stays_uncertain(happened, to, word):
    [told] = answer(Facts([kept(1, "A", "2009-03-12", happened_from=happened, happened_to=to)]))["records"]
    assert (told["happened_from"], told["happened"], told["received_at"]) == (happened, word, None)


def test_people_had_been_told_and_had_answered_only_up_to_the_day():
    reply = {"decision": "no_further_action", "by": {"name": "T. Lowe", "role": "team manager"}}
    told = answer(Facts([
        kept(1, "A", "2009-03-12", told=[DESK | {"at": "2009-03-13T09:00:00+00:00"}],
             answer=reply | {"at": "2009-03-21T00:00:00+00:00"}),
        kept(2, "B", "2009-03-12", told=[DESK | {"at": "2009-03-21T00:00:00+00:00"}, {"name": "Matron"}]),
    ]))["people"]  # fmt: skip
    known = {each["name"]: (each["agency"], each["told"], each["answered"]) for each in told}
    assert known == {
        "R. Bell": ("school", [], []),
        "Duty desk": ("police", [["school", "A", "2009-03-13T09:00:00+00:00"]], []),
        "Matron": ("school", [["school", "B", None]], []),
    }


def house():
    """A record that Sam was shown, owed an answer on, and answered the day after."""
    steps = (
        Step(1, at("2009-03-13"), at("2009-03-13"), "opened", None, SAM, 0, at("2009-03-16"), ""),
        Step(2, at("2009-03-16"), at("2009-03-16"), "climbed", None, LENA, 1, at("2009-03-18"), ""),
        Step(3, at("2009-03-21"), at("2009-03-21"), "answered", LENA, LENA, 1, None, "accepted"),
    )
    return Facts(
        [kept(1, "A", "2009-03-12", "2009-03-13"), kept(2, "B", "2009-03-12", "2009-03-13")],
        [
            Look(12, at("2009-03-15"), SAM, "child", frozenset({1, 99})),
            Look(15, at("2009-03-16"), SAM, "child", frozenset({1})),
            Look(40, at("2009-03-21"), LENA, "child", frozenset({1, 2})),
        ],
        [Owed("D-1", 1, "ladder", "social_care", "school", steps)],
        [
            Noticed(LENA, at("2009-03-16"), "D-1", 2, "climbed"),
            Noticed(LENA, at("2009-03-21"), "D-1", 3, "x"),
        ],
        [
            Sight(SAM, "school s-7", at("2009-03-13"), at("2009-03-20")),
            Sight(LENA, "school s-7", at("2009-03-16"), at("2009-04-16")),
            Sight(LENA, "school other", at("2009-01-01"), at("2010-01-01")),
        ],
    )


def test_looks_steps_notices_and_sight_stop_at_the_day():
    told = answer(house())
    people = {each["name"]: each for each in told["people"]}
    sam, lena = people["Sam Oduya"], people["Lena Holt"]
    assert sam["opened"] == [["school", "A", "2009-03-15T00:00:00+00:00", "child"]]
    assert (sam["could_see"], sam["owed"]) == (False, [["D-1", "2009-03-13T00:00:00+00:00"]])
    assert (lena["opened"], lena["did"], lena["could_see"]) == ([], [], True)
    assert lena["notified"] == [["D-1", 2, "climbed", "2009-03-16T00:00:00+00:00"]]
    [duty] = told["duties"]
    assert (duty["state"], duty["rung"], duty["owner"], len(duty["steps"])) == ("open", 1, 8, 2)


def test_one_agency_knew_its_own_and_what_its_people_met():
    told = answer(house(), "social_care")
    assert [each["ref"] for each in told["records"]] == ["A"]
    assert told["agencies"] == [
        {"agency": "social_care", "recorded": 0, "first_recorded_at": None, "of_others": 1, "people": 1}
    ]
    assert answer(house(), "police") == answer(Facts([]), "police")


def test_a_duty_stands_where_its_steps_had_led_even_where_a_clock_went_back():
    steps = house().duties[0].steps
    late = Step(4, at("2009-03-14"), at("2009-03-14"), "disagreed", SAM, LENA, 1, None, "")
    facts = replace(house(), duties=[replace(house().duties[0], steps=(*steps, late))])
    assert answer(facts)["duties"] == answer(house())["duties"]
