"""Whom a network draws in: children of 11 to 15, most of them missing before, met through friends, homes or places."""

from datetime import datetime, timedelta

from synthetic.chance import Chance
from synthetic.world import Child, Network, World

YEAR = timedelta(days=365.25)
type Seen = list[tuple[Child, datetime, datetime]]
"""A child with the first and the last time they were missing."""


def first_and_last(world: World) -> Seen:
    """Children with the span of their own episodes."""
    spans: dict[int, tuple[Child, datetime, datetime]] = {}
    for episode in world.episodes:
        _, first, last = spans.get(episode.child.number, (None, episode.start, episode.start))
        spans[episode.child.number] = (episode.child, min(first, episode.start), max(last, episode.start))
    return list(spans.values())


def chosen(
    world: World, network: Network, groups: dict[int, list[Child]], seen: Seen, chance: Chance
) -> list[Child]:
    """The children drawn in, as many as the plan says where there are as many."""
    onset, size = network.onset, network.plan.size
    pool = [
        c for c, first, last in seen if _fits(c, network) and first < onset + YEAR and last > onset - 2 * YEAR
    ]
    chance.shuffle(pool)
    met = _met(network, pool, groups)
    quiet = [c for c in world.children if _fits(c, network) and not c.spells]
    drawn: list[Child] = []
    for child in [*met[: (size * 2 + 2) // 3], *pool, *chance.sample(quiet, min(len(quiet), size))]:
        if child not in drawn and len(drawn) < size:
            drawn.append(child)
    return drawn


def _met(network: Network, pool: list[Child], groups: dict[int, list[Child]]) -> list[Child]:
    """Those the route leads to first: children of homes, or children with up to two of their friends."""
    if network.plan.route == "homes":
        return [
            c for c in pool if any(s.home is not None and _near(s.start, s.end, network) for s in c.spells)
        ]
    met: list[Child] = []
    for child in pool[:6] if network.plan.route == "peers" else []:
        group = groups.get(child.friends, []) if child.friends is not None else []
        met += [child, *[c for c in group if c is not child and _fits(c, network)][:2]]
    return met


def _fits(child: Child, network: Network) -> bool:
    """Of an age to be drawn in during the recruiting months, and in no other network."""
    age = (network.onset.date() - child.born).days / 365.25
    return 11.0 <= age <= 15.3 and not child.networks


def _near(start: datetime, end: datetime | None, network: Network) -> bool:
    return start < network.onset + YEAR and (end is None or end > network.onset)
