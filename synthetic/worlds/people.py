"""Children of a world, where they live, whom they go about with. Only those who could ever be missing or named."""

from dataclasses import dataclass, field

from synthetic.chance import Chance, stream
from synthetic.worlds.families import Area

DAY = 86400
WEEK = 7 * DAY
START = 1_262_304_000
"""2010-01-01, the first second of every world."""


@dataclass(slots=True)
class Child:
    """One child: `rate` is episodes a week of their own; `stays` are placements as (from, until, home)."""

    number: int
    household: str
    school: int
    friends: int
    rate: float
    stays: list[tuple[int, int, str]] = field(default_factory=list)

    def home(self, at: int) -> str:
        """Where the child lives at an instant."""
        return next((home for since, until, home in self.stays if since <= at < until), self.household)

    def in_care(self, at: int) -> bool:
        """Whether that is a children's home."""
        return any(since <= at < until for since, until, _ in self.stays)


def children_of(area: Area) -> list[Child]:
    """Some 1,700 children at full scale: as many as have any rate at all in three years among 3,500."""
    chance = stream(area.seed, "children")
    schools, found = max(4, round(24 * area.scale)), []
    household, friends, school = 0, 0, 0
    for number in range(round(1700 * area.scale)):
        if not chance.happens(0.12):
            household += 1
        if not number or chance.happens(0.4):
            friends, school = friends + 1, chance.randrange(schools)
        rate = min(0.12, 0.0062 * chance.lognormvariate(0.0, area.spread))
        found.append(Child(number, f"house {household}", school, friends, rate))
    _place(area, found, chance)
    return found


def _place(area: Area, children: list[Child], chance: Chance) -> None:
    """Stays in children's homes: four beds each, children of higher rates more often, places change."""
    homes = max(3, round(14 * area.scale))
    weight = [child.rate**0.5 for child in children]
    end = START + area.weeks * WEEK
    for home in range(homes):
        opens = START + area.weeks * WEEK // 2 if area.trouble == "new_home" and home < 3 else START
        mean = 30 if area.trouble == "care_home" and home < 3 else 150
        for _ in range(9 if area.trouble == "care_home" and home < 3 else 4):
            at = opens + int(chance.days(10) * DAY)
            while at < end:
                until = at + int((7 + chance.days(mean)) * DAY)
                child = chance.choices(children, weight)[0]
                if not child.in_care(at) and not child.in_care(until):
                    child.stays.append((at, min(until, end), f"home {home}"))
                at = until + int(chance.days(12) * DAY)
