"""Making the world, step by step, and trimming it to the published count of missing children."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from synthetic.chance import stream
from synthetic.children import Register, make_friends, seeds
from synthetic.contacts import most_missing
from synthetic.days import midnight, years_before
from synthetic.episodes import Timeline, give_places, joint_episodes, own_episodes
from synthetic.figures import years_of
from synthetic.homes import make_homes, place_children
from synthetic.names import place_words
from synthetic.networks import plant
from synthetic.places import Ground
from synthetic.town import Town
from synthetic.world import World

type Say = Callable[[str], None]
type Plot = Literal["networks", "twin", "nothing"]
"""What is planted: networks; the same children as often missing for unrelated reasons; or nothing."""


def make_world(town: Town, seed: int, until: date, say: Say, *, plot: Plot = "networks") -> World:
    """The world of a town and a seed up to the end of a day."""
    world = World(town, seed, midnight(years_before(until, town.years)), midnight(until + timedelta(days=1)))
    world.schools = place_words()["schools"][: town.schools]
    ground = Ground(town, stream(seed, "ground"))
    world.places = ground.public_places()
    make_homes(world, ground)
    say("children")
    named = Register(world, ground).name_all(seeds(world))
    groups = make_friends(world)
    place_children(world, ground, named)
    say("missing episodes")
    line = Timeline(world)
    own_episodes(world, line, named)
    joint_episodes(world, line, groups)
    if plot != "nothing":
        say("networks")
        plant(world, line, ground, groups)
        most_missing(world, line)
    if plot == "twin":
        untangle(world)
    give_places(world, groups)
    if town.missing_a_year:
        trim(world, *town.missing_a_year)
    world.episodes.sort(key=lambda e: (e.start, e.child.number))
    for number, episode in enumerate(world.episodes):
        episode.number = number
    return world


def untangle(world: World) -> None:
    """The twin of a world with networks: the same children as often missing, with nothing in common.

    Their extra episodes move by whole weeks, each by its own number, so that no two are together; found places
    are drawn again from ordinary ones.
    """
    chance = stream(world.seed, "twin")
    for episode in world.episodes:
        if episode.origin == "network":
            weeks = timedelta(weeks=chance.choice((-3, -2, -1, 1, 2, 3)))
            if world.start <= episode.start + weeks and episode.end + weeks < world.until:
                episode.start, episode.end = episode.start + weeks, episode.end + weeks
            episode.along = None
        if episode.touches:
            episode.touches, episode.place = [], None
    world.networks = []
    for child in world.children:
        child.networks = []


def trim(world: World, low: int, high: int) -> None:
    """Condition on the published yearly count: take away surplus children who were missing only once ever.

    Random counts of about 620 children vary by 25 a year; the county's own published counts (598, 630, 636)
    varied less, so the surplus the rates make on purpose is taken off at random, never a network's child.
    """
    chance = stream(world.seed, "trim")
    total = Counter(e.child.number for e in world.episodes)
    for begin, end in years_of(world):
        inside = [e for e in world.episodes if e.reported and begin <= e.start < end]
        surplus = len({e.child.number for e in inside}) - chance.randint(low, high)
        once = [e for e in inside if total[e.child.number] == 1 and not e.touches and not e.companions]
        gone = set(map(id, chance.sample(once, max(0, min(surplus, len(once))))))
        world.episodes = [e for e in world.episodes if id(e) not in gone]
