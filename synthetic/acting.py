"""The day managers first treated a network as one: a meeting, a decision, and a warning served on an adult."""

from datetime import datetime, timedelta

from synthetic.county import County
from synthetic.days import day
from synthetic.entry import Entry
from synthetic.marks import Shown, show
from synthetic.staff import EXECUTIVE, SENIOR, SUPERVISOR
from synthetic.world import Child, Network, Touch

MEETING = (
    "Complex strategy meeting. The records of all agencies were read together for the first time. "
    "A joint enquiry was agreed."
)


def act(county: County) -> None:
    """The first action on every network, on the day its plan says, if the records reach so far."""
    for network in county.world.networks:
        if network.acted is not None and network.acted < county.world.until - timedelta(days=7):
            _meeting(county, network, network.acted.replace(hour=10, minute=0, second=0, microsecond=0))


def _meeting(county: County, network: Network, at: datetime) -> None:
    council = county.clerks["social_care"]
    children = [child for child, join, _ in network.joined if join <= at]
    shown = show(
        [Touch(network.name, h, children[0], at, "social_care") for h in network.hubs], council, "discussed"
    )
    entry = Entry(
        prefix="STR",
        kind="meeting",
        at=at,
        until=at + timedelta(hours=2),
        people=[*[council.child(child, at) for child in children], *shown.adults],
        by=county.roster.head("social_care", SENIOR),
        text=MEETING,
        things=shown.things,
        told=[council.told(agency, EXECUTIVE, at, 30.0) for agency in ("police", "social_care", "health")],
        answer=county.decided(
            "social_care", "joint_enquiry", "pattern across several children", at, EXECUTIVE
        ),
        prompt=True,
    )
    ref = council.write(entry) or council.write(entry) or council.write(entry)
    network.act_record = ("social_care", ref) if ref else None
    _decision(county, children, at)
    _order(county, network, children, at, shown)


def _decision(county: County, children: list[Child], at: datetime) -> None:
    council, later = county.clerks["social_care"], at + timedelta(days=3, hours=4)
    by = county.roster.head("social_care", EXECUTIVE)
    people = [council.child(child, later) for child in children]
    text = (
        "One named lead for all the young people; weekly meeting of all agencies; reviewed by the executive."
    )
    council.write(Entry("DEC", "decision", later, people, by, text, prompt=True))


def _order(county: County, network: Network, children: list[Child], at: datetime, shown: Shown) -> None:
    """The police warn an adult away from the children: kind `order`, some weeks after."""
    police, later = county.clerks["police"], at + timedelta(days=24, hours=5)
    if not shown.adults or later >= county.world.until:
        return
    adult = shown.adults[0]
    people = [police.child(child, later) for child in children[:3]]
    people.append(police.adult(adult.body["also_known_as"][0], adult.adult))
    text = f"Child abduction warning notice served on {day(later)}."
    police.write(
        Entry("CAW", "order", later, people, county.roster.head("police", SUPERVISOR), text, prompt=True)
    )
