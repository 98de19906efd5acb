"""What people do with a duty: see it, answer it, hand it over, take it on, disagree.

Reading a duty changes nothing; only these do.
"""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, following, holders, seconding, sight, steps
from heed.casework.actions.duties.refused import NotEnough, NotYours, load, reason_given
from heed.casework.models import Duty, DutyStep, Professional, Registered
from heed.casework.policy import policy
from heed.core.duty.kinds import kind_of
from heed.core.duty.moves import OWED, Move, State
from heed.core.register.moves import State as RegisterState


def acknowledge(*, duty: Duty | str, by: Professional, now: datetime) -> Duty:
    """The owner says that they have seen it. The deadline stays."""
    found = load(duty)
    _must_owe(found, by)
    with transaction.atomic():
        _say(found, steps.take(found, Move.ACKNOWLEDGED, by=by, at=now), now)
    return found


def answer(
    *,
    duty: Duty | str,
    by: Professional,
    decision: str,
    reason: str,
    now: datetime,
    recheck_at: datetime | None = None,
    on_page_of: str = "",
) -> Duty:
    """Whoever owes it, or stands above them at the owing agency, decides and says why; the raiser sees both.

    To close what is feared to be grave only asks for it: a second person of another agency has to agree, and
    `recheck_at` is the day on which it is looked at again. A duty of a kind with a page of its own is answered
    there first, and that page says so (`on_page_of`).
    """
    found = load(duty)
    if decision not in policy().duties.decisions:
        raise NotEnough(
            f"{decision!r} is not a decision; choose one of {', '.join(policy().duties.decisions)}."
        )
    words = reason_given(reason)
    if answered_elsewhere(found) and on_page_of != kind_of(found.about).name:
        raise NotEnough(kind_of(found.about).own_page)
    if not holders.may_answer(by, found, policy().ladder.at(found.rung)):
        raise NotYours(
            f"Duty {found.reference} is owed by {found.owner}: only they, or somebody above, can answer it."
        )
    with transaction.atomic():
        if seconding.takes_two(found, decision):
            seconding.ask(duty=found, by=by, decision=decision, words=words, recheck_at=recheck_at, now=now)
            return found
        step = steps.take(found, Move.ANSWERED, by=by, at=now, decision=decision, words=words)
        sight.narrow(found, now)
        begun = following.follow(duty=found, step=step, by=by, now=now)
        ledger.append_many([steps.act(found, step, now), *begun])
    return found


def hand_over(*, duty: Duty | str, by: Professional, to: Professional, words: str, now: datetime) -> Duty:
    """The owner offers it to a colleague. They owe it until the colleague accepts."""
    found = load(duty)
    _must_owe(found, by)
    if not to.is_active or to.agency_id not in (found.owing_agency_id, by.agency_id) or to.pk == by.pk:
        raise NotEnough(f"A duty is handed to another active colleague of {by.agency}.")
    with transaction.atomic():
        _say(
            found, steps.take(found, Move.OFFERED, by=by, at=now, words=words.strip(), offered_to=to.pk), now
        )
    return found


def accept(*, duty: Duty | str, by: Professional, now: datetime) -> Duty:
    """Whoever it was offered to takes it on: from now they owe it, by the same deadline."""
    found = load(duty)
    if found.offered_to_id != by.pk:
        raise NotYours(f"Duty {found.reference} is not offered to you.")
    with transaction.atomic():
        step = steps.take(found, Move.ACCEPTED, by=by, at=now, owner=by.pk)
        sight.widen(found, sight.grants(by, [], now, found.due_at or now))
        _say(found, step, now)
    return found


def disagree(*, duty: Duty | str, by: Professional, words: str, now: datetime) -> Duty:
    """Whoever raised it, or may see it, does not accept how it stands: it opens again one rung higher."""
    found = load(duty)
    reason = reason_given(words)
    if by.pk == found.owner_id:
        raise NotYours(f"Duty {found.reference} is yours: answer it or hand it over.")
    ladder = policy().ladder
    rung = ladder.above(found.rung)
    owner = holders.of_rung(found.owing_agency_id, ladder.at(rung), now)
    seeing = holders.seen_by(ladder.at(rung), found.owing_agency_id, found.raising_agency_id, now)
    with transaction.atomic():
        due_at = deadlines.due_at(found.clause, rung, now)
        if State(found.state) in OWED and found.due_at:
            due_at = min(due_at, found.due_at)  # to disagree with a silence gives nobody more time
        step = steps.take(
            found, Move.DISAGREED, by=by, at=now, words=reason, rung=rung, owner=owner.pk, due_at=due_at
        )
        sight.widen(found, sight.grants(owner, seeing, now, due_at))
        _say(found, step, now)
    return found


def _say(duty: Duty, step: DutyStep, now: datetime) -> None:
    """Last, the ledger: its head is locked for as short as can be."""
    ledger.append_many([steps.act(duty, step, now)])


def answered_elsewhere(duty: Duty) -> bool:
    """Whether a duty is of a kind that is answered on a page of its own: always, or until it has been there once. On
    what has ended nothing can be done any more, so whoever is still owed an answer gets it in words."""
    kind = kind_of(duty.about)
    if not kind.own_page or kind.only_there:
        return kind.only_there and not _has_ended(duty)
    return not duty.steps.filter(kind__in=(Move.ANSWERED, Move.CONFIRMED)).exists()


def _has_ended(duty: Duty) -> bool:
    reference = duty.about.split(":")[1]
    return Registered.objects.filter(reference=reference, state=RegisterState.ENDED).exists()


def _must_owe(duty: Duty, by: Professional) -> None:
    if State(duty.state) in OWED and by.pk != duty.owner_id:
        raise NotYours(f"Duty {duty.reference} is owed by {duty.owner}: only they can do this.")
