"""Which of the things raised are told: the same once, and no more a week than people can read."""

from dataclasses import replace

import pytest

from heed.core.patterns.budget import Fitted, fitted, threshold_for, told, without_repeats
from heed.core.patterns.raised import Evidence, Raised, Standing


def raised(day: int, people: str, strength: float = 9.0, around: str = "place mill") -> Raised:
    """A raising of some children, each a letter."""
    behind = (Evidence("police", f"r{day}", "a", day, 1 << 40, "police a"),)
    return Raised("shared_place", "2", around, day, tuple(people), (), behind, (), "", "", strength, 0.1)


def test_the_same_place_and_much_the_same_children_are_told_once():
    rows = [
        raised(1, "abc"),
        raised(20, "abcd"),
        raised(30, "abc", around="vehicle car"),
        raised(40, "xyz", around="p"),
    ]
    alerts = told(rows, 5.0)
    assert [(alert.first.day, len(alert.grown)) for alert in alerts] == [(1, 3), (40, 1)]


def test_after_half_a_year_it_is_new():
    assert len(told([raised(1, "abc"), raised(183, "abc")], 5.0)) == 1
    assert len(told([raised(1, "abc"), raised(184, "abc")], 5.0)) == 2


def test_what_stays_below_the_threshold_is_not_told():
    assert told([raised(1, "abc", 4.9)], 5.0) == []


@pytest.mark.parametrize(("budget", "alerts"), [(0.05, 5), (0.1, 10), (0.2, 20), (1.0, 40)])
def test_the_threshold_is_the_smallest_that_keeps_the_budget(budget, alerts):
    rows = [raised(7 * n, f"{n}abc"[:2] + str(n), 5.0 + n / 4, around=f"p{n}") for n in range(40)]
    rows = [replace(row, people=(f"{row.day}x", f"{row.day}y")) for row in rows]
    threshold = threshold_for(rows, 100, budget, 4.0)
    assert len(told(rows, threshold)) == alerts
    assert threshold == 4.0 or len(told(rows, threshold - 0.25)) > budget * 100


def test_a_month_is_fitted_on_what_came_before_it_alone():
    rows = [replace(raised(7 * n, "", 9.0, f"p{n}"), people=(f"{n}x", f"{n}y")) for n in range(200)]
    first, last = 364, 1400
    whole = fitted(rows, first, last, 0, 0.2, 8.0, 4.0)
    for day in (392, 700, 1036):
        until_then = fitted([row for row in rows if row.day < day], first, day, 0, 0.2, 8.0, 4.0)
        assert until_then.at(day) == whole.at(day) > 8.0
    assert whole.at(first - 1) == 8.0
    assert whole.days[1] - whole.days[0] == 28


def test_a_short_past_leaves_policys_threshold():
    assert fitted([], 364, 700, 360, 0.2, 8.0, 4.0).at(400) == 8.0
    assert Fitted(8.0).at(10) == 8.0


def test_of_findings_that_stand_the_first_of_the_same_children_is_kept():
    early, late = raised(5, "abc"), raised(9, "abcd", 12.0, "vehicle car")
    alone = replace(raised(3, "a", around="a"), detector="own_rate")
    kept = without_repeats([Standing(late, late), Standing(early, early), Standing(alone, alone)])
    assert [standing.raised for standing in kept] == [alone, early]
