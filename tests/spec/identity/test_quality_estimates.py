"""What an estimate says, and when it says nothing: a table."""

import pytest

from heed.core.identity.sampling import Estimate, Least, Told, Unknown, precision, recall
from heed.core.identity.suppression import shown

LEAST = Least(a_side=30, a_band=10)
SURE, NEAR = "joined_sure", "joined_near"
ENOUGH = (Told(SURE, 9_000, 60, 0), Told(NEAR, 1_000, 45, 15))
APART = (Told("review", 500, 20, 40), Told("below_far", 100_000, 0, 60))


def test_a_band_counts_by_its_pairs_and_not_by_how_many_were_drawn():
    """105 of 120 judged were right, 87.5%; but nine pairs in ten are in the band without an error."""
    found = precision(ENOUGH, LEAST)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(0.9 * 1 + 0.1 * 0.75)
    assert (round(found.low, 3), round(found.high, 3)) == (0.920, 0.985)


def test_no_error_found_is_not_no_error():
    found = precision([Told(SURE, 9_000, 60, 0)], LEAST)
    assert isinstance(found, Estimate)
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(0.0250 ** (1 / 60), abs=1e-4)


def test_a_band_far_below_without_a_find_still_widens_what_may_be_missed():
    found = recall((*ENOUGH, *APART), LEAST)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(9_750 / (9_750 + 500 / 3))
    assert found.low < 0.65, "nobody found in 60 of 100,000 may be up to six thousand"


def test_who_cannot_tell_speaks_for_neither():
    clear = precision(ENOUGH, LEAST)
    unclear = precision((Told(SURE, 9_000, 60, 0, 6), ENOUGH[1]), LEAST)
    assert unclear.value == clear.value
    assert unclear.low < clear.low


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        ((), "Nothing is joined"),
        ((Told(SURE, 0),), "Nothing is joined"),
        ((Told(SURE, 9_000, 29, 0),), "29 were told apart or together, and it takes 30"),
        ((Told(SURE, 9_000, 40, 0), Told(NEAR, 1_000, 9, 0)), "1 of 2 has fewer"),
        ((Told(SURE, 9_000, 0, 0, 60),), "0 were told apart"),
    ],
)
def test_too_few_is_said_and_no_figure_given(bands, words):
    found = precision(bands, LEAST)
    assert isinstance(found, Unknown)
    assert words in found.why


def test_a_small_band_is_enough_when_all_of_it_is_judged():
    assert isinstance(precision((Told(SURE, 9_000, 40, 0), Told(NEAR, 3, 2, 1)), LEAST), Estimate)


def test_nothing_is_said_of_what_is_missed_before_the_pairs_apart_are_judged():
    found = recall((*ENOUGH, Told("review", 500, 2, 2)), LEAST)
    assert isinstance(found, Unknown)
    assert "not joined" in found.why


@pytest.mark.parametrize(
    ("counts", "may"),
    [
        ({"f": (40, 30), "m": (35, 25)}, {"f", "m"}),
        ({"f": (40, 30), "m": (35, 9)}, set()),
        ({"f": (40, 30), "m": (35, 25), "x": (3, 1)}, {"f"}),
        ({"f": (40, 30), "m": (35, 25), "x": (3, 1), "y": (2, 2)}, {"f"}),
        ({"f": (40, 30), "m": (35, 25), "x": (8, 7), "y": (9, 8)}, {"f", "m"}),
        ({"f": (7, 7)}, set()),
    ],
)
def test_a_small_group_takes_others_with_it(counts, may):
    assert shown(counts, 10) == may
