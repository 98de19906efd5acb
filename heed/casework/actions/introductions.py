"""Introducing two agencies that may each hold a record of one child, where nobody may see both files.

Each side is told that another agency holds a related record, and which post there to ask: no name, no reason, nothing
of what the other file says. Every introduction is an entry before anybody is shown it; an agency is introduced to few in
a week, and only over files it keeps under a reference of its own. What the two say after they have spoken are words on
the pair like any others: the first `same` is asked for, the other side's `same` confirms it.
"""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.second_person import confirm
from heed.casework.actions.verdicts import judge, reason_given
from heed.casework.linking.gathering import told_verdicts
from heed.casework.linking.meeting import to_introduce
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import Introduction, IntroductionAnswer, Professional
from heed.casework.sealed import seal_text
from heed.casework.sealing import whose
from heed.casework.sealing.rows import introduction_answer_at
from heed.core.identity.verdicts import Word, asked_for
from heed.core.records.explained import Explained

KIND = "combination"
SUBJECT, ANSWER = "introduction:", "introduction_answer:"
NOT_OURS = "not_ours"
ANSWERS = (Word.SAME, Word.DIFFERENT, NOT_OURS)


def introduce(*, by: Professional | None = None, now: datetime) -> int:
    """Introduce whoever is to be introduced, within what an agency is told in a week. Gives how many pairs."""
    if not to_introduce(now):
        return 0  # the common case waits for nobody who links
    with transaction.atomic():
        one_at_a_time(now)
        pairs = to_introduce(now)
        for left, right in pairs:
            row = Introduction.objects.create(left=left, right=right, at=now)
            ledger.append(
                kind=KIND,
                subject=f"{SUBJECT}{row.pk}",
                purpose="introduced",
                body={"left": left, "right": right},
                by=by,
                agency=by.agency_id if by else None,
                now=now,
                key_of=whose.source(left),
            )
    return len(pairs)


def answer(
    *, introduction: int, answer: str, reason: str, by: Professional, now: datetime
) -> IntroductionAnswer:
    """Keep what one side says after they have spoken, and what follows of it for the pair, in one transaction.

    Raises Explained for an unknown answer, no reason, an introduction that is not this agency's, or one it answered.
    """
    if answer not in ANSWERS:
        raise Explained(f"An answer is one of {', '.join(ANSWERS)}; choose one of them.")
    why = reason_given(reason)
    with transaction.atomic():
        one_at_a_time(now)
        met = _of_theirs(introduction, by)
        row = _kept(met, answer, why, by, now)
        if answer == Word.DIFFERENT:
            judge(left=met.left, right=met.right, verdict=answer, reason=why, by=by, now=now)
        elif answer == Word.SAME:
            _same(met, why, by, now)
    return row


def _same(met: Introduction, why: str, by: Professional, now: datetime) -> None:
    """The other side's `same` waits for this word; otherwise this one waits for theirs."""
    waits = [
        one for one in asked_for(*told_verdicts({met.left})) if (one.left, one.right) == (met.left, met.right)
    ]
    if waits and waits[0].word is Word.SAME:
        confirm(verdict=waits[0].order, reason=why, by=by, now=now)
    else:
        judge(left=met.left, right=met.right, verdict=Word.SAME, reason=why, by=by, now=now)


def _of_theirs(number: int, by: Professional) -> Introduction:
    met: Introduction | None = Introduction.objects.filter(pk=number).first()
    sides = {key.partition(" ")[0] for key in (met.left, met.right)} if met else set()
    if met is None or by.agency_id not in sides:
        raise Explained("There is no such introduction of your agency. Open it again from the child's page.")
    if met.answers.filter(agency=by.agency_id).exists():
        raise Explained(
            "Your agency has answered this one. To say otherwise now, give a verdict on the pair."
        )
    return met


def _kept(met: Introduction, answer: str, why: str, by: Professional, now: datetime) -> IntroductionAnswer:
    mine = met.left if met.left.partition(" ")[0] == by.agency_id else met.right
    key_of, bound = whose.source(mine), introduction_answer_at(met.pk, by.agency_id, by.pk)
    row = IntroductionAnswer.objects.create(
        introduction=met, agency=by.agency, answer=answer, by=by, at=now,
        reason=seal_text(why, key_of=key_of, bound=bound),
    )  # fmt: skip
    ledger.append(
        kind=KIND,
        subject=f"{ANSWER}{row.pk}",
        purpose=answer,
        body={"introduction": met.pk, "answer": answer, "reason": why},
        by=by,
        agency=by.agency_id,
        now=now,
        key_of=key_of,
    )
    return row
