"""Sweeping what is due costs what is due, not what is open: beside a bare question, on one PostgreSQL, in one run."""

import pytest

from bench.duties import MOST_TIMES, measured
from tests.figures import figure

SIZES = [10_000, 200_000]


@pytest.mark.drill
def test_the_sweep_keeps_up_with_a_bare_question():
    few, many = measured(SIZES)
    assert many.ratio <= MOST_TIMES, many
    assert many.moved <= 3 * few.moved + 1, (few, many)
    figure(
        f"The clock finds 1,000 duties due among {many.open:,}, beside a bare SELECT ... FOR UPDATE SKIP LOCKED",
        f"{many.ratio:.2f} times; moves all of them in {many.moved:.1f} s, among {few.open:,} in {few.moved:.1f} s",
        f"at most {MOST_TIMES:g} times; not growing with those not due",
    )
