"""Everyday records of children who came to somebody's notice: contacts, referrals, health, school, complaints."""

from datetime import datetime, timedelta

from synthetic.chance import Chance, stream
from synthetic.clerk import Clerk, Entry, Mention
from synthetic.county import County, name_of
from synthetic.days import in_term, midnight
from synthetic.staff import FRONTLINE, SUPERVISOR
from synthetic.words import (
    CARE_CONTACT,
    CHILDS_WORDS,
    COMPLAINT,
    HEALTH,
    POLICE_CONTACT,
    REFERRAL,
    SCHOOL_ABSENCE,
    SCHOOL_CONCERN,
    VOLUNTARY,
    one,
)
from synthetic.world import Child

EVENTS = (
    ("police", "contact", "INC", POLICE_CONTACT, 15.0),
    ("social_care", "contact", "CON", CARE_CONTACT, 22.0),
    ("social_care", "referral", "REF", REFERRAL, 9.0),
    ("school", "school", "SCH", SCHOOL_ABSENCE, 20.0),
    ("school", "concern", "CP", SCHOOL_CONCERN, 6.0),
    ("health", "health", "ATT", HEALTH, 17.0),
    ("voluntary", "contact", "YW", VOLUNTARY, 5.0),
    ("social_care", "complaint", "CMP", COMPLAINT, 0.5),
    ("voluntary", "disclosure", "DIS", VOLUNTARY, 0.3),
)
OWED_AN_ANSWER = ("concern", "referral", "complaint", "disclosure")
NOISE = {"police": 0.22, "social_care": 0.04, "school": 0.02, "health": 0.01, "voluntary": 0.05}
REPORTING_CHANGE = (0.62, 0.66, 1.6)
"""A new form for some months: this much more is recorded between these shares of the years."""


def ordinary(county: County) -> None:
    """Everyday events of every child, drawn by age; more in the months of the new form."""
    chance = stream(county.world.seed, "ordinary")
    by_household: dict[int, list[Child]] = {}
    for child in county.world.children:
        by_household.setdefault(child.household.number, []).append(child)
    weights = [event[4] for event in EVENTS]
    for child in county.world.children:
        for at in _instants(county, child, chance):
            agency, kind, prefix, lines, _ = chance.choices(EVENTS, weights)[0]
            if agency == "school" and not in_term(at.date()):
                continue
            family = [c for c in by_household[child.household.number] if c is not child and _of_age(c, at)]
            _write(county, county.clerks[agency], kind, prefix, lines, child, family, at)


def _instants(county: County, child: Child, chance: Chance) -> list[datetime]:
    world = county.world
    start = max(world.start, midnight(child.born) + timedelta(days=3653))
    end = min(world.until, midnight(child.born) + timedelta(days=6574))
    days = (end - start).days
    if days <= 0:
        return []
    low, high, factor = REPORTING_CHANGE
    found = []
    for _ in range(chance.poisson(world.town.contacts_a_year * factor * days / 365.25)):
        at = start + timedelta(days=chance.random() * days)
        share = (at - world.start) / (world.until - world.start)
        if low <= share <= high or chance.happens(1 / factor):
            found.append(
                at.replace(
                    hour=chance.randrange(8, 21), minute=chance.randrange(0, 60, 5), second=0, microsecond=0
                )
            )
    return sorted(found)


def _of_age(child: Child, at: datetime) -> bool:
    return 8 <= (at.date() - child.born).days / 365.25 < 18


def _write(
    county: County,
    clerk: Clerk,
    kind: str,
    prefix: str,
    lines: tuple[str, ...],
    child: Child,
    family: list[Child],
    at: datetime,
) -> None:
    chance = clerk.chance
    people: list[Mention] = [clerk.child(child, at)]
    if kind in ("contact", "referral") and family and chance.happens(0.4):
        people.append(clerk.child(chance.choice(family), at))
    shown = county.noise(clerk, NOISE[clerk.agency]) if kind != "referral" else county.noise(clerk, 0.01)
    entry = Entry(
        prefix=prefix, kind=kind, at=at, people=[*people, *shown.adults], things=shown.things,
        by=clerk.roster.worker(clerk.agency, child.number + at.year), text=one(lines, chance, name=name_of(child)),
        precise=clerk.agency in ("police", "health") or chance.happens(0.3), observations=_seen(kind, chance),
    )  # fmt: skip
    if kind in OWED_AN_ANSWER:
        entry.answer = county.answer(clerk.agency, at)
    if kind in ("concern", "disclosure"):
        entry.told = [clerk.told(clerk.agency, SUPERVISOR, at)]
    if kind in ("concern", "disclosure", "health") and chance.happens(0.12):
        entry.childs_words = one(CHILDS_WORDS, chance)
    if kind == "health" and not entry.precise:
        entry.observations = []
    written = clerk.write(entry)
    if written and clerk.slips("echo") and kind in ("contact", "concern"):
        _echo(county, clerk, entry, child, at)


def _seen(kind: str, chance: Chance) -> list[str]:
    choices = {
        "school": ("school_absence",),
        "concern": ("change_of_behaviour", "withdrawn", "tired_or_unwell", "unexplained_items", "new_phone"),
        "contact": ("conflict_at_home",),
        "referral": ("conflict_at_home", "repeat"),
    }.get(kind)
    return [chance.choice(choices)] if choices and chance.happens(0.5) else []


def _echo(county: County, clerk: Clerk, entry: Entry, child: Child, at: datetime) -> None:
    """One fact arrives again as a referral at the council, told by the agency that saw it."""
    council = county.clerks["social_care"]
    if clerk is council:
        return
    later = at + timedelta(hours=3 + council.chance.days(1.5) * 24)
    sender = clerk.roster.worker(clerk.agency, child.number + at.year)
    council.write(
        Entry(
            prefix="REF",
            kind="referral",
            at=later,
            people=[council.child(child, later)],
            precise=False,
            by=council.roster.rank("social_care", FRONTLINE)[0],
            answer=county.answer("social_care", later),
            text=f"Received from {sender.role}, {clerk.agency.replace('_', ' ')}: {entry.text}",
            things=entry.things,
        )  # fmt: skip
    )
