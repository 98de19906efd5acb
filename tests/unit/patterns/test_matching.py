"""Two ways of writing one place or name meet; two places do not."""

import pytest

from heed.core.patterns.matching import alias_match, place_match


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12 Mill Street", "ZZ1 2CD", None), ("12 Mill St", "zz12cd", "the flat")),
        (("Flat 2, 12 Mill Street", "ZZ1 2CD", None), ("Flat 2 12 Mill Street", "ZZ1 2CD", None)),
        (("12 Mill Stret", "ZZ1 2CD", None), ("12 Mill Street", "ZZ1 2CD", None)),
        (("12 Mill Rd", None, None), ("12 Mill Road", "", None)),
        ((None, None, "Kestrel Cars"), ("", "", "KESTREL CARS")),
    ],
)
def test_these_are_one_place(one, other):
    assert place_match(*one) == place_match(*other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("12 Mill Street", "ZZ1 2CD", None), ("14 Mill Street", "ZZ1 2CD", None)),
        (("Flat 1, 12 Mill Street", "ZZ1 2CD", None), ("Flat 2, 12 Mill Street", "ZZ1 2CD", None)),
        (("12 Mill Street", "ZZ1 2CD", None), ("12 Mill Street", "ZZ1 3CD", None)),
    ],
)
def test_these_are_two(one, other):
    assert place_match(*one) != place_match(*other)


@pytest.mark.parametrize("name", ["home", "the park", "Unknown", "", None])
def test_what_is_said_anywhere_is_no_place(name):
    assert place_match(None, None, name) is None


def test_names_heard_twice():
    assert alias_match("Tazz") == alias_match("TAZ ") == "TAZ"
    assert alias_match("Taz") != alias_match("Uncle Taz")
