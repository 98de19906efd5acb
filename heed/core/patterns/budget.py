"""The budget of a queue: which of the things raised are told, so that people can read all of it.

A queue has a budget in alerts a week and one threshold on the strength. What is raised around the same thing, or about
much the same children, within half a year is the same alert grown, and is not told twice. Source: study of detection,
sections 1 and 3.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from heed.core.patterns.raised import Raised

SAME_CHILDREN = 0.4
"""From which overlap of the children on (shared by either, of those in both) two findings are one alert."""
SAME_DAYS = 182


@dataclass(slots=True)
class Alert:
    """What a team reads once: the first raising, and all that was raised of it since, in order of day."""

    first: Raised
    grown: list[Raised] = field(default_factory=list)
    now: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    last: int = 0

    def take(self, one: Raised) -> None:
        """Another raising of the same."""
        self.grown.append(one)
        self.now[(one.detector, one.around)] = frozenset(one.people)
        self.last = one.day

    def same(self, one: Raised) -> bool:
        """Whether a later raising is this alert again."""
        if one.day - self.last > SAME_DAYS:
            return False
        if (one.detector, one.around) in self.now:
            return True
        return any(overlap(one.people, people) > SAME_CHILDREN for people in self.now.values())


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Children in both, as a share of those in either (Jaccard); 0 for two empty groups."""
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def told(raised: Iterable[Raised], threshold: float) -> list[Alert]:
    """The alerts at a threshold, in order of day; of one day the strongest first."""
    alerts: list[Alert] = []
    for one in sorted(raised, key=lambda r: (r.day, -r.strength, r.detector, r.around)):
        if one.strength < threshold:
            continue
        alert = next((a for a in reversed(alerts) if a.same(one)), None)
        if alert is None:
            alert = Alert(one)
            alerts.append(alert)
        alert.take(one)
    return alerts


def threshold_for(raised: Sequence[Raised], weeks: float, budget: float) -> float:
    """The smallest strength at which what is raised in `weeks` makes at most `budget` alerts a week.

    Looked for among the strengths themselves; infinite alerts are impossible, so the highest strength always fits
    a budget of one alert in the time or more. Where not even that is left: just above the highest.
    """
    strengths = sorted({one.strength for one in raised})
    low, high = 0, len(strengths)
    while low < high:
        middle = (low + high) // 2
        if len(told(raised, strengths[middle])) <= budget * weeks:
            high = middle
        else:
            low = middle + 1
    if low < len(strengths):
        return strengths[low]
    return strengths[-1] + 1e-9 if strengths else 0.0
