"""What people do with a duty: see it, answer it, hand it over, take it on, disagree.

Reading a duty changes nothing; only these do.
"""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, following, holders, seconding, sight, steps
from heed.casework.actions.duties.refused import NotEnough, NotYours, load, reason_given
from heed.casework.models import Duty, DutyStep, GlassReview, Professional
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Move, State


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
) -> Duty:
    """Whoever owes it, or stands above them at the owing agency, decides and says why; the raiser sees both.

    To close what is feared to be grave only asks for it: a second person of another agency has to agree, and
    `recheck_at` is the day on which it is looked at again.
    """
    found = load(duty)
    if decision not in policy().duties.decisions:
        raise NotEnough(
            f"{decision!r} is not a decision; choose one of {', '.join(policy().duties.decisions)}."
        )
    words = reason_given(reason)
    _must_be_reviewed(found)
    post = policy().ladder.at(found.rung).post
    if by.pk != found.owner_id and not holders.holds_or_stands_above(by, found.owing_agency_id, post):
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
    if not to.is_active or to.agency_id != found.owing_agency_id or to.pk == by.pk:
        raise NotEnough(f"A duty is handed to another active colleague of {found.owing_agency}.")
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
    owner = holders.holder(found.owing_agency_id, ladder.at(rung).post, now)
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


ON_THE_REGISTER = ("silence", "disruption")
"""What is answered by doing it, on the page of what it is about: never by saying here that it was done."""


def waits_for_review(duty: Duty) -> bool:
    """Whether a duty is answered on another page alone: emergency access nobody reviewed yet, what went quiet."""
    kind, _, glass = duty.about.partition(":")
    if kind in ON_THE_REGISTER:
        return True
    return kind == "glass" and not GlassReview.objects.filter(glass__reference=glass).exists()


def _must_be_reviewed(duty: Duty) -> None:
    """Emergency access is not answered like another duty: its review says whether it was justified."""
    if duty.about.partition(":")[0] in ON_THE_REGISTER:
        raise NotEnough("This is answered on the register, by doing what was due: open it from the duty.")
    if waits_for_review(duty):
        raise NotEnough("Emergency access is reviewed on its own page, beside what was looked at.")


def _must_owe(duty: Duty, by: Professional) -> None:
    if State(duty.state) in OWED and by.pk != duty.owner_id:
        raise NotYours(f"Duty {duty.reference} is owed by {duty.owner}: only they can do this.")
