"""The statistics against known values."""

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from heed.core.patterns.formulas import (
    CONVERGING,
    FAN_IN,
    RARE_MARKER,
    TOGETHER,
    marker_chance,
    mixture,
    own_tail,
    since_first_contact,
    usual,
    usual_at_busy,
)


@pytest.mark.parametrize("q", [FAN_IN, TOGETHER, RARE_MARKER, CONVERGING])
@pytest.mark.parametrize("mean", [0.01, 0.25, 1.0, 4.0])
def test_under_chance_the_mixture_is_an_e_value_with_mean_one(q, mean):
    counts = np.arange(0, 3000)
    expected = np.exp(mixture(counts, np.full(counts.shape, mean), q) + poisson.logpmf(counts, mean)).sum()
    assert expected == pytest.approx(1.0, abs=1e-9)


def test_the_mixture_by_hand():
    by_hand = np.log(np.mean([np.exp(3 * np.log(q) - (q - 1) * 0.25) for q in (2, 4, 8, 16, 32, 64)]))
    assert float(mixture(3, 0.25, FAN_IN)) == pytest.approx(by_hand)
    assert float(mixture(0, 0.25, FAN_IN)) < 0


def test_the_usual_of_a_hub_nobody_has_recorded_is_the_areas_mean():
    assert float(usual(0, 0, 0.25)) == pytest.approx(0.25)
    assert float(usual(0, 2, 0.25)) == pytest.approx(0.3 / 3.2)


def test_a_busy_hub_is_held_against_its_own_windows():
    assert float(usual_at_busy(usual(190, 2, 0.25), 100)) == 100
    assert float(usual_at_busy(0.4, 1.0)) == 0.4


@pytest.mark.parametrize(("y", "n0", "before"), [(1, 0, 104), (5, 3, 104), (9, 10, 60)])
def test_without_bursts_the_own_tail_is_the_exact_posterior_predictive(y, n0, before):
    exact = nbinom.sf(y - 1, 0.35 + n0, (4.5 + before) / (4.5 + before + 8))
    assert float(own_tail(y, n0, before, weeks=8, a=0.35, b=4.5, burst=1)) == pytest.approx(exact)


def test_bursts_widen_the_tail_and_keep_the_mean():
    narrow, wide = (own_tail(np.arange(1, 400), 6, 104, weeks=8, a=0.35, b=4.5, burst=k) for k in (1, 2))
    assert narrow.sum() == pytest.approx(wide.sum()) == pytest.approx(6.35 * 8 / 108.5)
    assert wide[8] > narrow[8]
    assert float(own_tail(0, 6, 104, weeks=8, a=0.35, b=4.5, burst=2)) == 1.0


def test_change_since_first_contact_stays_within_its_bounds():
    assert float(since_first_contact(0, 5.0, 26)) == -1.0
    assert float(since_first_contact(50, 0.01, 26)) == 3.0
    assert float(since_first_contact(2, 0.1, 5)) == pytest.approx((2 * np.log(3) - 1.0) / 2)


def test_a_marker_everybody_holds_is_certain():
    assert float(marker_chance(10, 10, 1)) == 1.0
    assert float(marker_chance(1, 100, 3)) == pytest.approx(1 - 0.99**3)
