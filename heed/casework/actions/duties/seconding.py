"""Two people of two agencies: closing what is feared to be grave, or lowering its level. One asks, another agrees.

While it waits it is owed, and the clock runs. Whoever agrees works for neither the agency of whoever asked nor the one
that owes the answer, and a day to look again is set: on that day it is owed anew.
"""

from datetime import datetime, timedelta

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import following, holders, sight, steps
from heed.casework.actions.duties.levels import is_high, takes_two
from heed.casework.actions.duties.refused import NotEnough, NotYours, load, reason_given
from heed.casework.models import Duty, DutyStep, Professional
from heed.casework.notices.owing import owe_second
from heed.casework.policy import policy
from heed.casework.policy.agencies import PARTNERSHIP
from heed.core.duty.moves import Level, Move, State
from heed.core.duty.posts import Post

__all__ = [
    "LOWER",
    "ask",
    "ask_for_record",
    "asked_step",
    "confirm",
    "decline",
    "is_high",
    "lower",
    "takes_two",
    "why_not",
]

DECISION = 60
"""What the column of a decision holds."""
LOWER = "lower_level"
"""What is asked for when the level, not the duty, is to change."""


def ask(
    *, duty: Duty, by: Professional, decision: str, words: str, recheck_at: datetime | None, now: datetime
) -> DutyStep:
    """Ask for a second person's word, inside the transaction of the caller, who has checked whether `by` may."""
    latest = now + timedelta(days=policy().duties.recheck_within_days)
    if recheck_at is None or not now < recheck_at <= latest:
        raise NotEnough(
            "This is feared to be grave, so a second person of another agency has to agree, and a day is set on which it "
            f"is looked at again. Say which day: at the latest {latest:%d %B %Y}."
        )
    step = steps.take(duty, Move.ASKED, by=by, at=now, decision=decision, words=words, recheck_at=recheck_at)
    _tell(duty, step, now)
    ledger.append_many([steps.act(duty, step, now)])
    return step


def ask_for_record(duty: Duty, decision: str, words: str, by: Professional | None, now: datetime) -> DutyStep:
    """A record would close it: it waits for a second person like anybody's word. The caller writes the entry."""
    recheck_at = now + timedelta(days=policy().duties.recheck_days)
    said = decision[:DECISION]
    step = steps.take(duty, Move.ASKED, by=by, at=now, decision=said, words=words, recheck_at=recheck_at)
    _tell(duty, step, now)
    return step


def lower(
    *, duty: Duty | str, by: Professional, words: str, recheck_at: datetime | None, now: datetime
) -> Duty:
    """Ask that its level be lowered: what has changed for the child, and when it is looked at again."""
    found = load(duty)
    if not holders.may_answer(by, found, policy().ladder.at(found.rung)):
        raise NotYours(
            f"Duty {found.reference} is owed by {found.owner}: only they, or somebody above, can ask."
        )
    if found.level != Level.HIGH:
        raise NotEnough(f"Duty {found.reference} is not at a high level.")
    with transaction.atomic():
        ask(duty=found, by=by, decision=LOWER, words=reason_given(words), recheck_at=recheck_at, now=now)
    return found


def confirm(
    *, duty: Duty | str, by: Professional, words: str, now: datetime, seen: int | None = None
) -> Duty:
    """The second person agrees: it is closed, or its level lowered, now. Raises NotYours for somebody who may not.

    `seen` is the newest step that stood on their page: whoever agrees agrees to what they read. Raises Overtaken where
    anything has happened since.
    """
    found = load(duty)
    asked = _waiting(found, by, seen, now)
    with transaction.atomic():
        if asked.decision == LOWER:
            step = steps.take(
                found,
                Move.LOWERED,
                by=by,
                at=now,
                decision=LOWER,
                words=reason_given(words),
                level=Level.USUAL,
            )
            acts = [steps.act(found, step, now)]
        else:
            step = steps.take(
                found, Move.CONFIRMED, by=by, at=now, decision=asked.decision, words=reason_given(words)
            )
            sight.narrow(found, now)
            acts = [steps.act(found, step, now), *following.follow(duty=found, step=step, by=by, now=now)]
            acts += _carried_out(found, True, words.strip(), by, now)
        ledger.append_many(acts)
    return found


def decline(
    *, duty: Duty | str, by: Professional, words: str, now: datetime, seen: int | None = None
) -> Duty:
    """The second person does not agree: it stays owed, at its level, by its deadline."""
    found = load(duty)
    _waiting(found, by, seen, now)
    with transaction.atomic():
        step = steps.take(found, Move.DECLINED, by=by, at=now, words=reason_given(words))
        ledger.append_many([steps.act(found, step, now), *_carried_out(found, False, words.strip(), by, now)])
    return found


def asked_step(duty: Duty) -> DutyStep | None:
    """What a second person is asked for now."""
    if duty.state != State.ASKED:
        return None
    return duty.steps.filter(kind=Move.ASKED).select_related("by").order_by("-number").first()


def why_not(duty: Duty, asked: DutyStep, by: Professional) -> str:
    """Why somebody cannot be the second person; empty where they can."""
    first = asked.by.agency_id if asked.by else duty.raising_agency_id
    if by.pk == asked.by_id:
        return "You asked for it: the second person is somebody else."
    if by.agency_id in (first, duty.owing_agency_id):
        return "The second person works for another agency than whoever asked, and than the one that owes the answer."
    return "" if by.is_active else "Whoever has left agrees to nothing."


def _tell(duty: Duty, step: DutyStep, now: datetime) -> None:
    """Show it to those who may be the second person, and tell them."""
    asked = [each for each in who_may(duty, now) if not why_not(duty, step, each)]
    sight.widen(duty, sight.grants(duty.owner, asked, now, duty.due_at or now))
    owe_second(duty, step, asked)


def who_may(duty: Duty, now: datetime) -> list[Professional]:
    """Who is shown that a second person is asked: the raiser and the lead of their agency, and the partnership's."""
    raising, find = duty.raising_agency_id, holders.Board().holder
    found = [duty.raiser] if duty.raiser is not None else []
    found += [find(raising, Post.DESIGNATED_LEAD, now)] if raising else []
    found.append(find(PARTNERSHIP, Post.DESIGNATED_LEAD, now))
    return [
        person
        for person in {each.pk: each for each in found}.values()
        if person.agency_id != duty.owing_agency_id
    ]


def _carried_out(duty: Duty, agrees: bool, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """What was asked about the register follows in the same transaction. Imported here: the register owes duties."""
    from heed.casework.actions.register.seconding import carried_out

    return carried_out(duty, agrees, words, by, now)


def _check_in_sight(duty: Duty, by: Professional, now: datetime) -> None:
    """What is about the register is agreed to by somebody to whom it is shown."""
    from heed.casework.actions.register.seconding import check_in_sight

    check_in_sight(duty, by, now)


def _waiting(duty: Duty, by: Professional, seen: int | None, now: datetime) -> DutyStep:
    if seen is not None and seen != duty.moves:
        raise steps.Overtaken(
            f"Duty {duty.reference} has changed since you opened this page: it stood at step {seen}, and stands at step "
            f"{duty.moves} now. Your word was not kept. Read the newest step, then give it again."
        )
    asked = asked_step(duty)
    if asked is None:
        raise NotEnough(f"Duty {duty.reference} waits for no second person.")
    if why := why_not(duty, asked, by):
        raise NotYours(why)
    _check_in_sight(duty, by, now)
    return asked
