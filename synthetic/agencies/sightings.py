"""Contacts with a network that are no missing episode: a car outside the school, a call logged, a word at a clinic."""

from datetime import datetime

from synthetic.clerk import Clerk
from synthetic.county import County
from synthetic.entry import Document, Entry
from synthetic.marks import show
from synthetic.words import NETWORK_WORDS, one
from synthetic.world import Child, Touch

SHAPE = {
    "police": ("intelligence", "INT", "Information received about adults seen with young people."),
    "school": (
        "concern",
        "CP",
        "Collected at the gate by an adult staff did not know. Did not want to say who it was.",
    ),
    "health": (
        "health",
        "ATT",
        "Attended with an older person who answered for the patient. Seen alone on request.",
    ),
    "social_care": ("visit", "VIS", "During the visit the telephone rang many times and caused worry."),
    "home": ("contact", "LOG", "A car waited at the end of the drive; staff went out and it left."),
    "voluntary": ("contact", "YW", "Spoke in a group about adults who give lifts and presents."),
}


def sightings(county: County) -> None:
    """One record for the touches of one child at one instant that the same agency heard of."""
    together: dict[tuple[str, int, datetime], list[Touch]] = {}
    for network in county.world.networks:
        for touch in network.touches:
            if touch.episode is None and touch.agency is not None:
                together.setdefault((touch.agency, touch.child.number, touch.at), []).append(touch)
    for (agency, _, at), touches in sorted(together.items(), key=lambda each: (each[0][2], each[0][:2])):
        _write(county, county.clerks[agency], touches[0].child, touches, at)


def _write(county: County, clerk: Clerk, child: Child, touches: list[Touch], at: datetime) -> None:
    kind, prefix, text = SHAPE[clerk.agency]
    shown = show(touches, clerk, "seen_at")
    entry = Entry(
        prefix=prefix,
        kind=kind,
        at=at,
        people=[clerk.child(child, at), *shown.adults],
        things=shown.things,
        by=clerk.roster.worker(clerk.agency, child.number),
        text=" ".join([text, *shown.sentences]),
        precise=clerk.chance.happens(0.5),
        touches=shown.touches,
        spoken=shown.spoken,
    )
    if kind == "intelligence":
        entry.grading = graded(clerk)
    if kind == "concern":
        entry.answer = county.answer(clerk.agency, at)
    elif clerk.chance.happens(0.25):
        entry.childs_words = one(NETWORK_WORDS, clerk.chance)
    county.hear(clerk, clerk.write(entry), touches, at)


def graded(clerk: Clerk) -> Document:
    """The police 3x5x2: mostly to be shared, now and then only with conditions."""
    grading: Document = {"source": clerk.chance.choice("122"), "information": clerk.chance.choice("ABBC")}
    if clerk.chance.happens(0.15):
        return {**grading, "handling": "C", "conditions": "ask the originator before any use"}
    return {**grading, "handling": "P"}
