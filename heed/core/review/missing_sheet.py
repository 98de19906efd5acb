"""The sheet kept before a child goes missing, the plan that runs on the next report, and the return interview.

Parts of the sheet: the Philomena Protocol as published by Thames Valley and PSNI (kept current by whoever cares for
her; it goes with her to the next carer). Return interview: statutory guidance on children who run away or go missing
(2014): offered after every episode, within 72 hours of the return, by somebody not involved in her care. Trigger plan:
IICSA, organised networks, G.3: key actions for the next report of a child who is likely to go missing again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from heed.core.records.record import Record
from heed.core.review.missing_told import block, said

SHEET, PLAN, INTERVIEW = "if_missing", "trigger_plan", "interview"
"""The blocks under a record's `extra` that hold them."""
PARTS = {
    "description": "What does the child look like?",
    "photo": "Where is a recent photograph, and of when?",
    "vulnerabilities": "What makes it more dangerous for this child to be away?",
    "medical": "Health, medicines and allergies: what is needed, and by when?",
    "friends": "Friends, family and others the child might be with",
    "places": "Addresses and places the child goes to, or was found at",
    "adults": "Adults of concern, nicknames and vehicles",
    "phone": "Phone numbers, and who provides them",
    "online": "Accounts and names online",
    "money": "Money, bank cards and travel cards",
    "transport": "How does the child travel?",
    "before": "What happened the last times, and what helped?",
    "approach": "Whom does the child trust, and how is the child best spoken to?",
    "contacts": "Who is told first, by day and by night?",
}
"""The parts of the sheet in their order."""


class Status(StrEnum):
    """How far a return interview has come. What a record says in other words is unknown: it ends nothing."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HELD = "held"
    DECIDED_AGAINST = "decided_against"
    UNKNOWN = "unknown"


ENDED = frozenset({Status.DECLINED, Status.HELD, Status.DECIDED_AGAINST})
"""What ends what is owed. Each needs its reason or its account."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing of a trigger plan: which agency does what when she is next reported."""

    agency: str
    what: str


def parts(sheet: Record) -> list[tuple[str, str]]:
    """The parts that are filled in, in the sheet's order: (code, words)."""
    return [(code, words) for code in PARTS if (words := said(sheet, code, SHEET))]


def version(sheet: Record | None) -> int:
    """Which version a sheet is; the first of a child is 1."""
    number = block(sheet, SHEET).get("version") if sheet else 0
    return number if isinstance(number, int) and not isinstance(number, bool) else 1


def newest(records: Iterable[Record], name: str) -> Record | None:
    """The one that holds now among those with such a block: the last written down, whichever agency wrote it."""
    held = [record for record in records if block(record, name)]
    return max(held, key=lambda record: (record.recorded_at, record.agency, record.ref), default=None)


def in_force(plans: Iterable[Record], at: datetime, day: date) -> list[Record]:
    """The trigger plans that held when she was reported, in the order of their agencies: of each agency the newest that
    was written down by then and is not over on that day. No agency's plan switches off another's."""
    held: dict[str, Record] = {}
    for plan in sorted(plans, key=lambda each: (each.recorded_at, each.ref)):
        if actions(plan) and plan.recorded_at <= at and holds_on(plan, day):
            held[plan.agency] = plan
    return [held[agency] for agency in sorted(held)]


def stale_from(sheet: Record, days: int) -> date:
    """The day from which a sheet needs to be gone through again."""
    return sheet.recorded_at.date() + timedelta(days=days)


def actions(plan: Record | None) -> list[Action]:
    """What a trigger plan asks of whom, in its order; what is not said in full is passed over."""
    given = block(plan, PLAN).get("actions") if plan else None
    found = []
    for each in given if isinstance(given, list) else ():
        if (
            isinstance(each, dict)
            and isinstance(each.get("agency"), str)
            and isinstance(each.get("what"), str)
        ):
            found.append(Action(each["agency"], each["what"].strip()))
    return [each for each in found if each.agency and each.what]


def holds_on(plan: Record, day: date) -> bool:
    """Whether a plan is in force: until the day it names, for ever where it names none."""
    words = said(plan, "until", PLAN)
    try:
        return not words or day <= date.fromisoformat(words)
    except ValueError:
        return True


def status(record: Record) -> Status:
    """How far an interview has come. One that says nothing of it is told because it was held."""
    words = said(record, "status", INTERVIEW).casefold()
    try:
        return Status(words or Status.HELD)
    except ValueError:
        return Status.UNKNOWN


def not_independent(
    interview: Record, carers: Collection[str], placing: Collection[str] = (), *, allocated: bool = False
) -> str:
    """Why an interview does not count as one by somebody independent; empty where it does.

    `carers` are agencies that care for children (homes), `placing` the areas that placed her: nobody of theirs counts,
    nor whoever is `allocated` to her, nor whoever does not say that they are independent of her care.
    """
    independent = block(interview, INTERVIEW).get("independent")
    if interview.agency in carers:
        return "it was held by the agency that cares for the child"
    if interview.agency in placing:
        return "it was held by the area that placed the child"
    if allocated:
        return "whoever held it is allocated to the child"
    if independent is False:
        return "whoever held it says that they are involved in the child's care"
    return "" if independent is True else "it does not say that whoever held it is independent"
