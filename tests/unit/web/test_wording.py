"""Figures and times as people say them."""

from datetime import timedelta

import pytest

from heed.core.records.when import parse_instant, parse_when
from heed.web.presenters import wording


def told(text):
    return parse_when(text) if text else None


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "no records"),
        (1, "one record"),
        (2, "two records"),
        (12, "twelve records"),
        (1204, "1,204 records"),
    ],
)
def test_a_number_with_its_noun(count, words):
    assert wording.counted(count, "record") == words


def test_a_noun_that_is_not_made_with_an_s():
    assert wording.counted(3, "child", "children") == "three children"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "never"), (1, "once"), (2, "twice"), (3, "three times"), (43, "43 times")]
)
def test_how_often(count, words):
    assert wording.times(count) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["police"], "police"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(words, sentence):
    assert wording.listed(words) == sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2009-03-14T22:10:00+00:00", "14 March 2009 at 22:10"),
        ("2009-06-14T22:10:00+00:00", "14 June 2009 at 23:10"),
        ("2009-03-14", "14 March 2009"),
        ("2009-03", "some time in March 2009"),
        ("2009", "some time in 2009"),
        (None, "not said when"),
    ],
)
def test_a_time_is_said_as_certainly_as_it_was_told(text, words):
    assert wording.when(told(text)) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (
            "2009-03-14T22:10:00+00:00",
            "2009-03-15T06:30:00+00:00",
            "14 March 2009 at 22:10 to 15 March 2009 at 06:30",
        ),
        ("2009-03-14T20:10:00+00:00", "2009-03-14T22:30:00+00:00", "14 March 2009 at 20:10 to 22:30"),
        ("2009-03-14", "2009-03-16", "14 March 2009 to 16 March 2009"),
        ("2009-03-14", "2009-03-14", "14 March 2009"),
        ("2009-03", None, "some time in March 2009"),
    ],
)
def test_from_when_to_when(start, end, words):
    assert wording.between(told(start), told(end)) == words


@pytest.mark.parametrize(
    ("happened", "recorded", "words"),
    [
        ("2009-03-14T22:10:00+00:00", "2009-03-14T22:10:30+00:00", "at once"),
        ("2009-03-14T22:10:00+00:00", "2009-03-14T22:50:00+00:00", "40 minutes after it happened"),
        ("2009-03-14T22:10:00+00:00", "2009-03-15T09:10:00+00:00", "11 hours after it happened"),
        ("2009-03-14T22:10:00+00:00", "2009-06-19T23:10:00+00:00", "97 days after it happened"),
        (
            "2009-03-14T22:10:00+00:00",
            "2009-03-14T21:00:00+00:00",
            "before the time it is said to have happened",
        ),
        ("2009-03-14", "2009-03-14T09:00:00+00:00", "the same day"),
        ("2009-03", "2009-03-20T09:00:00+00:00", "the same month"),
        ("2009-03", "2009-06-20T09:00:00+00:00", "80 days after it happened"),
        ("2009", "2011-07-01T09:00:00+00:00", "1 year 6 months after it happened"),
        (None, "2009-03-20T09:00:00+00:00", "it does not say when it happened"),
    ],
)
def test_how_long_it_took_to_write_down(happened, recorded, words):
    assert wording.delay(told(happened), parse_instant(recorded)) == words


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.7, "in most"),
        (0.05, "in about one in 20"),
        (0.0004, "in about one in 2,500"),
        (0.000123, "in about one in 8,100"),
        (1e-9, "in fewer than one in a million"),
        (0.0, "in fewer than one in a million"),
    ],
)
def test_a_small_chance_is_a_count_of_looks(chance, words):
    assert wording.one_in(chance) == words


@pytest.mark.parametrize(
    ("days", "words"), [(1, "1 day"), (97, "97 days"), (400, "1 year 1 month"), (730, "2 years")]
)
def test_long_spans(days, words):
    assert wording.lasting(timedelta(days=days)) == (words if days > 1 else "24 hours")
