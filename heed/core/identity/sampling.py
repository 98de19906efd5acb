"""How good a linking is where nobody knows the truth: estimates from pairs that people judged blind.

The pairs are drawn band by band (a stratified random sample). A total over bands is estimated as Horvitz and Thompson
do: each band's share of "same" times its pairs. The interval of a band's share is Clopper and Pearson's exact one
(Biometrika 26, 1934); intervals of bands are joined into that of their total by the method of variance estimates
recovery, MOVER (Zou, Huang and Zhang, "A note on confidence interval estimation for a linear function of binomial
proportions", Computational Statistics and Data Analysis 53, 2009), and those of two totals into that of their ratio by
its form for ratios (Donner and Zou, Statistical Methods in Medical Research 21, 2012). MOVER keeps the lopsided
intervals of rare errors, where a normal approximation over no error found would claim that there are none.

Whoever cannot tell says nothing either way: the lower end takes all of them as different, the upper end all as same,
and only then allows for chance. What is not known is not averaged out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from heed.core.identity.intervals import CONFIDENCE, exact

JOINED = ("joined_sure", "joined_near", "joined_through")
"""Pairs that are one person now: well above the threshold, just above it, and without a link of their own above it."""
APART = ("review", "below_near", "below_far")
"""Pairs that are two: shown to a person, just below that, and far below it though they are compared."""
BANDS = (*JOINED, *APART)


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of one band: how many pairs it has in all, and of the judged ones how many were judged what."""

    band: str
    pairs: int
    same: int = 0
    different: int = 0
    unclear: int = 0

    @property
    def judged(self) -> int:
        """Pairs somebody said something of."""
        return self.same + self.different + self.unclear


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure from 0 to 1 (or, of a total, in pairs) with the ends of its 95% interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why there is no figure, in words for a page."""

    why: str


@dataclass(frozen=True, slots=True)
class Least:
    """What an estimate needs: so many pairs with a clear word on each side, and in each band (or all it has)."""

    a_side: int
    a_band: int


def share(told: Told, confidence: float = CONFIDENCE) -> Estimate:
    """The share of same in a band, 0 to 1. Raises ValueError for a band of which nobody could say anything.

    A band that was judged to the last pair leaves nothing to chance: its interval holds only those nobody could tell.
    """
    found = total([told], confidence)
    return Estimate(*(each / told.pairs for each in (found.value, found.low, found.high)))


def total(told: Iterable[Told], confidence: float = CONFIDENCE) -> Estimate:
    """How many pairs of these bands are the same person, in pairs, by MOVER. Raises ValueError as `share` does."""
    bands = [band for band in told if band.pairs]
    value = 0.0
    for band in bands:
        clear = band.same + band.different
        if not 0 < clear <= band.judged <= band.pairs:
            raise ValueError(f"{band.band}: {clear} clear words on {band.pairs} pairs")
        value += band.pairs * band.same / clear
    low, high = _recovered(_against(bands), confidence).low, _recovered(_for(bands), confidence).high
    # Adding up in another order must not put a figure outside its own interval.
    return Estimate(value, min(low, value), max(high, value))


def precision(told: Sequence[Told], least: Least) -> Estimate | Unknown:
    """Of the pairs that are joined, the share that is one person. Other bands are passed over."""
    joined = [band for band in told if band.band in JOINED and band.pairs]
    if not joined:
        return Unknown("Nothing is joined, so there is nothing that could be joined wrongly.")
    if too_few := _too_few(joined, least, "joined"):
        return too_few
    pairs, found, (seen, possible) = sum(band.pairs for band in joined), total(joined), _certain(joined)
    return Estimate(found.value / pairs, max(found.low, seen) / pairs, min(found.high, possible) / pairs)


def recall(told: Sequence[Told], least: Least) -> Estimate | Unknown:
    """Of the pairs that are one person and share a key, the share that is joined: right / (right + missed).

    Pairs that share no key are never compared and are in no band: this recall knows nothing of them.
    """
    joined = [band for band in told if band.band in JOINED and band.pairs]
    apart = [band for band in told if band.band in APART and band.pairs]
    if not joined:
        return Unknown("Nothing is joined, so no share of anything can be found.")
    if too_few := _too_few(joined, least, "joined") or _too_few(apart, least, "not joined"):
        return too_few
    most = ratio(_recovered(_for(apart)), _recovered(_against(joined)))
    least_odds = ratio(_recovered(_against(apart)), _recovered(_for(joined)))
    right = total(joined).value
    if most is None or least_odds is None or not right:
        return Unknown("So few of the joined pairs were found right that no share of them can be given.")
    value = right / (right + total(apart).value)
    (seen, possible), (missed_seen, missed_possible) = _certain(joined), _certain(apart)
    low, high = seen / max(1, seen + missed_possible), possible / max(1, possible + missed_seen)
    low, high = max(1 / (1 + most.high), low), min(1 / (1 + least_odds.low), high)
    return Estimate(value, min(low, value), max(high, value))


def ratio(one: Estimate, other: Estimate) -> Estimate | None:
    """One total over another, independent one, by MOVER for ratios; None where the other is too near to nothing."""
    room = other.low * (2 * other.value - other.low), other.high * (2 * other.value - other.high)
    if min(room) <= 0:
        return None
    both = one.value * other.value
    low = both - sqrt(max(0.0, both**2 - one.low * (2 * one.value - one.low) * room[1]))
    high = both + sqrt(max(0.0, both**2 - one.high * (2 * one.value - one.high) * room[0]))
    return Estimate(one.value / other.value, low / room[1], high / room[0])


def at_worst(told: Sequence[Told], drawn: dict[str, int]) -> list[Told]:
    """The same with every drawn pair that nobody judged taken as one of which nobody can tell: drawn is by band."""
    return [
        replace(band, unclear=band.unclear + max(0, drawn.get(band.band, 0) - band.judged)) for band in told
    ]


def _against(told: Iterable[Told]) -> list[Told]:
    """With those nobody could tell taken as different."""
    return [replace(band, different=band.different + band.unclear, unclear=0) for band in told]


def _for(told: Iterable[Told]) -> list[Told]:
    """With those nobody could tell taken as same."""
    return [replace(band, same=band.same + band.unclear, unclear=0) for band in told]


def _recovered(told: Iterable[Told], confidence: float = CONFIDENCE) -> Estimate:
    """The total of bands in which everybody could tell, by MOVER."""
    value = below = above = 0.0
    for band in told:
        one = band.same / band.judged
        low, high = (one, one) if band.judged == band.pairs else exact(band.same, band.judged, confidence)
        value += band.pairs * one
        below += (band.pairs * (one - low)) ** 2
        above += (band.pairs * (high - one)) ** 2
    return Estimate(value, max(0.0, value - sqrt(below)), value + sqrt(above))


def _certain(told: Iterable[Told]) -> tuple[int, int]:
    """What chance has no part in: the pairs found same, and what those found different leave, over all bands."""
    bands = list(told)
    return sum(band.same for band in bands), sum(band.pairs - band.different for band in bands)


def _too_few(told: Sequence[Told], least: Least, side: str) -> Unknown | None:
    clear = sum(band.same + band.different for band in told)
    if clear < min(least.a_side, sum(band.pairs for band in told)):
        return Unknown(
            f"Too few: of pairs that are {side} {clear} were told apart or together, and it takes {least.a_side} before"
            " a figure is more than a guess."
        )
    thin = [band for band in told if band.same + band.different < min(least.a_band, band.pairs)]
    if thin:
        return Unknown(
            f"Too few: each band of pairs that are {side} needs {least.a_band} clear words, and {len(thin)} of"
            f" {len(told)} has fewer. One band may hold most of the errors."
        )
    return None
