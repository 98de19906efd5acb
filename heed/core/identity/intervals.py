"""Exact intervals of a share, also where the sample counts for less than its size."""

from collections.abc import Sequence

from scipy.special import betaincinv

CONFIDENCE = 0.95


def exact(found: float, of: float, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Clopper and Pearson's interval for `found` of `of`, both ends 0 to 1 (Biometrika 26, 1934).

    Not below the stated confidence for whole numbers; fractions are taken as they come (see `weighted`).
    """
    if not 0 <= found <= of or of <= 0:
        raise ValueError(f"{found} of {of} is no share")
    tail = (1 - confidence) / 2
    low = 0.0 if found == 0 else float(betaincinv(found, of - found + 1, tail))
    high = 1.0 if found == of else float(betaincinv(found + 1, of - found, 1 - tail))
    return low, high


def weighted(
    outcomes: Sequence[tuple[float, bool]], confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """Share, low and high from (weight, yes or no), where pairs stand for different numbers of others.

    The share is Hajek's; the interval is the exact one at the effective size (sum of weights)^2 / sum of squares, as
    Korn and Graubard do for surveys (Survey Methodology 24, 1998). Raises ValueError for nothing at all.
    """
    whole = sum(weight for weight, _ in outcomes)
    if whole <= 0:
        raise ValueError("no outcome has any weight")
    value = min(1.0, sum(weight for weight, yes in outcomes if yes) / whole)
    size = whole**2 / sum(weight**2 for weight, _ in outcomes)
    return (value, *exact(value * size, size, confidence))
