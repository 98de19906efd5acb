"""The evidence terms beside fan-in: change since first contact (D4), further shared markers (D5), absences
at the same time (D2). Each is a log likelihood ratio in natural units on the rows of one group of children.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from heed.core.patterns.asking import Limits
from heed.core.patterns.formulas import (
    CONVERGING,
    RARE_MARKER,
    TOGETHER,
    marker_chance,
    mixture,
    since_first_contact,
)
from heed.core.patterns.material import DAY_S, WEEK_S, Episode, Touch

WORTH_TELLING = 1.0


@dataclass(frozen=True, slots=True)
class SharedMarker:
    """A further thing that children of the group share: who holds it, in which touches, what it adds."""

    kind: str
    key: str
    label: str
    holders: tuple[str, ...]
    touches: tuple[Touch, ...]
    adds: float


@dataclass(frozen=True, slots=True)
class Together:
    """Absences at the same time within a group: what they add, how many were seen and expected, whose."""

    adds: float
    seen: int
    expected: float
    pairs: tuple[tuple[str, str], ...]


def change_since(
    first_contact_s: int, episodes: Iterable[Episode], end_s: int, data_from_s: int, limits: Limits
) -> float:
    """D4 for one child: episodes after the first contact (itself left out) against the child's own past."""
    before_s = max(first_contact_s - int(limits["own_history_weeks"]) * WEEK_S, data_from_s)
    until_s = min(end_s, first_contact_s + int(limits["history_weeks"]) * WEEK_S)
    starts = [episode.at_s for episode in episodes]
    earlier = sum(1 for at in starts if before_s < at < first_contact_s)
    later = sum(1 for at in starts if first_contact_s < at <= until_s)
    weeks_before = max(0.0, (first_contact_s - before_s) / WEEK_S)
    rate = (limits["prior_episodes"] + earlier) / (limits["prior_weeks"] + weeks_before)
    weeks_after = (until_s - first_contact_s) / WEEK_S
    begun = any(abs(at - first_contact_s) <= DAY_S for at in starts)
    repeats = (
        limits["repeats"] * (1.0 - 0.5 ** (weeks_after / limits["repeats_within_weeks"])) if begun else 0.0
    )
    return float(since_first_contact(later, rate, weeks_after, limits["burst"], repeats))


def overlaps(one: Iterable[Episode], other: Iterable[Episode]) -> int:
    """How many pairs of their episodes were at the same time, leaving out those that one record tells of both.

    Friends whom one record names together are known to be together: that is company, not coincidence.
    """
    theirs = list(other)
    return sum(
        1
        for a in one
        for b in theirs
        if a.at_s < b.to_s and b.at_s < a.to_s and (a.agency, a.ref) != (b.agency, b.ref)
    )


def overlaps_expected(one: list[Episode], other: list[Episode], window_s: int, evening: float) -> float:
    """E: sum over one's episodes of (its length + mean length of the other's) x the other's rate.

    `evening` allows for everybody going missing at the same hours of the week.
    """
    if not one or not other:
        return 0.0
    mean = sum(b.to_s - b.at_s for b in other) / len(other)
    return evening * sum((a.to_s - a.at_s) + mean for a in one) * len(other) / window_s


def missing_at_the_same_time(
    episodes: Mapping[str, list[Episode]], setting: Mapping[str, str], limits: Limits
) -> Together:
    """D2 over a group: the term kept within [-1, 6]; pairs of one setting are left out."""
    window_s = int(limits["window_weeks"]) * WEEK_S
    away = {person: rows for person, rows in sorted(episodes.items()) if rows}
    expected = _expected_within(away, setting) * limits["evening_factor"] / window_s
    seen, pairs = _seen_within(away, setting)
    if expected == 0.0:
        return Together(0.0, 0, 0.0, ())
    adds = float(np.clip(mixture(seen, expected, TOGETHER), -1.0, 6.0))
    return Together(adds, seen, expected, tuple(pairs))


