"""How good a linking is, where the truth is known: pairs and whole people, missed and wrongly joined.

Pairwise figures weigh a person by the square of their sources; the cluster figure counts people found
exactly. Both are shown, since each hides what the other shows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 over pairs of sources; F1 over people reproduced exactly. All 0 to 1."""

    sources: int
    people: int
    precision: float
    recall: float
    f1: float
    cluster_f1: float

    def line(self) -> str:
        """The figures for a reader."""
        return (
            f"{self.sources:,} sources of {self.people:,} people: pairwise precision {self.precision:.4f},"
            f" recall {self.recall:.4f}, F1 {self.f1:.4f}; people exactly right, F1 {self.cluster_f1:.4f}"
        )


def quality(found: Mapping[str, str], truth: Mapping[str, str]) -> Quality:
    """Compare source to person as found with source to person as it is; only sources in both count."""
    sources = found.keys() & truth.keys()
    both = Counter((found[source], truth[source]) for source in sources)
    ours, true = Counter(found[source] for source in sources), Counter(truth[source] for source in sources)
    right, joined, wanted = _pairs(both), _pairs(ours), _pairs(true)
    precision = right / joined if joined else 1.0
    recall = right / wanted if wanted else 1.0
    exact = sum(1 for (one, other), size in both.items() if size == ours[one] == true[other])
    cluster = 2 * exact / (len(ours) + len(true)) if sources else 1.0
    return Quality(len(sources), len(true), precision, recall, _f1(precision, recall), cluster)


def _pairs[T](sizes: Counter[T]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


BANDS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
"""Limits of the bands in which what was said of pairs is held against what is true."""


@dataclass(frozen=True, slots=True)
class Band:
    """Pairs of which the model said `low` to `high`: how many, what it said on average, and the share that is true."""

    low: float
    high: float
    pairs: int
    said: float
    true: float


def reliability(said: Iterable[tuple[float, bool]]) -> list[Band]:
    """Of (probability, truth) of pairs: one band for each part of the scale that any pair falls in."""
    bands: dict[int, list[tuple[float, bool]]] = {}
    for probability, true in said:
        place = next((n for n, limit in enumerate(BANDS[1:]) if probability < limit), len(BANDS) - 2)
        if probability >= BANDS[0]:
            bands.setdefault(place, []).append((probability, true))
    return [
        Band(
            BANDS[place],
            BANDS[place + 1],
            len(rows),
            sum(probability for probability, _ in rows) / len(rows),
            sum(true for _, true in rows) / len(rows),
        )
        for place, rows in sorted(bands.items())
    ]


def missed_and_wrong(
    found: Mapping[str, str], truth: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Pairs of sources that are one person and stand apart, and pairs that stand together and are two. Each sorted."""
    return _pairs_within(truth, found), _pairs_within(found, truth)


def _pairs_within(whole: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of one group of `whole` in two groups of `other`."""
    groups: dict[str, list[str]] = {}
    for source in sorted(whole.keys() & other.keys()):
        groups.setdefault(whole[source], []).append(source)
    return [
        (left, right)
        for members in groups.values()
        for left, right in combinations(members, 2)
        if other[left] != other[right]
    ]
