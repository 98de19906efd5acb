"""Staff who warn, and managers who answer or do not; and, years later, the day managers first acted.

A frontline worker whose agency has heard of two or three children around one hub writes a concern, again and
again, and others write the same. Most are answered with "no further action", some with nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.clerk import Clerk
from synthetic.county import FRESH, County, name_of
from synthetic.entry import Document, Entry
from synthetic.marks import show
from synthetic.staff import MANAGER, SENIOR, SUPERVISOR, Staff
from synthetic.words import HUB_WORDS, NETWORK_WORDS, REFUSALS, WARNING, one
from synthetic.world import Child, Hub, Network, Touch

UNANSWERED = 0.3
GAP = timedelta(days=30)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning as it was given: for the mail folder and the truth file."""

    network: str
    at: datetime
    by: Staff
    told: Staff
    text: str
    children: tuple[Child, ...]
    hub: Hub
    record: tuple[str, str] | None
    answered: bool


def warn(county: County) -> list[Warned]:
    """All warnings about all networks, in order of time."""
    given: list[Warned] = []
    for network in county.world.networks:
        chance = stream(county.world.seed, f"warnings/{network.name}")
        for number, (at, clerk, touches) in enumerate(_moments(county, network, chance)):
            given.append(_warning(county, network, clerk, touches, at, number, chance))
            if chance.happens(0.8 if at > county.world.until - FRESH else 0.35):
                other = county.clerks[chance.choice(("school", "health", "voluntary", "police"))]
                later = at + timedelta(days=chance.randrange(1, 6), hours=2)
                given.append(_warning(county, network, other, touches, later, number, chance))
    return sorted(given, key=lambda each: (each.at, each.network))


def _moments(
    county: County, network: Network, chance: Chance
) -> Iterator[tuple[datetime, Clerk, list[Touch]]]:
    """When an agency has heard of two or more children around one hub, and not warned of it for some weeks.

    In the last six weeks of the records staff write more often, and hear of it from one another.
    """
    heard = sorted((h for h in county.heard if h[3].network == network.name), key=lambda h: (h[0], h[2]))
    known: dict[tuple[str, str], dict[int, Touch]] = {}
    quiet_until = network.onset
    for at, clerk, _, touch in heard:
        fresh = at > county.world.until - FRESH
        around = known.setdefault(("any" if fresh else clerk.agency, touch.hub.number), {})
        around[touch.child.number] = touch
        due = at > quiet_until and at < (network.acted or at + GAP) and len(around) >= 2
        if due and (fresh or chance.happens(0.75)):
            quiet_until = at + GAP * (0.1 if fresh else chance.uniform(0.7, 2.4))
            recent = sorted(around.values(), key=lambda each: each.at)[-3:]
            yield at + timedelta(days=1, hours=chance.randrange(1, 6)), clerk, recent


def _warning(
    county: County,
    network: Network,
    clerk: Clerk,
    touches: list[Touch],
    at: datetime,
    number: int,
    chance: Chance,
) -> Warned:
    at = at.replace(hour=chance.randrange(9, 18), minute=chance.randrange(0, 60, 5), second=0, microsecond=0)
    by = county.roster.worker(clerk.agency, len(network.name) + number // 3)
    hub, children = touches[-1].hub, tuple(touch.child for touch in touches)
    shown = show([_now(touch, at) for touch in touches[:1]], clerk, "spoken_of")
    answer = _answer(county, clerk, at, chance)
    text = _text(hub, children, number, chance)
    entry = Entry(
        prefix="CP" if clerk.agency == "school" else "CNC",
        kind="concern",
        at=at,
        by=by,
        text=" ".join([text, *shown.sentences]),
        people=[*[clerk.child(child, at) for child in children], *shown.adults],
        things=shown.things,
        touches=[*shown.touches, *[_now(touch, at) for touch in touches[1:] if shown.touches]],
        spoken=shown.spoken,
        prompt=True,
        answer=answer,
        observations=["worker_warned", "named_adult" if hub.kind == "alias" else "found_with_older_people"],
        told=_told(clerk, at, chance),
        childs_words=one(NETWORK_WORDS, chance) if chance.happens(0.4) else None,
    )
    ref = clerk.write(entry)
    record = (clerk.agency, ref) if ref else None
    told = county.roster.head(clerk.agency, MANAGER)
    return Warned(network.name, at, by, told, text, children, hub, record, answer is not None)


def _text(hub: Hub, children: tuple[Child, ...], number: int, chance: Chance) -> str:
    called = [name_of(child) for child in children]
    names = " and ".join([", ".join(called[:-1]), called[-1]]) if len(called) > 1 else called[0]
    words = HUB_WORDS.get(hub.kind, "{label}").format(label=hub.label)
    count = {2: "two", 3: "three"}.get(len(children), "several")
    return one(WARNING, chance, hub=words, count=count, ordinal=ORDINALS[min(number, 9)], names=names)


def _now(touch: Touch, at: datetime) -> Touch:
    """The same mark of the same child, spoken of again."""
    return Touch(touch.network, touch.hub, touch.child, at, touch.agency, None)


def _told(clerk: Clerk, at: datetime, chance: Chance) -> list[Document]:
    told = [clerk.told(clerk.agency, MANAGER, at)]
    if chance.happens(0.5):
        told.append(clerk.told("social_care", SUPERVISOR, at, 20.0))
    if chance.happens(0.2):
        told.append(clerk.told(clerk.agency, SENIOR, at, 60.0))
    return told


def _answer(county: County, clerk: Clerk, at: datetime, chance: Chance) -> Document | None:
    """A refusal with its author, or silence; what was written in the last six weeks is mostly still open."""
    answered = at + timedelta(hours=20 + chance.days(6) * 24)
    fresh = at > county.world.until - FRESH
    if chance.happens(0.75 if fresh else UNANSWERED) or answered >= county.world.until:
        return None
    decision, reason = chance.choice(REFUSALS)
    return county.decided(clerk.agency, decision, reason, answered)