def _expected_within(episodes: Mapping[str, list[Episode]], setting: Mapping[str, str]) -> float:
    """The sum of `overlaps_expected` over all pairs of different settings, but for its factor and window, in seconds.

    For a pair it is d n' + n d' (d: seconds away, n: episodes), so that sums over everybody and over each setting do.
    """
    away: defaultdict[str, float] = defaultdict(float)
    count: defaultdict[str, int] = defaultdict(int)
    for person, rows in episodes.items():
        seconds = sum(row.to_s - row.at_s for row in rows)
        for group in ("", f"at {setting[person]}"):
            away[group] += seconds
            count[group] += len(rows)
    return away[""] * count[""] - sum(away[group] * count[group] for group in count if group)


def _seen_within(
    episodes: Mapping[str, list[Episode]], setting: Mapping[str, str]
) -> tuple[int, list[tuple[str, str]]]:
    """Overlaps of children of different settings, as `overlaps` counts them, in one pass by time; and whose they are."""
    ordered = sorted(
        ((e.at_s, e.to_s, person, (e.agency, e.ref)) for person, rows in episodes.items() for e in rows)
    )
    seen, pairs = 0, set()
    open_now: list[tuple[int, str, tuple[str, str]]] = []
    for at_s, to_s, person, record in ordered:
        open_now = [one for one in open_now if one[0] > at_s]
        for _, other, told_in in open_now:
            if setting[other] != setting[person] and told_in != record:
                seen += 1
                pairs.add((min(person, other), max(person, other)))
        open_now.append((to_s, person, record))
    return seen, sorted(pairs)


def shared_markers(
    touches: Mapping[str, list[Touch]],
    hub: tuple[str, str],
    holders_of: Callable[[tuple[str, str]], int],
    markers: Callable[[], int],
) -> list[SharedMarker]:
    """D5: further hubs held by at least two of the group on at least two days.

    touches: the group's touches in the window, by child. holders_of: how many children hold each marker in
    the window; markers: child-marker records in the window. Each adds at most 3; callers cap the sum at 8.
    What adds less than WORTH_TELLING is left out: a large group shares many popular things a little.
    """
    held: dict[tuple[str, str], list[Touch]] = defaultdict(list)
    own = {person: len({(t.kind, t.hub) for t in rows}) for person, rows in touches.items()}
    for rows in touches.values():
        for touch in rows:
            if (touch.kind, touch.hub) != hub:
                held[(touch.kind, touch.hub)].append(touch)
    found = []
    for (kind, key), rows in sorted(held.items()):
        people = sorted({touch.person for touch in rows})
        if len(people) < 2 or len({touch.at_s // 86400 for touch in rows}) < 2:
            continue
        by_chance = marker_chance(holders_of((kind, key)), markers(), [own[person] for person in people])
        expected = float(by_chance.sum() - by_chance.max())
        adds = float(np.clip(mixture(len(people) - 1, expected, RARE_MARKER), 0.0, 3.0))
        if adds >= WORTH_TELLING:
            found.append(SharedMarker(kind, rows[0].key, rows[0].label, tuple(people), tuple(rows), adds))
    return sorted(found, key=lambda m: -m.adds)


def converging(first_agencies: Iterable[str], shares: Mapping[str, float]) -> float:
    """D7: agencies that each brought a child of the group, against how much each agency writes; within [-1, 3].

    first_agencies: for every child the agency that recorded them at the hub first, so that a referral passed
    on counts once. shares: each agency's part of all touches of that kind, adding up to 1.
    """
    agencies = list(first_agencies)
    by_chance = sum(1.0 - (1.0 - share) ** len(agencies) for share in shares.values()) - 1.0
    if len(shares) < 2:
        return 0.0
    return float(np.clip(mixture(len(set(agencies)) - 1, max(by_chance, 0.01), CONVERGING), -1.0, 3.0))
