"""What happens in a world: absences, and who is where with whom. Nothing of it is written down yet."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate

from synthetic.chance import Chance, stream
from synthetic.worlds.families import Area
from synthetic.worlds.people import DAY, START, WEEK, Child, children_of

type Thing = tuple[str, int]
"""A kind and a number: `("public", 3)`, `("flat", 9)`, `("vehicle", 4)`."""


@dataclass(slots=True)
class Event:
    """An absence (`hours` above 0), or something seen, of one child; `heard`: things somebody could write down.

    `sure`: things that are written down whatever the habits are."""

    child: Child
    at: int
    hours: float
    things: list[Thing] = field(default_factory=list)
    sure: list[Thing] = field(default_factory=list)
    by: str = ""
    network: bool = False


@dataclass
class Lives:
    """A world that has lived: children, events in order of time, how popular public places are."""

    area: Area
    children: list[Child]
    events: list[Event]
    popular: list[float]
    groups: dict[int, list[Child]]
    placed: dict[str, list[Child]]

    @property
    def end(self) -> int:
        """Its last second."""
        return START + self.area.weeks * WEEK

    def public(self, chance: Chance) -> Thing:
        """A public place, the popular more often."""
        return "public", bisect_left(self.popular, chance.random() * self.popular[-1])


def lived(area: Area) -> Lives:
    """Children and what becomes of them, without harm and without trouble of a lived kind."""
    children = children_of(area)
    places = max(30, round(420 * area.scale))
    popular = list(accumulate(1.0 / (n + 1) ** area.zipf for n in range(places)))
    groups: dict[int, list[Child]] = {}
    placed: dict[str, list[Child]] = {}
    for child in children:
        groups.setdefault(child.friends, []).append(child)
        for home in {home for _, _, home in child.stays}:
            placed.setdefault(home, []).append(child)
    lives = Lives(area, children, [], popular, groups, placed)
    chance = stream(area.seed, "absences")
    for child in children:
        for at in _absences(area, child, chance):
            away(lives, child, at, chance)
    _seen(lives, stream(area.seed, "everyday"))
    return lives


def away(lives: Lives, child: Child, at: int, chance: Chance) -> Event:
    """One absence, with the friends or the others of the home who went along."""
    area = lives.area
    event = Event(child, at, chance.lognormvariate(2.2, 0.8), [_where(lives, child, chance)])
    lives.events.append(event)
    home = child.home(at)
    others = [o for o in lives.groups[child.friends] if o is not child and chance.happens(area.friends_joint)]
    if child.in_care(at) and chance.happens(area.homes_joint):
        others += [o for o in lives.placed[home] if o is not child and o.home(at) == home][:2]
    for other in others:
        again = Event(other, at + chance.randrange(-3600, 3600), event.hours, list(event.things))
        lives.events.append(again)
    return event


def evening(at: int, chance: Chance) -> int:
    """That day, between four in the afternoon and one at night."""
    return at - at % DAY + chance.randrange(16 * 3600, 25 * 3600)


def _absences(area: Area, child: Child, chance: Chance) -> list[int]:
    """When a child's own absences begin: a rate higher in care and in summer, and each may set off others."""
    end, found = START + area.weeks * WEEK, []
    summer = 2.2 if area.trouble == "school_holidays" else 1.25
    for week in range(area.weeks):
        at = START + week * WEEK
        factor = (area.care_factor if child.in_care(at) else 1.0) * (
            summer if week % 52 in range(29, 35) else 1.0
        )
        found += [at + int(chance.random() * WEEK) for _ in range(chance.poisson(child.rate * factor * 0.55))]
    waiting = list(found)
    while waiting:
        at = waiting.pop()
        for _ in range(chance.poisson(area.branching)):
            later = at + int((0.5 + chance.days(area.repeat_days)) * DAY)
            if later < end:
                waiting.append(later)
                found.append(later)
    return sorted(evening(at, chance) for at in found)


def _where(lives: Lives, child: Child, chance: Chance) -> Thing:
    draw = chance.random()
    if draw < 0.45:
        return lives.public(chance)
    if draw < 0.65:
        return "haunt", child.friends
    return "friend", chance.randrange(10**6) if draw < 0.9 else child.school


def _seen(lives: Lives, chance: Chance) -> None:
    """Everyday notes: contacts, health, school; now and then a car, a telephone, a name, all of them innocent."""
    for child in lives.children:
        for _ in range(chance.poisson(2.2 * lives.area.weeks / 156)):
            at = START + int(chance.random() * lives.area.weeks * WEEK)
            event = Event(child, evening(at, chance), 0.0)
            draw = chance.random()
            if draw < 0.12:
                event.things = [lives.public(chance)]
            elif draw < 0.2:
                event.things = (
                    [("family car", child.number)]
                    if chance.happens(0.7)
                    else [("taxi", chance.randrange(12))]
                )
            elif draw < 0.28:
                event.things = [("friend phone", child.friends)]
            elif draw < 0.36:
                event.things = [("known as", chance.randrange(60))]
            elif draw < 0.42:
                event.things = [("youth club", child.school)]
            lives.events.append(event)
