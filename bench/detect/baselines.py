"""What practice and surveillance would have told of the same records, in the shape of our own raisings.

Rules that name one child at a time never name a group: they are here for how much they make people read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
from scipy.stats import hypergeom

from heed.core.patterns.material import DAY_S, WEEK_S, Episode, Material, Touch
from heed.core.patterns.raised import Raised
from heed.core.patterns.series import C2_GUARD, ears, farrington

NINETY, YEAR = 90 * DAY_S, 365 * DAY_S


def of(material: Material, start_s: int, end_s: int) -> dict[str, list[Raised]]:
    """Every baseline's raisings on the rows Heed itself counts; the strength is the count, or how far above the limit."""
    episodes = [e for series in material.episodes.values() for e in series.all()]
    places = {hub: series.all() for hub, series in material.by_hub.items() if hub[0] == "place"}
    everything = {hub: series.all() for hub, series in material.by_hub.items()}
    return {
        "k episodes in 90 days": list(_often(episodes, NINETY)),
        "3 episodes in 12 months": [one for one in _often(episodes, YEAR) if one.strength >= 3],
        "children at a place in 90 days": list(_gathered(places)),
        "EARS C2, places": list(_series(places, start_s, end_s, "ears")),
        "Farrington, places": list(_series(places, start_s, end_s, "farrington")),
        "hypergeometric pairs": list(_pairs(everything)),
        "most frequent places": list(_frequent(places)),
    }


def _raised(rule: str, around: str, at_s: int, people: Iterable[str], strength: float) -> Raised:
    return Raised(
        rule, "1", around, at_s // DAY_S, tuple(sorted(people)), (), (), (), "", "", float(strength), 1.0
    )  # fmt: skip


def _often(episodes: list[Episode], within_s: int) -> Iterator[Raised]:
    own: dict[str, list[Episode]] = defaultdict(list)
    for episode in sorted(episodes, key=lambda e: e.recorded_s):
        rows = own[episode.person]
        rows.append(episode)
        count = sum(row.at_s > episode.at_s - within_s for row in rows)
        if count >= 2:
            yield _raised("often", episode.person, episode.recorded_s, [episode.person], count)


def _gathered(places: dict[tuple[str, str], list[Touch]]) -> Iterator[Raised]:
    for hub, rows in places.items():
        known: list[Touch] = []
        for row in sorted(rows, key=lambda r: r.recorded_s):
            known.append(row)
            here = {other.person for other in known if abs(row.at_s - other.at_s) <= NINETY}
            if len(here) >= 3:
                yield _raised("gathered", hub[1], row.recorded_s, here, len(here))


def _frequent(places: dict[tuple[str, str], list[Touch]]) -> Iterator[Raised]:
    for hub, rows in places.items():
        known = sorted(rows, key=lambda r: r.recorded_s)
        for count, row in enumerate(known, 1):
            if count >= 4:
                yield _raised(
                    "frequent", hub[1], row.recorded_s, {other.person for other in known[:count]}, count
                )


def _series(
    places: dict[tuple[str, str], list[Touch]], start_s: int, end_s: int, how: str
) -> Iterator[Raised]:
    steps = (end_s - start_s) // WEEK_S
    for hub, rows in places.items():
        known = [row for row in rows if start_s <= row.recorded_s < end_s]
        counts = np.bincount([(row.recorded_s - start_s) // WEEK_S for row in known], minlength=steps)[:steps]
        bound = ears(counts, guard=C2_GUARD) if how == "ears" else farrington(counts)
        for week in np.flatnonzero((counts > bound) & (counts >= 2)):
            until = start_s + (int(week) + 1) * WEEK_S
            here = {row.person for row in known if until - 8 * WEEK_S < row.recorded_s <= until}
            yield _raised(how, hub[1], until - 1, here, counts[week] - bound[week])


def _pairs(everything: dict[tuple[str, str], list[Touch]]) -> Iterator[Raised]:
    """Two children who share more things than chance would: -ln of the hypergeometric tail, at the last thing shared."""
    first: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for hub, rows in everything.items():
        for row in rows:
            first[row.person][hub] = min(first[row.person].get(hub, row.recorded_s), row.recorded_s)
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rows in everything.values():
        hub = (rows[0].kind, rows[0].hub)
        people = sorted({row.person for row in rows})
        if len(people) <= 40:
            for x, y in combinations(people, 2):
                shared[(x, y)].append(max(first[x][hub], first[y][hub]))
    for (x, y), seen in shared.items():
        if len(seen) >= 2:
            tail = hypergeom.sf(len(seen) - 1, len(everything), len(first[x]), len(first[y]))
            yield _raised("pairs", f"{x} {y}", max(seen), [x, y], -np.log(max(tail, 1e-300)))
