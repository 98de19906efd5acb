"""Passing a duty on to somebody else at its rung: the deadline stays, and one that fails stops no other."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import sight, steps
from heed.casework.ending import told
from heed.casework.models import Duty, Professional
from heed.core.duty.moves import Move


class NotPassedOn(Exception):
    """Some duties could not be passed on; the others were."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} duties could not be passed on")


def pass_on(*, duty: Duty, to: Professional, words: str, by: Professional | None, now: datetime) -> bool:
    """One duty to one person; False where it was answered or went up meanwhile: the next look sees how it stands."""
    with transaction.atomic():
        try:
            step = steps.take(duty, Move.PASSED_ON, by=by, at=now, words=words, owner=to.pk)
        except steps.Overtaken:
            return False
        sight.widen(duty, sight.grants(to, [], now, duty.due_at or now))
        ledger.append_many([steps.act(duty, step, now)])
    return True


def one_by_one(duties: Iterable[Duty], act: Callable[[Duty], bool]) -> list[str]:
    """The references of those that moved. Raises NotPassedOn, at the end, where any failed."""
    passed, failed = list[str](), 0
    for duty in duties:
        try:
            passed += [duty.reference] if act(duty) else []
        except Exception:  # one bad row keeps nobody else's answer from being owed by somebody who is there
            if told.is_set():
                raise
            failed += 1
    if failed:
        raise NotPassedOn(failed)
    return passed
