"""Going missing: a self-exciting process for each child, friends and housemates who go along, and places.

Each first instant may set off repeats (branching 0.3 to 0.5, days apart exponential with mean 10 to 20).
Durations are lognormal: 79% under 24 hours, 90% under 48, under 2% over a week (UKMPU 2022/23).
"""

from bisect import bisect_left
from datetime import datetime, timedelta
from itertools import accumulate

from synthetic.chance import Chance, stream
from synthetic.children import Seed, evening
from synthetic.homes import residents
from synthetic.world import Child, Episode, Place, World

LOG_MEAN, LOG_SPREAD = 2.004, 1.456
"""Of hours away: solved from P(<24) = 0.79 and P(<48) = 0.90; P(>168) is then 0.016."""
REPORTED = 0.95
FESTIVAL_MONTH = 7


class Timeline:
    """Adds episodes so that no child is missing twice at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._starts: dict[int, list[datetime]] = {}
        self._spans: dict[int, list[datetime]] = {}
        self._chance = stream(world.seed, "durations")

    def add(self, child: Child, start: datetime, origin: str, hours: float | None = None) -> Episode | None:
        """An episode, or None when the child was away already, too old or too young, or the years were over."""
        age = (start.date() - child.born).days / 365.25
        if not (self._world.start <= start < self._world.until and 10 <= age < 18):
            return None
        hours = hours or min(24 * 45.0, max(0.5, self._chance.lognormvariate(LOG_MEAN, LOG_SPREAD)))
        end = start + timedelta(minutes=5 * round(hours * 12))
        starts, ends = self._starts.setdefault(child.number, []), self._spans.setdefault(child.number, [])
        place = bisect_left(starts, start)
        if (place and ends[place - 1] > start) or (place < len(starts) and starts[place] < end):
            return None
        starts.insert(place, start)
        ends.insert(place, end)
        episode = Episode(
            len(self._world.episodes), child, start, end, origin, reported=self._chance.happens(REPORTED)
        )
        self._world.episodes.append(episode)
        return episode


def own_episodes(world: World, line: Timeline, named: list[tuple[Child, Seed]]) -> None:
    """Each child's own first instants with their repeats; more of them while in a children's home."""
    chance = stream(world.seed, "episodes")
    for child, seed in named:
        starts = list(seed.starts)
        for spell in child.spells:
            factor = chance.uniform(3, 8) if spell.home is not None else chance.uniform(1.5, 3)
            begin, end = max(spell.start, world.start), spell.end or world.until
            years = max(0.0, (end - begin).days / 365.25)
            more = min(seed.rate * (factor - 1), world.town.highest_in_care)
            extra = chance.poisson(more * years)
            starts += [evening(begin + (end - begin) * chance.random(), chance) for _ in range(extra)]
        for start in sorted(starts):
            _with_repeats(world, line, child, start, "own", chance)


def _with_repeats(
    world: World, line: Timeline, child: Child, start: datetime, origin: str, chance: Chance
) -> None:
    pending = [(start, origin, world.town.branching)]
    while pending:
        at, why, branching = pending.pop()
        line.add(child, at, why)
        for _ in range(1 if chance.happens(branching) else 0):
            later = at + timedelta(days=0.7 + chance.days(world.town.repeat_days))
            pending.append((evening(later, chance), "repeat", branching * world.town.branching_falls))


def joint_episodes(world: World, line: Timeline, groups: dict[int, list[Child]]) -> None:
    """Some friends and some children of the same home go along: same time, same place, no harm by an adult."""
    chance = stream(world.seed, "joint")
    lows = {number: chance.uniform(*world.town.friends_joint) for number in groups}
    for episode in list(world.episodes):
        spell = episode.child.spell_on(episode.start)
        others: list[tuple[Child, float, str]] = []
        if episode.child.friends is not None:
            others += [(c, lows[episode.child.friends] / 2, "friends") for c in groups[episode.child.friends]]
        if spell and spell.home is not None:
            home = world.homes[spell.home]
            others += [(c, home.joint / 2, "home") for c in residents(home, episode.start)]
        for other, probability, origin in others:
            if other is not episode.child and chance.happens(probability):
                _go_along(line, episode, other, origin, chance)


def _go_along(line: Timeline, episode: Episode, other: Child, origin: str, chance: Chance) -> None:
    start = episode.start + timedelta(minutes=chance.randrange(-30, 60, 5))
    hours = (episode.end - episode.start).total_seconds() / 3600 * chance.uniform(0.8, 1.1)
    joined = line.add(other, start, origin, max(0.5, hours))
    if joined:
        joined.along = episode
        joined.companions.append(episode.child)
        episode.companions.append(other)


def give_places(world: World, groups: dict[int, list[Child]]) -> None:
    """Where each child was found: a haunt of the group, a busy or quiet public place, or a one-off address."""
    chance = stream(world.seed, "places")
    weights = list(accumulate(1.0 / (n + 1) ** world.town.zipf for n in range(len(world.places))))
    quiet = world.places[len(world.places) // 8 :]
    haunts = {number: chance.choice(quiet) for number in groups}
    for episode in world.episodes:
        if episode.place is not None:
            continue
        if episode.along is not None:
            episode.place = episode.along.place
        elif chance.happens(0.25) and episode.child.friends is not None:
            episode.place = haunts[episode.child.friends]
        elif chance.happens(0.75):
            episode.place = _public(world, episode.start, weights, chance)


def _public(world: World, start: datetime, weights: list[float], chance: Chance) -> Place:
    """A public place by popularity (Zipf); in the week of the summer fair, half the time the market square."""
    if start.month == FESTIVAL_MONTH and 8 <= start.day <= 14 and chance.happens(0.5):
        return world.places[3]
    return chance.choices(world.places, cum_weights=weights)[0]
