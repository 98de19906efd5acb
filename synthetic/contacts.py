"""The life of a network: extra episodes, time inside ordinary ones, meetings that are no episode; who hears of each."""

from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.children import evening
from synthetic.days import midnight
from synthetic.episodes import Timeline
from synthetic.world import Child, Episode, Hub, Network, Touch, World

YEAR = timedelta(days=365.25)
INSIDE = 0.4
"""Share of a child's own episodes, while in contact, that are time with the network."""
HEARS = {"police": 3.0, "voluntary": 2.0, "social_care": 1.5, "school": 1.5, "home": 1.5, "health": 1.0}
"""How likely each agency is to be the one that hears, relative to the others."""


def live(world: World, line: Timeline, network: Network, chance: Chance) -> None:
    """The contacts: extra episodes, some of the child's own episodes, and meetings that are no episode."""
    plan = network.plan
    own: dict[int, list[Episode]] = {}
    for episode in world.episodes:
        own.setdefault(episode.child.number, []).append(episode)
    for child, join, leave in network.joined:
        leave = min(leave, midnight(child.born) + timedelta(days=6574), world.until)
        weeks = max(0.0, (leave - join).days / 7)
        for _ in range(chance.poisson(plan.extra * weeks)):
            start = evening(join + (leave - join) * chance.random(), chance)
            _extra(line, network, child, start, chance)
        inside = 0.75 if plan.extra == 0 else INSIDE
        for episode in own.get(child.number, []):
            if join <= episode.start <= leave and chance.happens(inside):
                _touch(network, child, episode.start, episode, chance)
        for _ in range(chance.poisson(0.06 * weeks)):
            at = join + (leave - join) * chance.random()
            _touch(network, child, evening(at, chance), None, chance)
    network.touches.sort(key=lambda touch: (touch.at, touch.child.number, touch.hub.number))


def _extra(line: Timeline, network: Network, child: Child, start: datetime, chance: Chance) -> None:
    episode = line.add(child, start, "network")
    if episode is None:
        return
    _touch(network, child, start, episode, chance)
    if not chance.happens(network.plan.together):
        return
    others = [c for c, join, leave in network.joined if join <= start <= leave and c is not child]
    if others:
        other = chance.choice(others)
        joined = line.add(other, start + timedelta(minutes=chance.randrange(-60, 90, 5)), "network")
        if joined:
            joined.along = episode
            _touch(network, other, joined.start, joined, chance)


def _touch(network: Network, child: Child, at: datetime, episode: Episode | None, chance: Chance) -> None:
    """One to three hubs of the network in use at that time; each is heard of, or not."""
    usable = [hub for hub in network.hubs if hub.start <= at <= hub.end]
    if not usable:
        return
    chosen: list[Hub] = []
    for hub in chance.choices(usable, [hub.weight for hub in usable], k=chance.choice((1, 1, 2, 3))):
        if hub not in chosen:
            chosen.append(hub)
    for hub in chosen:
        heard = chance.happens(network.plan.recorded)
        agency = chance.choices(list(HEARS), list(HEARS.values()))[0] if heard else None
        touch = Touch(network.name, hub, child, at, agency, episode)
        network.touches.append(touch)
        if episode is not None:
            episode.touches.append(touch)
            episode.place = hub.place or episode.place


def most_missing(world: World, line: Timeline) -> None:
    """One child of the first networks went missing about as often as the county's most-missing child did."""
    if not world.town.most_missing:
        return
    chance = stream(world.seed, "most missing")
    counts: dict[int, int] = {}
    for episode in world.episodes:
        counts[episode.child.number] = counts.get(episode.child.number, 0) + episode.reported
    network = world.networks[1]
    child, join, _ = max(network.joined, key=lambda each: (counts.get(each[0].number, 0), each[0].number))
    until = min(join + 2.2 * YEAR, midnight(child.born) + timedelta(days=6500))
    missing = counts.get(child.number, 0)
    for _ in range(50 * world.town.most_missing):
        if missing >= world.town.most_missing:
            return
        start = evening(join + (until - join) * chance.random(), chance)
        another = line.add(child, start, "network", 9.0)
        if another and another.reported:
            missing += 1
            if chance.happens(INSIDE):
                _touch(network, child, another.start, another, chance)
