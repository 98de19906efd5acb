"""Care: children's homes with turnover, foster homes, and who lived where when."""

from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.children import Seed
from synthetic.days import midnight
from synthetic.names import place_words
from synthetic.places import Ground
from synthetic.world import Child, Home, Spell, World

RESIDENTIAL = 0.3
"""Share of moves that lead to a children's home rather than a foster home."""


def make_homes(world: World, ground: Ground) -> None:
    """The children's homes; one of them opens half-way through the years (a confounder of its own)."""
    chance, names = stream(world.seed, "homes"), place_words()["houses"]
    for number in range(world.town.homes):
        first_line, code, _ = ground.address()
        opens = (
            world.start + (world.until - world.start) / 2 if number == world.town.homes - 1 else world.start
        )
        world.homes.append(
            Home(
                number=number,
                name=f"{names[number % len(names)]} House",
                address=first_line,
                postcode=code,
                beds=chance.randrange(4, 8),
                opens=opens,
                joint=chance.uniform(*world.town.homes_joint),
                urn=f"SC{900000 + number}",
            )
        )


def place_children(world: World, ground: Ground, named: list[tuple[Child, Seed]]) -> None:
    """Give every child who is ever in care one to four placements, homes never over their beds."""
    chance = stream(world.seed, "placements")
    for child, seed in named:
        if seed.care:
            _spells(world, ground, child, chance)


def _spells(world: World, ground: Ground, child: Child, chance: Chance) -> None:
    came = midnight(child.born) + timedelta(days=chance.randrange(9 * 365, 16 * 365), hours=11)
    leaves = min(came + timedelta(days=120 + chance.days(900)), midnight(child.born) + timedelta(days=6573))
    at = came
    while at < leaves:
        lasts = timedelta(days=28 + int(chance.days(270)))
        end: datetime | None = min(at + lasts, leaves)
        if end is not None and end > world.start and at < world.until:
            spell = _spell(world, ground, child, at, end, chance)
            spell.first = at == came
            child.spells.append(spell)
        at += lasts


def _spell(world: World, ground: Ground, child: Child, at: datetime, end: datetime, chance: Chance) -> Spell:
    home = _free(world, at, end, chance) if chance.happens(RESIDENTIAL) else None
    open_end = None if end > world.until else end
    if home is None:
        first_line, code, _ = ground.address()
        return Spell(at, open_end, None, first_line, code)
    spell = Spell(at, open_end, home.number, home.address, home.postcode)
    home.residents.append((child, spell))
    return spell


def _free(world: World, at: datetime, end: datetime, chance: Chance) -> Home | None:
    """A home with a bed for those dates, if there is one among three tried."""
    for home in chance.sample(world.homes, min(3, len(world.homes))):
        there = sum(1 for _, s in home.residents if s.start < end and (s.end is None or s.end > at))
        if at >= home.opens and there < home.beds:
            return home
    return None


def residents(home: Home, at: datetime) -> list[Child]:
    """Who lived at a home at an instant."""
    return [child for child, s in home.residents if s.start <= at and (s.end is None or at < s.end)]
