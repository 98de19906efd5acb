"""Staff who warn, and managers who answer or do not; and, years later, the day managers first acted.

A frontline worker whose agency has heard of two or three children around one hub writes a concern, again and
again, and others write the same. Most are answered with "no further action", some with nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.clerk import Clerk, Document, Entry
from synthetic.county import County, name_of
from synthetic.days import stamp
from synthetic.marks import Shown, show
from synthetic.staff import EXECUTIVE, MANAGER, SENIOR, SUPERVISOR, Staff
from synthetic.words import NETWORK_WORDS, REFUSALS, WARNING, one
from synthetic.world import Child, Hub, Network, Touch

PREFIX = {
    "police": "CNC",
    "social_care": "CNC",
    "school": "CP",
    "health": "CNC",
    "home": "CNC",
    "voluntary": "CNC",
}
UNANSWERED = 0.3
GAP = timedelta(days=40)
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Warning_:
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


def warn(county: County) -> list[Warning_]:
    """All warnings about all networks, in order of time."""
    given: list[Warning_] = []
    for network in county.world.networks:
        chance = stream(county.world.seed, f"warnings/{network.name}")
        for number, (at, clerk, touches) in enumerate(_moments(county, network, chance)):
            given.append(_warning(county, network, clerk, touches, at, number, chance))
            if chance.happens(0.35):
                other = county.clerks[chance.choice(("school", "health", "voluntary", "police"))]
                later = at + timedelta(days=chance.randrange(1, 6), hours=2)
                given.append(_warning(county, network, other, touches, later, number, chance))
    return sorted(given, key=lambda each: (each.at, each.network))


def _moments(
    county: County, network: Network, chance: Chance
) -> Iterator[tuple[datetime, Clerk, list[Touch]]]:
    """When one agency has heard of at least two children around one hub, and not warned of it for some weeks."""
    heard = sorted((h for h in county.heard if h[3].network == network.name), key=lambda h: (h[0], h[2]))
    known: dict[tuple[str, str], dict[int, Touch]] = {}
    quiet_until = network.onset
    for at, clerk, _, touch in heard:
        around = known.setdefault((clerk.agency, touch.hub.number), {})
        around[touch.child.number] = touch
        if len(around) >= 2 and at > quiet_until and chance.happens(0.6) and at < (network.acted or at + GAP):
            quiet_until = at + GAP * chance.uniform(0.7, 2.4)
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
) -> Warning_:
    at = at.replace(hour=chance.randrange(9, 18), minute=chance.randrange(0, 60, 5))
    by = county.roster.worker(clerk.agency, len(network.name) + number // 3)
    manager = county.roster.head(clerk.agency, MANAGER)
    shown = show([_now(touch, at) for touch in touches[:1]], clerk, "spoken_of")
    others = [_now(touch, at) for touch in touches[1:] if shown.touches]
    hub, children = touches[-1].hub, tuple(touch.child for touch in touches)
    names = (
        " and ".join([", ".join(name_of(c) for c in children[:-1]), name_of(children[-1])])
        if len(children) > 1
        else name_of(children[0])
    )
    text = one(
        WARNING,
        chance,
        hub=hub.label,
        count=str(len(children)),
        ordinal=ORDINALS[min(number, 9)],
        names=names,
    )
    answer = _answer(county, clerk, at, chance)
    entry = Entry(
        prefix=PREFIX[clerk.agency], kind="concern", at=at, by=by, text=" ".join([text, *shown.sentences]),
        people=[*[clerk.child(child, at) for child in children], *shown.adults], things=shown.things,
        touches=[*shown.touches, *others], spoken=shown.spoken, prompt=True, answer=answer,
        observations=["worker_warned", "named_adult" if hub.kind == "alias" else "found_with_older_people"],
        told=_told(clerk, at, chance), childs_words=one(NETWORK_WORDS, chance) if chance.happens(0.4) else None,
    )  # fmt: skip
    ref = clerk.write(entry)
    record = (clerk.agency, ref) if ref else None
    return Warning_(network.name, at, by, manager, text, children, hub, record, answer is not None)


def _now(touch: Touch, at: datetime) -> Touch:
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
    fresh = at > county.world.until - timedelta(weeks=6)
    if chance.happens(0.75 if fresh else UNANSWERED) or answered >= county.world.until:
        return None
    decision, reason = chance.choice(REFUSALS)
    return county.decided(clerk.agency, decision, reason, answered)


def act(county: County) -> None:
    """The meeting at which managers first treat each network as one, and what they decide."""
    council = county.clerks["social_care"]
    for network in county.world.networks:
        if network.acted is None or network.acted >= county.world.until:
            continue
        at = network.acted.replace(hour=10, minute=0)
        children = [child for child, join, _ in network.joined if join <= at]
        shown = show(
            [Touch(network.name, hub, children[0], at, "social_care") for hub in network.hubs],
            council,
            "discussed",
        )
        by = county.roster.head("social_care", SENIOR)
        people = [*[council.child(child, at) for child in children], *shown.adults]
        ref = council.write(
            Entry(
                "STR",
                "meeting",
                at,
                people,
                by,
                prompt=True,
                things=shown.things,
                until=at + timedelta(hours=2),
                text="Complex strategy meeting. Records of all agencies read together for the first time. Joint enquiry agreed.",
                told=[
                    council.told(agency, EXECUTIVE, at, 30.0)
                    for agency in ("police", "social_care", "health")
                ],
                answer=county.decided(
                    "social_care", "joint_enquiry", "pattern across several children", at, EXECUTIVE
                ),
            )  # fmt: skip
        )
        network.act_record = ("social_care", ref) if ref else None
        _order(county, network, children, at, shown)


def _order(county: County, network: Network, children: list[Child], at: datetime, shown: Shown) -> None:
    """The police warn an adult away from the children: kind `order`, some weeks after."""
    police, later = county.clerks["police"], at + timedelta(days=24, hours=5)
    if not shown.adults or later >= county.world.until:
        return
    people = [
        *[police.child(child, later) for child in children[:3]],
        police.adult(shown.adults[0].body["also_known_as"][0], network.name),
    ]
    by = county.roster.head("police", SUPERVISOR)
    police.write(
        Entry(
            "CAW",
            "order",
            later,
            people,
            by,
            f"Child abduction warning notice served on {stamp(later)[:10]}.",
            prompt=True,
        )
    )
