"""Planted networks: who is drawn in, when, around which places, vehicles, phones and names, and who hears of it.

A network recruits over months through friends, a children's home or a place; its hubs change during its life;
its children go missing more often, or no more than before. Every contact of a child with a hub is a `Touch`;
an agency hears of it with the plan's probability, otherwise nobody does.
"""

from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.children import evening
from synthetic.days import midnight
from synthetic.episodes import Timeline
from synthetic.names import aliases
from synthetic.numbers import mobile, plate
from synthetic.places import Ground
from synthetic.plans import HubPlan, Plan
from synthetic.world import Child, Episode, Hub, Network, Touch, World

MONTH = timedelta(days=30.44)
YEAR = timedelta(days=365.25)
INSIDE = 0.4
"""Share of a child's own episodes, while in contact, that are time with the network."""
HEARS = {"police": 3.0, "voluntary": 2.0, "social_care": 1.5, "school": 1.5, "home": 1.5, "health": 1.0}
"""How likely each agency is to be the one that hears, relative to the others."""


FOOD = ("takeaway", "burger", "chicken")


def plant(world: World, line: Timeline, ground: Ground, groups: dict[int, list[Child]]) -> None:
    """All networks of the town's plans."""
    seen = _first_and_last(world)
    for number, plan in enumerate(world.town.plans):
        chance = stream(world.seed, f"network/{plan.name}")
        network = _network(world, plan, number, ground, chance)
        for child in _choose(world, network, groups, seen, chance):
            join = network.onset + chance.random() * plan.recruit_months * MONTH
            leave = min(network.ends, join + MONTH * chance.uniform(8, 26))
            network.joined.append((child, join, leave))
            child.networks.append(plan.name)
        network.joined.sort(key=lambda each: each[1])
        world.networks.append(network)
    for network in world.networks:
        _live(world, line, network, stream(world.seed, f"contacts/{network.name}"))


def _network(world: World, plan: Plan, number: int, ground: Ground, chance: Chance) -> Network:
    onset = world.start + (world.until - world.start) * plan.onset
    acted = None if plan.acted_after_years is None else onset + YEAR * plan.acted_after_years
    ends = min(onset + MONTH * plan.run_months, world.until, acted or world.until)
    network = Network(plan.name, plan, onset, ends, acted)
    network.hubs = [
        _hub(world, network, hub, f"{plan.name}-{place + 1}", number * 7 + place, ground, chance)
        for place, hub in enumerate(plan.hubs)
    ]
    for hub in network.hubs:
        hub.networks = (*hub.networks, plan.name)
    return network


def _hub(
    world: World, network: Network, plan: HubPlan, number: str, serial: int, ground: Ground, chance: Chance
) -> Hub:
    """A new hub, or the first hub of the network it is shared with, kept in use for as long as both."""
    life = network.ends - network.onset
    if plan.kind.startswith("="):
        shared = next(each for each in world.networks if each.name == plan.kind[1:]).hubs[0]
        shared.end = max(shared.end, network.ends)
        return shared
    start, end = network.onset + life * plan.begins, network.onset + life * plan.stops
    return _furnish(world, Hub(number, plan.kind, "", start, end, plan.weight), serial, ground, chance)


def _furnish(world: World, hub: Hub, serial: int, ground: Ground, chance: Chance) -> Hub:
    """Give a hub its address, mark, number, handle or name, with the other ways people write it."""
    match hub.kind:
        case "vehicle":
            hub.vrm = hub.label = plate(chance)
        case "phone":
            hub.phone = hub.label = mobile(500 + serial)
        case "alias":
            known = aliases()[_called_before(world)]
            hub.label, hub.spellings = known[0], known[1:]
        case "account":
            hub.handle = hub.label = (
                f"{aliases()[_called_before(world)][0].lower()}_zz{chance.randrange(10, 99)}"
            )
        case "takeaway":
            middling = world.places[len(world.places) // 10 :]
            hub.place = chance.choice([p for p in middling if any(word in p.name for word in FOOD)])
        case _:
            hub.place = ground.place(-1, "budget hotel" if hub.kind == "hotel" else "flat")
    if hub.place:
        hub.label, hub.spellings = hub.place.address, hub.place.spellings
    return hub


def _called_before(world: World) -> int:
    """How many networks have an adult with a name already: no two share one."""
    return sum(1 for network in world.networks for hub in network.hubs if hub.kind == "alias")


def _first_and_last(world: World) -> list[tuple[Child, datetime, datetime]]:
    """Children with the span of their own episodes."""
    spans: dict[int, tuple[Child, datetime, datetime]] = {}
    for episode in world.episodes:
        _, first, last = spans.get(episode.child.number, (None, episode.start, episode.start))
        spans[episode.child.number] = (episode.child, min(first, episode.start), max(last, episode.start))
    return list(spans.values())


def _choose(
    world: World,
    network: Network,
    groups: dict[int, list[Child]],
    seen: list[tuple[Child, datetime, datetime]],
    chance: Chance,
) -> list[Child]:
    """The children drawn in: aged 11 to 15, most of them missing before; by route peers, homes or places."""
    plan, onset = network.plan, network.onset
    pool = [
        c for c, first, last in seen if _fits(c, network) and first < onset + YEAR and last > onset - 2 * YEAR
    ]
    chance.shuffle(pool)
    first: list[Child] = []
    if plan.route == "homes":
        first = [
            c for c in pool if any(s.home is not None and _near(s.start, s.end, network) for s in c.spells)
        ]
    elif plan.route == "peers":
        for child in pool[:6]:
            group = groups.get(child.friends, []) if child.friends is not None else []
            first += [child, *[c for c in group if c is not child and _fits(c, network)][:2]]
    quiet = [c for c in world.children if _fits(c, network) and not c.spells]
    chosen: list[Child] = []
    for child in [
        *first[: (plan.size * 2 + 2) // 3],
        *pool,
        *chance.sample(quiet, min(len(quiet), plan.size)),
    ]:
        if child not in chosen and len(chosen) < plan.size:
            chosen.append(child)
    return chosen


def _fits(child: Child, network: Network) -> bool:
    """Of an age to be drawn in during the recruiting months, and in no other network."""
    age = (network.onset.date() - child.born).days / 365.25
    return 11.0 <= age <= 15.3 and not child.networks


def _near(start: datetime, end: datetime | None, network: Network) -> bool:
    return start < network.onset + YEAR and (end is None or end > network.onset)


def _live(world: World, line: Timeline, network: Network, chance: Chance) -> None:
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
    while counts.get(child.number, 0) < world.town.most_missing:
        episode = line.add(child, evening(join + (until - join) * chance.random(), chance), "network", 9.0)
        if episode and episode.reported:
            counts[child.number] = counts.get(child.number, 0) + 1
            if chance.happens(INSIDE):
                _touch(network, child, episode.start, episode, chance)
