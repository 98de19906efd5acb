"""The council's and the homes' records of children in care: moves, orders, visits, reviews, evenings."""

from datetime import datetime, timedelta

from synthetic.clerk import Clerk
from synthetic.county import County, name_of
from synthetic.entry import Entry
from synthetic.words import CHILDS_WORDS, HOME_LOG, VISIT, one
from synthetic.world import Child, Spell


def care(county: County) -> None:
    """Every placement of every child in care, in order."""
    for child in county.world.children:
        for spell in child.spells:
            _placement(county, child, spell)


def _placement(county: County, child: Child, spell: Spell) -> None:
    world, council = county.world, county.clerks["social_care"]
    where = world.homes[spell.home].name if spell.home is not None else "a foster home"
    worker = council.roster.worker("social_care", child.number)
    start = max(spell.start, world.start)
    end = spell.end or world.until
    if spell.start >= world.start:
        text = f"{'Came into care' if spell.first else 'Moved'}: now living at {where}."
        people = [council.child(child, spell.start)]
        council.write(Entry("CLA", "care", spell.start, people, worker, text, precise=False, prompt=True))
        if spell.first:
            _order(council, child, spell)
    at = start + timedelta(days=council.chance.randrange(20, 160), hours=4)
    while at < end:
        council.write(_visit(council, child, at))
        at += timedelta(days=council.chance.randrange(120, 240))
    if spell.home is not None:
        _evenings(county.clerks["home"], child, start, end)


def _order(council: Clerk, child: Child, spell: Spell) -> None:
    text = (
        "Interim care order made."
        if council.chance.happens(0.5)
        else "Accommodated with the agreement of the parents."
    )
    worker = council.roster.worker("social_care", child.number)
    council.write(
        Entry("ORD", "order", spell.start, [council.child(child, spell.start)], worker, text, precise=False)
    )


def _visit(council: Clerk, child: Child, at: datetime) -> Entry:
    kind = "visit" if council.chance.happens(0.8) else "meeting"
    text = (
        one(VISIT, council.chance, name=name_of(child))
        if kind == "visit"
        else "Looked-after review held. Plan continues."
    )
    words = one(CHILDS_WORDS, council.chance) if council.chance.happens(0.05) else None
    worker = council.roster.worker("social_care", child.number)
    return Entry("VIS", kind, at, [council.child(child, at)], worker, text, precise=False, childs_words=words)


def _evenings(clerk: Clerk, child: Child, start: datetime, end: datetime) -> None:
    at = start + timedelta(days=2 + clerk.chance.days(50), hours=9)
    while at < end:
        text = one(HOME_LOG, clerk.chance, name=name_of(child))
        clerk.write(
            Entry(
                "LOG",
                "contact",
                at,
                [clerk.child(child, at)],
                clerk.roster.worker("home", at.toordinal()),
                text,
            )
        )
        at += timedelta(days=2 + clerk.chance.days(60))
