"""A concern that comes again goes up at once: after a refusal, known once the child is linked, or with worse news."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, holders, opening, refusals, sight, steps
from heed.casework.actions.kept import chunks
from heed.casework.models import Duty, Mention, Professional
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Level, Move


def raise_after_refusal(*, records: Collection[int], by: Professional | None, now: datetime) -> list[str]:
    """Raise the duties of these records that still stand on the bottom rung, if the child was refused before.

    Who the child is may only be known after linking: then a form without a reference counts like any other.
    Gives the references of the duties that were raised.
    """
    raised = []
    known: dict[str, list[refusals.Refusal]] = {}
    for some in chunks(list(records)):
        lowest = Duty.objects.filter(record__in=some, state__in=OWED, rung=0, about="")
        duties = list(lowest.select_related("record", "owner").order_by("pk"))
        children = _children(duties)
        _learn(known, {person for persons in children.values() for person in persons})
        for duty in duties:
            again = _refused_before(duty, children.get(duty.record_id, ()), known)
            if again is not None and _raised(duty, again, now):
                raised.append(duty.reference)
    return raised


def _children(duties: Collection[Duty]) -> dict[int | None, list[str]]:
    """The children in the record of each of these duties, by its row."""
    mentions = Mention.objects.of(duty.record_id for duty in duties if duty.record_id).filter(
        part__in=sight.CHILDREN
    )
    found: dict[int | None, list[str]] = {}
    for row, person in mentions.order_by("pk").values_list("record_id", "source__person"):
        found.setdefault(row, []).append(person)
    return found


def _learn(known: dict[str, list[refusals.Refusal]], persons: Collection[str]) -> None:
    """Ask once for each child: a flood is many records of few children, and each asks for all they said before."""
    asked = [person for person in persons if person not in known]
    known.update({person: [] for person in asked})
    for found in refusals.refusals(asked):
        known[found.person].append(found)


def _refused_before(
    duty: Duty, persons: Collection[str], known: Mapping[str, Collection[refusals.Refusal]]
) -> refusals.Refusal | None:
    record = duty.record
    if record is None:
        return None
    found = (
        refusals.earlier(
            known[person],
            person=person,
            record=record.pk,
            recorded=record.recorded_at,
            now=duty.opened_at,
        )
        for person in persons
    )
    return max(filter(None, found), key=lambda refusal: refusal.at, default=None)


def _raised(duty: Duty, again: refusals.Refusal, now: datetime) -> bool:
    """Raise it from where it stands now. False when it was answered, or went up by itself, since it was read."""
    while duty.state in OWED and duty.rung == 0:
        try:
            _raise(duty, again, now)
        except steps.Overtaken:
            duty.refresh_from_db()
        else:
            return True
    return False


def _raise(duty: Duty, again: refusals.Refusal, now: datetime) -> None:
    ladder = policy().ladder
    rung = ladder.above(duty.rung, policy().duties.again_rungs)
    due_at = deadlines.soonest(duty.clause, rung, duty.opened_at)
    with transaction.atomic():
        ledger.append_many([one_higher(duty, opening.again_words(again), due_at, now)])


def one_higher(
    duty: Duty, words: str, due_at: datetime, now: datetime, level: Level | None = None, because: str = ""
) -> ledger.Act:
    """Move a duty up as far as one that comes again, inside the caller's transaction; gives the act for the ledger.
    `because` is an opaque mark, kept as the step's decision, by which whoever raises knows what raised it already."""
    ladder = policy().ladder
    rung = ladder.above(duty.rung, policy().duties.again_rungs)
    keeps = ladder.at(rung).same_desk(ladder.at(duty.rung)) and duty.state in OWED
    owner = duty.owner if keeps else holders.of_rung(duty.owing_agency_id, ladder.at(rung), now)
    seeing = holders.seen_by(ladder.at(rung), duty.owing_agency_id, duty.raising_agency_id, now)
    step = steps.take(
        duty, Move.RAISED, by=None, at=now, decision=because, words=words, rung=rung, owner=owner.pk,
        due_at=due_at, level=level,
    )  # fmt: skip
    sight.widen(duty, sight.grants(owner, seeing, now, due_at))
    return steps.act(duty, step, now)
