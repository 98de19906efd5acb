"""Terms beside fan-in, on rows written by hand."""

from heed.casework.policy.thresholds import read_thresholds
from heed.core.patterns.material import Episode
from heed.core.patterns.terms import missing_at_the_same_time

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
