"""Ordinary troubles that look like harm and are none: a fair, a new favourite corner, a camp, a busy school."""

from synthetic.chance import Chance, stream
from synthetic.worlds.lives import Event, Lives, away, evening
from synthetic.worlds.people import DAY, START, WEEK


def befall(lives: Lives) -> None:
    """What this world's trouble does to what happens. Troubles of numbers and of writing live elsewhere."""
    chance = stream(lives.area.seed, "trouble")
    happening = {
        "popular_place": _popular, "new_home": _new_home, "festival": _festival, "busy_school": _school,
        "holiday_camp": _camp, "care_home": _care_home,
    }.get(lives.area.trouble)  # fmt: skip
    if happening:
        happening(lives, chance)


def _popular(lives: Lives, chance: Chance) -> None:
    """From its second year on a new skate park takes every eighth absence, and the station was always busy."""
    opens = START + 70 * WEEK
    for event in lives.events:
        if event.hours and chance.happens(0.12):
            event.things = [("public", 10_001 if event.at > opens else 10_000)]


def _new_home(lives: Lives, chance: Chance) -> None:
    """A new children's home: its children are found at the shop on its corner."""
    for event in lives.events:
        home = event.child.home(event.at)
        if event.hours and home in ("home 0", "home 1", "home 2") and chance.happens(0.3):
            event.things = [("corner", int(home[5:]))]


def _care_home(lives: Lives, chance: Chance) -> None:
    """A home of many short placements has a bus stop of its own."""
    for event in lives.events:
        if event.hours and event.child.home(event.at) == "home 0" and chance.happens(0.35):
            event.things = [("corner", 0)]


def _festival(lives: Lives, chance: Chance) -> None:
    """Six days of a fair, twice: twice the absences, most of them found there."""
    for week in (82, 134):
        for _ in range(round(40 * lives.area.scale)):
            at = evening(START + week * WEEK + chance.randrange(6) * DAY, chance)
            away(lives, chance.choice(lives.children), at, chance).things = [("fair", 0)]


def _school(lives: Lives, chance: Chance) -> None:
    """One school writes down everything near its gate, and a new year's group finds a park of its own."""
    for child in lives.children:
        if child.school == 0:
            for _ in range(chance.poisson(2.5)):
                at = evening(START + chance.randrange(lives.area.weeks * WEEK), chance)
                thing = ("school gate", 0) if chance.happens(0.6) else ("park", at // (26 * WEEK))
                lives.events.append(Event(child, at, 0.0, [thing], [thing], by="school"))


def _camp(lives: Lives, chance: Chance) -> None:
    """Holiday homes: a dozen children of many households at one new address for a week, and somebody notes each."""
    for week in (80, 86, 132, 138):
        here = ("holiday home", week // 4)
        for child in chance.sample(lives.children, 9):
            at = evening(START + week * WEEK + chance.randrange(2) * DAY, chance)
            lives.events.append(Event(child, at, 0.0, [here], [here], by="voluntary"))
