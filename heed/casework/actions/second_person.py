"""The second person's word on a verdict that waits, and taking a verdict back. Each is a row of its own: nothing that
was said is changed, and whoever reads the history later finds every word of it."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions.verdict_steps import step
from heed.casework.actions.verdicts import keep, reason_given
from heed.casework.linking.gathering import told_verdicts
from heed.casework.linking.judging import without
from heed.casework.linking.seconding import why_not_second
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import Outbox, Professional, Verdict, VerdictStep
from heed.core.identity.verdicts import TRANSITIONS as STEPS
from heed.core.identity.verdicts import Step, Word, asked_for, states
from heed.core.records.explained import Explained


def confirm(*, verdict: int, reason: str, by: Professional, now: datetime) -> VerdictStep:
    """The second person agrees: the verdict takes effect now. Raises Explained where it waits for nobody, or not them."""
    with transaction.atomic():
        return _decided(_waiting(verdict, by, now), Step.CONFIRMED, reason_given(reason), by, now)


def decline(*, verdict: int, reason: str, by: Professional, now: datetime) -> VerdictStep:
    """The second person does not agree: the verdict never takes effect, and stays readable."""
    with transaction.atomic():
        return _decided(_waiting(verdict, by, now), Step.DECLINED, reason_given(reason), by, now)


def withdraw(*, verdict: int, reason: str, by: Professional, now: datetime) -> VerdictStep:
    """Whoever gave a verdict takes it back; the one before it on the same pair stands again, as if it had not been said.

    Where that would join files of two agencies it waits for a second person like any word that does: what would stand
    again is asked for as a verdict of the same author, and the one that is to go counts until then. Gives that step.

    Anybody else who thinks otherwise gives a verdict of their own. Raises Explained for somebody else's verdict, or one
    that was withdrawn or declined already.
    """
    why = reason_given(reason)
    with transaction.atomic():
        one_at_a_time(now)
        said = _given(verdict)
        if said.by_id != by.pk:
            raise Explained(
                "Only whoever gave a verdict withdraws it. If you think otherwise, give a verdict of your own on the same"
                " pair: the newer one stands."
            )
        rows, became = told_verdicts({said.left})
        if (states(rows, became)[said.pk], Step.WITHDRAWN) not in STEPS:
            raise Explained("This verdict was withdrawn or declined already: there is nothing to take back.")
        one = next(one for one in rows if one.order == said.pk)
        if (again := without(one, now)) is not None:
            return _asked_back(said, again, why, by, now)
        return _decided(said, Step.WITHDRAWN, why, by, now)


def _asked_back(said: Verdict, word: Word, why: str, by: Professional, now: datetime) -> VerdictStep:
    """Ask a second person for what stands again once a verdict is taken back."""
    asked = asked_for(*told_verdicts({said.left}))
    mine = Verdict.objects.filter(by=by, pk__in=[one.order for one in asked])
    if mine.filter(left=said.left, right=said.right, verdict=word).exists():
        raise Explained(
            "Taking this back lets records be seen across agencies, and you have asked for it: a second person confirms"
            " it or does not. Until then your verdict counts."
        )
    new = keep(left=said.left, right=said.right, word=word, why=why, waits=True, by=by, now=now)
    return VerdictStep.objects.get(verdict=new, kind=Step.ASKED)


def _decided(said: Verdict, kind: Step, why: str, by: Professional, now: datetime) -> VerdictStep:
    row = step(said, kind, why, by, now)
    Outbox.objects.create(kind="notice", subject=f"verdict:{said.pk}", created_at=now)
    return row


def _waiting(number: int, by: Professional, now: datetime) -> Verdict:
    one_at_a_time(now)
    said = _given(number)
    if number not in {one.order for one in asked_for(*told_verdicts({said.left}))}:
        raise Explained(
            "This verdict waits for nobody any more: somebody confirmed, declined or withdrew it, or gave a newer one."
        )
    if refusal := why_not_second(said, by, now):
        raise Explained(refusal)
    return said


def _given(number: int) -> Verdict:
    said: Verdict | None = Verdict.objects.filter(pk=number).select_related("by").first()
    if said is None:
        raise Explained("There is no such verdict. Open the list of links and choose a pair from it.")
    return said


def waits(*, verdict: int) -> bool:
    """Whether a verdict waits for a second person now."""
    said = _given(verdict)
    return verdict in {one.order for one in asked_for(*told_verdicts({said.left}))}
