"""The statistics of the detectors: small functions on counts. Source: study of detection, section 1.

Every result is in natural-log units or a probability; counts are of the units named in the arguments.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

type Numbers = NDArray[np.float64]

FAN_IN = (2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
"""How many times its usual number of households an entity may be gathering (D3). The rarest kinds of thing are shared
by chance so seldom that sixteen times their usual says too little."""
TOGETHER = (1.5, 3.0, 8.0)
"""How many times as often as by chance two children may be away at the same time (D2)."""
RARE_MARKER = (4.0, 16.0, 64.0)
"""How many times as often as by chance a group may share a further marker (D5)."""

CONVERGING = (2.0, 4.0, 8.0)
"""How many times as many agencies as by chance may each hold a piece (D7)."""


def mixture(n: ArrayLike, e: ArrayLike, q: Sequence[float]) -> Numbers:
    """M(n, e; Q) = ln( mean over q of exp(n ln q - (q - 1) e) ): n seen where e are expected.

    Under a Poisson count with known mean e, exp(M) has mean 1: it is an e-value, so chance <= exp(-M).
    """
    rates = np.asarray(q, dtype=np.float64)
    seen = np.asarray(n, dtype=np.float64)[..., None]
    expected = np.asarray(e, dtype=np.float64)[..., None]
    terms = seen * np.log(rates) - (rates - 1) * expected
    top = terms.max(axis=-1)
    return np.asarray(top + np.log(np.exp(terms - top[..., None]).mean(axis=-1)))


def usual(h: ArrayLike, history: ArrayLike, mean_of_new: ArrayLike, strength: float = 0.3) -> Numbers:
    """mu = (0.3 + h) / (0.3 / mu0 + H / w): settings expected in a window, from the entity's own history.

    h: distinct settings in the history; history: its length in windows (H / w); mean_of_new: mu0.
    """
    seen = np.asarray(h, dtype=np.float64)
    prior = strength / np.asarray(mean_of_new, dtype=np.float64)
    return np.asarray((strength + seen) / (prior + np.asarray(history, dtype=np.float64)))


def mean_of_new(hubs: ArrayLike, others: ArrayLike, stated: float, worth: float = 20.0) -> Numbers:
    """mu0 of a kind of thing from the area's own records: households beside the first at hubs never recorded before.

    hubs: how many such hubs there were; others: further households at them, all told; stated: what policy says, which
    counts as `worth` hubs. Kept within a tenth and four times what policy states.
    """
    seen, count = np.asarray(others, dtype=np.float64), np.asarray(hubs, dtype=np.float64)
    return np.asarray(np.clip((stated * worth + seen) / (worth + count), stated / 10, stated * 4))


def usual_at_busy(mu: ArrayLike, per_window: ArrayLike, busy_from: float = 3.0) -> Numbers:
    """mu, but never below what a busy hub's own earlier windows show, one by one.

    Distinct settings do not add up over windows, and the prior pulls every hub towards a quiet one: at a
    busy hub both make the usual look too small. per_window: mean distinct settings of single windows before.
    """
    mean = np.asarray(per_window, dtype=np.float64)
    return np.asarray(np.where(mean >= busy_from, np.maximum(mu, mean), mu))


def in_groups(mu: ArrayLike, groups: float) -> Numbers:
    """By how much a surplus at a busy place is discounted: 1 where nobody is usual, up to 1 + groups where many are.

    People come to a busy place in groups, so that its counts spread wider than Poisson's; to a quiet one they do not.
    """
    often = np.asarray(mu, dtype=np.float64)
    return np.asarray(1.0 + groups * often / (often + 3.0))


def own_tail(
    y: ArrayLike, n0: ArrayLike, weeks_before: ArrayLike, *, weeks: float, a: float, b: float, burst: float
) -> Numbers:
    """P(Y >= y) for episodes in `weeks`, given n0 in `weeks_before` and a Gamma(a, b) prior on the weekly rate.

    Negative binomial with r = (a + n0) / burst. p is set so that burst inflates the variance and leaves
    the mean (a + n0) weeks / (b + T0) as it is; with burst = 1 it is the exact posterior predictive.
    """
    r = (a + np.asarray(n0, dtype=np.float64)) / burst
    spread = burst * weeks / (b + np.asarray(weeks_before, dtype=np.float64))
    seen = np.asarray(y, dtype=np.float64)
    tail = betainc(np.maximum(seen, 1.0), r, spread / (1.0 + spread))
    return np.asarray(np.where(seen < 1, 1.0, tail))


def since_first_contact(
    n1: ArrayLike, rate: ArrayLike, weeks_after: ArrayLike, burst: float = 2.0, repeats: ArrayLike = 0.0
) -> Numbers:
    """D4: (n1 ln 3 - 2 (lambda T1 + repeats)) / burst, kept within [-1, 3]: episodes after a first contact.

    repeats: how many any episode is followed by, where the contact was made in one: a run is no change.
    """
    n1, rate, weeks_after = (np.asarray(v, dtype=np.float64) for v in (n1, rate, weeks_after))
    expected = rate * weeks_after + np.asarray(repeats, dtype=np.float64)
    return np.asarray(np.clip((n1 * np.log(3.0) - 2.0 * expected) / burst, -1.0, 3.0))


def marker_chance(children_with: float, child_markers: float, own_markers: ArrayLike) -> Numbers:
    """D5: q = 1 - (1 - D / M)^k, the chance that a child with k markers holds this one by accident."""
    share = min(1.0, children_with / max(child_markers, 1.0))
    return np.asarray(1.0 - (1.0 - share) ** np.asarray(own_markers, dtype=np.float64))
