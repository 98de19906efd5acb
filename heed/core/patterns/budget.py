"""The budget of a queue: which of the things raised are told, so that people can read all of it.

A queue has a budget in alerts a week and one threshold on the strength. What is raised around the same thing, or about
much the same children, within half a year is the same alert grown, and is not told twice. Source: study of detection,
sections 1 and 3.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from heed.core.patterns.raised import Raised, Standing

SAME_CHILDREN = 0.66
"""From which overlap of the children (those in both, as a share of those in either) two findings are one alert. At 0.4
a network that shared recruits with a standing finding stayed unsaid for six years of a county's records."""
SAME_DAYS = 182
MONTH_DAYS = 28
FIT_DAYS = 728
"""How much of the past a threshold is fitted on: two years."""
STEPS = 4
"""A threshold is looked for in quarters of a unit of strength."""
LEAST_FIT_DAYS = 182
"""With less past than this the threshold is the one policy states."""


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


@dataclass(frozen=True)
class Fitted:
    """Thresholds month by month: from each of `days` (days since 1970-01-01) on the strength of the same place holds.

    Before the first, and where there are none, what policy states.
    """

    stated: float
    days: tuple[int, ...] = ()
    strengths: tuple[float, ...] = ()

    def at(self, day: int) -> float:
        """The threshold on a day."""
        place = bisect_right(self.days, day)
        return self.strengths[place - 1] if place else self.stated

    def passes(self, one: Raised) -> bool:
        """Whether a raising reaches the threshold of its day."""
        return one.strength >= self.at(one.day)


def told(raised: Iterable[Raised], threshold: float | Fitted) -> list[Alert]:
    """The alerts at a threshold, in order of day; of one day the strongest first."""
    fitted = threshold if isinstance(threshold, Fitted) else Fitted(threshold)
    alerts: list[Alert] = []
    of_child: dict[str, set[int]] = defaultdict(set)
    of_thing: dict[tuple[str, str], int] = {}
    for one in sorted(raised, key=lambda r: (r.day, -r.strength, r.detector, r.around)):
        if not fitted.passes(one):
            continue
        near = {place for person in one.people for place in of_child[person]}
        near |= {of_thing[key] for key in [(one.detector, one.around)] if key in of_thing}
        place = next((p for p in sorted(near, reverse=True) if alerts[p].same(one)), len(alerts))
        if place == len(alerts):
            alerts.append(Alert(one))
        alerts[place].take(one)
        of_thing[(one.detector, one.around)] = place
        for person in one.people:
            of_child[person].add(place)
    return alerts


def threshold_for(raised: Sequence[Raised], weeks: float, budget: float, least: float = 0.0) -> float:
    """The smallest strength, in quarters and from `least`, at which `weeks` make at most `budget` alerts a week.

    Above the highest strength there is nothing to tell, so that there always is one.
    """
    strongest = max((one.strength for one in raised), default=least)
    low, high = 0, max(0, ceil((strongest - least) * STEPS)) + 1
    while low < high:
        middle = (low + high) // 2
        if len(told(raised, least + middle / STEPS)) <= budget * weeks:
            high = middle
        else:
            low = middle + 1
    return least + low / STEPS


def fitted(
    raised: Sequence[Raised],
    first: int,
    last: int,
    data_from: int,
    budget: float,
    stated: float,
    least: float,
) -> Fitted:
    """A threshold for every month from `first` to `last`, each from the two years before it and nothing later.

    data_from: the first day of which alerts count; days since 1970-01-01. Never below `least`; what policy states
    counts as half a year of the past, so that a short past moves it little.
    """
    days = [day for day in range(first - first % MONTH_DAYS, last + 1, MONTH_DAYS) if day >= first]
    ordered = sorted((one for one in raised if one.strength >= least), key=lambda r: r.day)
    places = [one.day for one in ordered]
    strengths = []
    for day in days:
        begin = max(data_from, day - FIT_DAYS)
        known = day - begin
        if known < LEAST_FIT_DAYS:
            strengths.append(stated)
            continue
        past = ordered[bisect_right(places, begin - 1) : bisect_right(places, day - 1)]
        own = threshold_for(past, known / 7, budget, least)
        strengths.append((own * known + stated * LEAST_FIT_DAYS) / (known + LEAST_FIT_DAYS))
    return Fitted(stated, tuple(days), tuple(strengths))


def without_repeats(standing: Iterable[Standing]) -> list[Standing]:
    """Of findings that stand on a day, those that are not another one again: the one first raised is kept."""
    order = sorted(
        standing, key=lambda s: (s.first.day, -s.first.strength, s.raised.detector, s.raised.around, s.anchor)
    )
    kept: list[Standing] = []
    of_child: dict[str, list[int]] = defaultdict(list)
    for one in order:
        near = {place for person in one.raised.people for place in of_child[person]}
        if len(one.raised.people) > 1 and any(
            overlap(one.raised.people, kept[place].raised.people) > SAME_CHILDREN for place in near
        ):
            continue
        for person in one.raised.people if len(one.raised.people) > 1 else ():
            of_child[person].append(len(kept))
        kept.append(one)
    return kept
