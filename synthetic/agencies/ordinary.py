"""Everyday records of children who came to somebody's notice: contacts, referrals, health, school, complaints."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from synthetic import words
from synthetic.chance import Chance, stream
from synthetic.clerk import Clerk
from synthetic.county import County, name_of
from synthetic.days import in_term, midnight
from synthetic.entry import Document, Entry, Mention
from synthetic.staff import SUPERVISOR
from synthetic.words import one
from synthetic.world import Child


@dataclass(frozen=True, slots=True)
class Everyday:
    """A sort of everyday record: who writes it, in what words, how often (weight), how often it names a thing."""

    agency: str
    kind: str
    prefix: str
    lines: tuple[str, ...]
    weight: float
    names_a_thing: float = 0.0


EVERYDAY = (
    Everyday("police", "contact", "INC", words.POLICE_CONTACT, 15.0, 0.22),
    Everyday("police", "sighting", "SGT", words.SIGHTING, 1.0, 1.0),
    Everyday("social_care", "contact", "CON", words.CARE_CONTACT, 22.0, 0.04),
    Everyday("social_care", "referral", "REF", words.REFERRAL, 8.0, 0.01),
    Everyday("school", "school", "SCH", words.SCHOOL_ABSENCE, 20.0, 0.01),
    Everyday("school", "concern", "CP", words.SCHOOL_CONCERN, 5.0, 0.03),
    Everyday("health", "health", "ATT", words.HEALTH, 17.0, 0.01),
    Everyday("voluntary", "contact", "YW", words.VOLUNTARY, 5.0, 0.05),
    Everyday("social_care", "complaint", "CMP", words.COMPLAINT, 0.5),
    Everyday("voluntary", "disclosure", "DIS", words.DISCLOSURE, 0.3),
)
OWED_AN_ANSWER = ("concern", "referral", "complaint", "disclosure")
OBSERVED = {
    "school": ("school_absence",),
    "concern": ("change_of_behaviour", "withdrawn", "tired_or_unwell", "unexplained_items", "new_phone"),
    "contact": ("conflict_at_home",),
    "referral": ("conflict_at_home", "repeat"),
    "disclosure": ("child_asked_for_help",),
}
PARENT: Document = {"role": "parent", "grade": "family"}
PASSER_BY: Document = {"role": "member of the public", "grade": "public"}
REPORTING_CHANGE = (0.62, 0.66, 1.6)
"""A new form for some months: this much more is recorded between these shares of the years."""


def ordinary(county: County) -> None:
    """Everyday events of every child, drawn by age; more in the months of the new form."""
    chance = stream(county.world.seed, "ordinary")
    by_household: dict[int, list[Child]] = {}
    for child in county.world.children:
        by_household.setdefault(child.household.number, []).append(child)
    weights = [each.weight for each in EVERYDAY]
    for child in county.world.children:
        for at in _instants(county, child, chance):
            each = chance.choices(EVERYDAY, weights)[0]
            if each.agency != "school" or in_term(at.date()):
                others = [
                    c for c in by_household[child.household.number] if c is not child and _of_age(c, at)
                ]
                _write(county, each, child, others, at)


def _instants(county: County, child: Child, chance: Chance) -> list[datetime]:
    world = county.world
    start = max(world.start, midnight(child.born) + timedelta(days=3653))
    end = min(world.until, midnight(child.born) + timedelta(days=6574))
    days = (end - start).days
    low, high, factor = REPORTING_CHANGE
    found = []
    for _ in range(chance.poisson(world.town.contacts_a_year * factor * days / 365.25) if days > 0 else 0):
        at = start + timedelta(days=chance.random() * days)
        share = (at - world.start) / (world.until - world.start)
        if low <= share <= high or chance.happens(1 / factor):
            hour, minute = chance.randrange(8, 21), chance.randrange(0, 60, 5)
            found.append(at.replace(hour=hour, minute=minute, second=0, microsecond=0))
    return sorted(found)


def _of_age(child: Child, at: datetime) -> bool:
    return 8 <= (at.date() - child.born).days / 365.25 < 18


def _write(county: County, each: Everyday, child: Child, others: list[Child], at: datetime) -> None:
    clerk, kind = county.clerks[each.agency], each.kind
    shown = county.noise(clerk, each.names_a_thing)
    entry = Entry(
        prefix=each.prefix,
        kind=kind,
        at=at,
        people=[*_people(clerk, kind, child, others, at), *shown.adults],
        things=shown.things,
        by=clerk.roster.worker(clerk.agency, child.number + at.year),
        text=one(each.lines, clerk.chance, name=name_of(child)),
        precise=clerk.agency in ("police", "health") or clerk.chance.happens(0.3),
        observations=_seen(kind, clerk.chance),
        author={"complaint": PARENT, "sighting": PASSER_BY}.get(kind),
    )
    if kind in OWED_AN_ANSWER:
        entry.answer = county.answer(clerk.agency, at)
    if kind in ("concern", "disclosure"):
        entry.told = [clerk.told(clerk.agency, SUPERVISOR, at)]
    if kind in ("concern", "disclosure", "health") and clerk.chance.happens(0.12):
        entry.childs_words = one(words.CHILDS_WORDS, clerk.chance)
    written = clerk.write(entry)
    if written and kind in ("contact", "concern") and clerk.slips("echo"):
        _echo(county, clerk, entry, child, at)


def _people(clerk: Clerk, kind: str, child: Child, others: list[Child], at: datetime) -> list[Mention]:
    """The child, sometimes with a brother or sister; nobody by name in a passer-by's sighting."""
    if kind == "sighting":
        return []
    people = [clerk.child(child, at)]
    if kind in ("contact", "referral") and others and clerk.chance.happens(0.4):
        people.append(clerk.child(clerk.chance.choice(others), at))
    return people


def _seen(kind: str, chance: Chance) -> list[str]:
    choices = OBSERVED.get(kind)
    return [chance.choice(choices)] if choices and chance.happens(0.5) else []


def _echo(county: County, clerk: Clerk, entry: Entry, child: Child, at: datetime) -> None:
    """One fact arrives again as a referral at the council, told by the agency that saw it."""
    council = county.clerks["social_care"]
    if clerk is council:
        return
    later = at + timedelta(hours=3 + council.chance.days(1.5) * 24)
    sender = f"{entry.by.role}, {clerk.agency.replace('_', ' ')}"
    echo = Entry(
        prefix="REF",
        kind="referral",
        at=later,
        people=[council.child(child, later)],
        precise=False,
        by=council.roster.worker("social_care", child.number),
        answer=county.answer("social_care", later),
        text=f"Received from {sender}: {entry.text}",
        things=entry.things,
    )
    council.write(echo)
