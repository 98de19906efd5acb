"""Harm: children drawn in over weeks around things of mixed popularity. A twin has the same children made as busy, at
places of their own: what a detector finds there it would find without harm."""

from dataclasses import dataclass, field

from synthetic.chance import Chance, stream
from synthetic.worlds.families import Hub
from synthetic.worlds.lives import Event, Lives, Thing, away, evening
from synthetic.worlds.people import DAY, START, WEEK, Child


@dataclass
class Network:
    """Whom harm has drawn in, since when, and the things it goes by."""

    joined: list[tuple[Child, int]] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)

    def third(self) -> int:
        """The onset of the third child."""
        return sorted(since for _, since in self.joined)[2]


def plant(lives: Lives) -> Network:
    """The harm of the area's plan, or of its twin; none where there is no plan."""
    area, network = lives.area, Network()
    harm = area.harm
    if harm is None:
        return network
    chance = stream(area.seed, "network")
    size, run = chance.randint(*harm.size), chance.randint(*harm.run)
    recruit = min(chance.randint(*harm.recruit), run - 8)
    begin = START + chance.randint(56, max(57, area.weeks - run)) * WEEK
    end = min(begin + run * WEEK, lives.end)
    extra, together, heard = (chance.uniform(*span) for span in (harm.extra, harm.together, harm.heard))
    members = _drawn_in(lives, size, begin, chance)
    network.joined = sorted(
        ((child, begin + int(chance.random() * recruit * WEEK)) for child in members),
        key=lambda each: each[1],
    )
    hubs = [(hub, _thing(hub, number, lives, chance)) for number, hub in enumerate(harm.hubs)]
    network.things = [thing for _, thing in hubs]
    own: dict[int, list[Event]] = {}
    for event in lives.events:
        if event.hours:
            own.setdefault(event.child.number, []).append(event)
    for child, since in network.joined:
        until = min(end, since + chance.randint(30, 70) * WEEK)
        events = [
            _extra(lives, network, child, at, together, chance) for at in _times(since, until, extra, chance)
        ]
        inside = 0.7 if not harm.extra[1] else 0.35
        events += [e for e in own.get(child.number, []) if since <= e.at < until and chance.happens(inside)]
        for at in _times(since, until, 0.06, chance):
            events.append(Event(child, at, 0.0))
            lives.events.append(events[-1])
        for event in events:
            _touch(event, hubs, (begin, end), heard, area.twin, chance)
    return network


def _drawn_in(lives: Lives, size: int, begin: int, chance: Chance) -> list[Child]:
    """Through friends, a children's home, or neither; most of them missing before, some not."""
    weight = [child.rate + 0.004 for child in lives.children]
    first = chance.choices(lives.children, weight)[0]
    near = [c for c in lives.groups[first.friends] if c is not first][:2] if chance.happens(0.6) else []
    if chance.happens(0.35):
        near += [c for c in lives.children if c.in_care(begin) and c is not first][: size // 3]
    found = [first, *near][:size]
    while len(found) < size:
        child = chance.choices(lives.children, weight)[0]
        if child not in found:
            found.append(child)
    return found


def _thing(hub: Hub, number: int, lives: Lives, chance: Chance) -> Thing:
    if hub.kind == "takeaway":
        return "public", chance.randrange(len(lives.popular) // 12, len(lives.popular))
    if hub.kind == "busy":
        return "public", chance.randrange(3, max(4, len(lives.popular) // 20))
    return hub.kind, 900_000 + number


def _times(since: int, until: int, a_week: float, chance: Chance) -> list[int]:
    count = chance.poisson(a_week * max(0, until - since) / WEEK)
    return [evening(since + int(chance.random() * (until - since)), chance) for _ in range(count)]


def _extra(lives: Lives, network: Network, child: Child, at: int, together: float, chance: Chance) -> Event:
    event = away(lives, child, at, chance)
    event.network = True
    if chance.happens(together):
        others = [other for other, since in network.joined if since <= at and other is not child]
        if others:
            again = away(lives, chance.choice(others), at + chance.randrange(-3600, 5400), chance)
            again.network = True
    return event


def _touch(
    event: Event,
    hubs: list[tuple[Hub, Thing]],
    life: tuple[int, int],
    heard: float,
    twin: bool,
    chance: Chance,
) -> None:
    """One to three things of the network in use; in a twin, things nobody else has to do with."""
    begin, end = life
    usable = [h for h in hubs if h[0].begins <= (event.at - begin) / (end - begin) <= h[0].stops]
    chosen = (
        chance.choices(usable, [hub.weight for hub, _ in usable], k=chance.choice((1, 1, 2, 3)))
        if usable
        else []
    )
    event.network = True
    for kind, number in sorted({thing for _, thing in chosen}):
        thing = (kind, event.child.number * 50 + number % 50 + 10**6) if twin else (kind, number)
        if kind in ("flat", "public", "busy") and event.hours:
            event.things = [("own", thing[1]) if twin else thing]
        if chance.happens(heard):
            event.sure.append(("own", thing[1]) if twin and kind == "public" else thing)


def days(event: Event) -> int:
    """The day of an event since 1970."""
    return event.at // DAY
