"""How good a linking is, where the truth is known: pairs and whole people, missed and wrongly joined.

Pairwise figures weigh a person by the square of their sources; the cluster figure counts people found
exactly. Both are shown, since each hides what the other shows.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


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
