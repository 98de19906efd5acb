"""Terms beside fan-in, on rows written by hand."""

from itertools import combinations
from random import Random

import pytest

from heed.casework.policy.thresholds import read_thresholds
from heed.core.patterns.material import Episode
from heed.core.patterns.terms import missing_at_the_same_time, overlaps, overlaps_expected

FRIENDS = ("ann", "ben", "cat", "dan")
LIMITS = read_thresholds()["shared_place"]
HOME = {name: f"home of {name}" for name in FRIENDS}


def away(name: str, ref: str) -> list[Episode]:
    """One night away, as a record tells it."""
    return [Episode(name, f"police {name}", 1, "police", ref, 0, 36000, 36000, 1 << 40, HOME[name])]


def test_friends_whom_one_record_names_together_are_company_not_coincidence():
    one_record = missing_at_the_same_time({name: away(name, "m1") for name in FRIENDS}, HOME, LIMITS)
    assert (one_record.seen, one_record.pairs) == (0, ())
    assert one_record.adds <= 0


def test_the_same_night_told_child_by_child_is_a_coincidence():
    each = missing_at_the_same_time({name: away(name, f"m-{name}") for name in FRIENDS}, HOME, LIMITS)
    assert each.seen == 6
    assert each.adds > 0


def test_one_pass_by_time_counts_as_pair_by_pair_does():
    for seed in range(300):
        episodes, home = drawn(Random(seed))
        seen, expected, pairs = pair_by_pair(episodes, home)
        told = missing_at_the_same_time(episodes, home, LIMITS)
        assert told.expected == pytest.approx(expected)
        if expected:
            assert (told.seen, list(told.pairs)) == (seen, pairs)


def drawn(random):
    """Six children of three homes, with up to five absences each, some told of by one record."""
    home = {person: random.choice("xyz") for person in "abcdef"}
    episodes = {}
    for person in home:
        starts = [random.randrange(40) for _ in range(random.randrange(6))]
        episodes[person] = [
            Episode(person, person, n, "police", random.choice("123456789"), at, at + random.randint(1, 10), 0, 0,
                    home[person])
            for n, at in enumerate(starts)
        ]  # fmt: skip
    return episodes, home


def pair_by_pair(episodes, home):
    """The dull way."""
    apart = [(x, y) for x, y in combinations(sorted(episodes), 2) if home[x] != home[y]]
    counts = {pair: overlaps(*(episodes[each] for each in pair)) for pair in apart}
    window_s = LIMITS["window_weeks"] * 7 * 86400
    expected = sum(
        overlaps_expected(episodes[x], episodes[y], window_s, LIMITS["evening_factor"]) for x, y in apart
    )
    return sum(counts.values()), expected, [pair for pair in apart if counts[pair]]
