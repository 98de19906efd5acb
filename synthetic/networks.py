"""Planted networks: who is drawn in, when, around which places, vehicles, telephones, accounts and names.

A network recruits over months through friends, a children's home or a place; its hubs change during its life;
its children go missing more often, or no more than before. Every contact of a child with a hub is a `Touch`;
an agency hears of it with the plan's probability, otherwise nobody does.
"""

from datetime import timedelta

from synthetic.chance import Chance, stream
from synthetic.contacts import live
from synthetic.episodes import Timeline
from synthetic.names import aliases
from synthetic.numbers import mobile, plate
from synthetic.places import Ground
from synthetic.plans import HubPlan, Plan
from synthetic.recruits import YEAR, chosen, first_and_last
from synthetic.world import Child, Hub, Network, World

MONTH = timedelta(days=30.44)
FOOD = ("takeaway", "burger", "chicken")


def plant(world: World, line: Timeline, ground: Ground, groups: dict[int, list[Child]]) -> None:
    """All networks of the town's plans."""
    seen = first_and_last(world)
    for number, plan in enumerate(world.town.plans):
        chance = stream(world.seed, f"network/{plan.name}")
        network = _network(world, plan, number, ground, chance)
        for child in chosen(world, network, groups, seen, chance):
            join = network.onset + chance.random() * plan.recruit_months * MONTH
            leave = min(network.ends, join + MONTH * chance.uniform(8, 26))
            network.joined.append((child, join, leave))
            child.networks.append(plan.name)
        network.joined.sort(key=lambda each: each[1])
        world.networks.append(network)
    for network in world.networks:
        live(world, line, network, stream(world.seed, f"contacts/{network.name}"))


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
