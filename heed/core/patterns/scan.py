"""Clusters in space and time of cases alone (D6), and the pairs near in both (Knox).

Likelihood ratios: Kulldorff 1997 (Poisson) and Kulldorff and others 2005 (space-time permutation). Knox 1964.
Distances in metres or the units of the coordinates, times in days or any equal steps.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc

type Numbers = NDArray[np.float64]


def cluster_ratio(seen: ArrayLike, expected: ArrayLike, cases: float) -> Numbers:
    """c ln(c / E) + (C - c) ln((C - c) / (C - E)) where more are seen than expected, else 0; in natural units.

    seen: cases inside, expected: by chance, cases: all of them.
    """
    c, e = np.asarray(seen, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(c > 0, c * np.log(c / e), 0.0)
        outside = np.where(cases - c > 0, (cases - c) * np.log((cases - c) / (cases - e)), 0.0)
    return np.asarray(np.where(c > e, inside + outside, 0.0))


@dataclass(frozen=True, slots=True)
class Cluster:
    """The strongest cluster: the cases in it (indices), how many are seen and expected, its ratio."""

    members: tuple[int, ...]
    expected: float
    ratio: float


def strongest_cluster(near: NDArray[np.bool_], steps: ArrayLike, longest: int) -> Cluster:
    """The strongest cylinder around any case that ends at the last step (prospective).

    near: which cases lie within the radius of which; steps: the time of each, whole; longest: steps a cylinder may
    last. Expected by the margins: E = C_z C_d / C.
    """
    when = np.asarray(steps)
    last, cases = int(when.max()), len(when)
    best = Cluster((), 0.0, 0.0)
    at_place = near.sum(axis=1)
    for length in range(1, longest + 1):
        lately = when > last - length
        seen = near @ lately.astype(np.int64)
        expected = at_place * lately.sum() / cases
        ratio = cluster_ratio(seen, expected, cases)
        top = int(np.argmax(ratio))
        if ratio[top] > best.ratio:
            best = Cluster(
                tuple(np.flatnonzero(near[top] & lately).tolist()), float(expected[top]), float(ratio[top])
            )
    return best


def chance_of_cluster(
    near: NDArray[np.bool_], steps: ArrayLike, longest: int, ratio: float, shuffles: int = 999
) -> float:
    """How often times dealt out anew give a cluster at least as strong: (1 + as strong) / (1 + shuffles)."""
    random = np.random.default_rng(len(np.asarray(steps)))
    when = np.asarray(steps)
    stronger = sum(
        strongest_cluster(near, random.permutation(when), longest).ratio >= ratio for _ in range(shuffles)
    )
    return (1 + stronger) / (1 + shuffles)


@dataclass(frozen=True, slots=True)
class Knox:
    """Pairs close in space and time: seen, expected by the margins, and P(at least as many) under Poisson."""

    seen: int
    expected: float
    chance: float


def knox(x: ArrayLike, y: ArrayLike, t: ArrayLike, near: float, soon: float) -> Knox:
    """Pairs at most `near` apart in place and `soon` in time."""
    east, north, when = (np.asarray(each, dtype=np.float64) for each in (x, y, t))
    first, second = np.triu_indices(len(when), 1)
    close = np.hypot(east[first] - east[second], north[first] - north[second]) <= near
    close_in_time = np.abs(when[first] - when[second]) <= soon
    seen = int((close & close_in_time).sum())
    expected = float(close.sum()) * float(close_in_time.sum()) / max(1, len(first))
    chance = float(gammainc(seen, expected)) if seen else 1.0
    return Knox(seen, expected, chance)
