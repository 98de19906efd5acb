"""Counts over time against their own past: the area's counts, a place's, a source's. Units: counts in equal steps.

EARS C1 and C2: Hutwagner and others 2003, as the R package surveillance defines them. Farrington: Farrington and
others 1996, the two-thirds power limit with overdispersion, here with a constant mean for want of years.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, ndtri

type Numbers = NDArray[np.float64]

C1_GUARD, C2_GUARD = 0, 2


def ears(counts: ArrayLike, *, guard: int = C1_GUARD, base: int = 7, alpha: float = 0.001) -> Numbers:
    """The upper bound of each step: mean + z sd of the `base` steps that end `guard` steps before it; nan before.

    z is the normal quantile of 1 - alpha; sd with base - 1. C1 has no guard, C2 leaves out the two steps before.
    """
    seen = np.asarray(counts, dtype=np.float64)
    bound = np.full(seen.shape, np.nan)
    if len(seen) > base + guard:
        past = np.lib.stride_tricks.sliding_window_view(seen, base)[: len(seen) - base - guard]
        bound[base + guard :] = past.mean(axis=1) + ndtri(1 - alpha) * past.std(axis=1, ddof=1)
    return bound


def farrington(counts: ArrayLike, *, guard: int = 4, least: int = 26, alpha: float = 0.001) -> Numbers:
    """The upper bound of each step from all steps up to `guard` before it; nan where there are fewer than `least`.

    mu (1 + (2/3) z sqrt((phi mu + var(mu)) / mu^2))^(3/2) with dispersion phi of at least 1.
    """
    seen = np.asarray(counts, dtype=np.float64)
    bound = np.full(seen.shape, np.nan)
    z = ndtri(1 - alpha)
    for at in range(least + guard, len(seen)):
        past = seen[: at - guard]
        mean = past.mean()
        if mean > 0:
            phi = max(1.0, ((past - mean) ** 2 / mean).sum() / (len(past) - 1))
            spread = phi * mean * (1 + 1 / len(past)) / mean**2
            bound[at] = mean * (1 + 2 / 3 * z * np.sqrt(spread)) ** 1.5
        else:
            bound[at] = 0.0
    return bound


def quieter(
    recent: ArrayLike, before: ArrayLike, recent_steps: float, before_steps: float, phi: float = 2.0
) -> Numbers:
    """How far a source has fallen silent: -ln P(Y <= recent) given its own past, runs allowed for; 0 where it has not.

    Negative binomial: mean before * recent_steps / before_steps, variance phi times what the past alone would give.
    """
    now, past = np.asarray(recent, dtype=np.float64), np.asarray(before, dtype=np.float64)
    mean = (past + 0.5) * recent_steps / before_steps
    size = (past + 0.5) / phi
    tail = betainc(size, now + 1.0, size / (size + mean))
    return np.asarray(np.where(now < mean, -np.log(np.maximum(tail, 1e-300)), 0.0))
