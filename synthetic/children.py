"""The children: born over the years, each with a rate of their own; only those who come to notice get a name.

A child's yearly rate of going missing is lognormal, weighted by age; in care it is multiplied by the setting
(children's homes 3 to 8, foster care 1.5 to 3). Of about 200,000 children of the county most are never missing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.days import midnight, season
from synthetic.names import Background, family_name, given_name, nicknames
from synthetic.numbers import nhs_number, upn
from synthetic.places import Ground
from synthetic.world import Child, Household, World

AGE_WEIGHT = (0.15, 0.35, 0.7, 1.2, 1.75, 1.75, 1.35, 0.75)
"""Weight of ages 10 to 17 against the mean."""
TWINS, SIBLINGS, NEW_SURNAME = 0.012, 0.22, 0.04


@dataclass(slots=True)
class Seed:
    """A child before anything is known of them: birth, rate, first-missing instants, whether ever in care."""

    born: date
    rate: float
    starts: list[datetime]
    care: bool


def seeds(world: World) -> list[Seed]:
    """Everybody aged 10 to 17 at some time in the world's years who comes to notice, by birth."""
    town, chance = world.town, stream(world.seed, "children")
    total = round(town.children * (town.years + 8) / 8)
    first_birth = (world.start - timedelta(days=round(18 * 365.25))).date()
    span = round((town.years + 8) * 365.25)
    found = []
    for _ in range(total):
        born = first_birth + timedelta(days=chance.randrange(span))
        care = chance.happens(town.in_care * 8 / 5)
        rate = town.rate * chance.lognormvariate(-(town.rate_spread**2) / 2, town.rate_spread)
        rate = min(town.highest_rate, rate * (town.care_factor if care else 1.0))
        if not care and not chance.happens(town.prone):
            rate = 0.0
        starts = instants(rate, midnight(born), world, chance)
        if starts or care or chance.happens(town.known):
            found.append(Seed(born, rate, starts, care))
    found.sort(key=lambda seed: (seed.born, seed.rate))
    return found


def instants(rate: float, born: datetime, world: World, chance: Chance) -> list[datetime]:
    """First-missing instants of a Poisson process of that yearly rate, thinned by age, season and hour."""
    start = max(world.start, born + timedelta(days=3653))
    end = min(world.until, born + timedelta(days=6574))
    days = (end - start).days
    if days <= 0:
        return []
    highest = max(AGE_WEIGHT) * 1.25
    kept = []
    for _ in range(chance.poisson(rate * highest * days / 365.25)):
        at = start + timedelta(days=chance.random() * days)
        age = min(7, max(0, int((at - born).days / 365.25) - 10))
        if chance.happens(AGE_WEIGHT[age] * season(at) / highest):
            kept.append(evening(at, chance))
    return sorted(kept)


def evening(at: datetime, chance: Chance) -> datetime:
    """The same day at an hour children go missing: mostly from after school to midnight."""
    hour = chance.choices(
        range(24), (3, 2, 1, 1, 1, 1, 1, 2, 4, 3, 2, 2, 3, 3, 4, 8, 9, 9, 10, 11, 11, 10, 8, 5)
    )[0]
    return at.replace(hour=hour, minute=chance.randrange(0, 60, 5), second=0, microsecond=0)


class Register:
    """Gives seeds a name, a household, a school and numbers."""

    def __init__(self, world: World, ground: Ground) -> None:
        self._world, self._ground = world, ground
        self._chance = stream(world.seed, "names")
        self._recent: list[tuple[Child, Background]] = []

    def name_all(self, found: list[Seed]) -> list[tuple[Child, Seed]]:
        """Children in order of birth; some are brothers, sisters or twins of the one before."""
        named = []
        for seed in found:
            child = self._child(seed, self._sibling(seed.born))
            named.append((child, seed))
            if self._chance.happens(TWINS):
                named.append((self._child(Seed(seed.born, seed.rate, [], False), self._recent[-1]), seed))
                named[-1] = (named[-1][0], Seed(seed.born, seed.rate, [], False))
        self._world.children = [child for child, _ in named]
        return named

    def _sibling(self, born: date) -> tuple[Child, Background] | None:
        if not self._recent or not self._chance.happens(SIBLINGS):
            return None
        older, background = self._chance.choice(self._recent[-400:])
        return (older, background) if (born - older.born).days > 300 else None

    def _child(self, seed: Seed, sibling: tuple[Child, Background] | None) -> Child:
        chance, number = self._chance, len(self._recent)
        background, family = (sibling[1], sibling[0].family) if sibling else family_name(chance)
        sex = chance.choice("FM")
        given = given_name(background, sex, chance)
        while sibling and given == sibling[0].given:
            given = given_name(background, sex, chance)
        school = chance.randrange(len(self._world.schools))
        child = Child(
            number=number,
            sex=sex,
            given=given,
            family=family,
            born=seed.born,
            household=sibling[0].household if sibling else self._household(family),
            school=sibling[0].school if sibling else school,
            rate=seed.rate,
            nhs=nhs_number(number + 1),
            upn=upn(school, seed.born.year + 5, number),
            nickname=chance.choice(nicknames()[given]) if given in nicknames() else None,
        )
        if chance.happens(NEW_SURNAME):
            child.former_family = family_name(chance)[1]
            child.changed_name = seed.born + timedelta(days=chance.randrange(3700, 6200))
        self._recent.append((child, background))
        return child

    def _household(self, family: str) -> Household:
        household = self._ground.household(len(self._world.households), family)
        self._world.households.append(household)
        return household


def make_friends(world: World) -> dict[int, list[Child]]:
    """Friend groups of 2 to 6 of one school and nearly one age; some children have none."""
    chance = stream(world.seed, "friends")
    by_class: dict[tuple[int, int], list[Child]] = {}
    for child in world.children:
        by_class.setdefault((child.school, child.born.year // 2), []).append(child)
    groups: dict[int, list[Child]] = {}
    for members in by_class.values():
        chance.shuffle(members)
        while members:
            size = chance.choice((1, 2, 3, 3, 4, 5, 6))
            group, members = members[:size], members[size:]
            if len(group) > 1:
                for child in group:
                    child.friends = len(groups)
                groups[len(groups)] = group
    return groups
