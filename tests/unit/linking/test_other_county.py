"""The committed model on people from another generator, with other habits: cautious, and honest about it."""

import pytest

from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.rehearsal import tried_on
from heed.warehouse.linking.town import town_of
from tests.linkage_other import registers
from tests.linkage_other.offices import HARD, MILD, county

PEOPLE, SEED = 1200, 7
BARS = {MILD: (0.985, 0.65), HARD: (0.975, 0.48)}
"""Precision and recall; seen when written 0.990 and 0.68, 0.977 and 0.50. Half of these files hold names alone, a child
shares hers with a stranger in one case of eleven, and one pair in seven has a side of which only a first name was said.
Fitted with the truth on other seeds of this generator, the same comparisons reached 0.993 at 0.64 and 0.986 at 0.61 at
best: no more than that is in these files."""
THIRD = 0.995, 0.68
"""The same of the third county, on which nothing was ever fitted; seen 0.998 and 0.72."""


@pytest.mark.parametrize("sort", [MILD, HARD])
def test_strangers_of_another_county_are_not_joined(sort):
    documents, truth = county(PEOPLE, SEED, sort)
    found = tried_on(town_of(documents, truth, f"other, {sort}"), current_model())
    print("\n".join(found.lines()))
    assert found.quality.precision >= BARS[sort][0], found.quality.line()
    assert found.quality.recall >= BARS[sort][1], found.quality.line()
    sure = [band for band in found.bands if band.low >= 0.9]
    assert all(band.true >= band.low - 0.05 for band in sure if band.pairs >= 50), found.bands


def test_the_same_seed_gives_the_same_county():
    assert county(50, 3, HARD) == county(50, 3, HARD)
    assert county(50, 3, HARD) != county(50, 4, HARD)


def test_a_third_county_that_nothing_was_fitted_on():
    documents, truth = registers.county(1500, 1)
    found = tried_on(town_of(documents, truth, "third"), current_model())
    print("\n".join(found.lines()))
    assert found.quality.precision >= THIRD[0], found.quality.line()
    assert found.quality.recall >= THIRD[1], found.quality.line()
