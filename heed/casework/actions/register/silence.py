"""What went quiet raises itself: the clock opens a duty for everything whose day has passed, once for each step.

Each is dated at the instant the day was over, so the result does not depend on how often the clock ran. Nothing is used
up by reading: what was due stays due until a step on the register says that it happened.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from heed.casework.actions import ledger
from heed.casework.actions.register.owing import open_silence
from heed.casework.local import local_words
from heed.casework.models import Registered
from heed.core.register.moves import Kind, State

AT_ONCE = 200
WORDS = {
    Kind.CHILD: "A child who is watched was to be seen by {day}, and nobody has written down that it happened.",
    Kind.PERSON: "A person of concern was to be reviewed by {day}: kept for a reason, or weeded.",
    Kind.PLACE: "A place was to be reviewed by {day}: kept for a reason, or weeded.",
    Kind.ACTION: "An action of a plan was due by {day}.",
    Kind.MEETING: "The minutes of a meeting were due by {day}.",
    Kind.MEASURE: "A notice, order or licence was to be acted on from {day}: it ends soon, or was breached.",
    Kind.PANEL: "An item of the panel's list was to be looked at by {day}.",
    Kind.RECOMMENDATION: "A recommendation was to be carried out by {day}.",
}

logger = logging.getLogger(__name__)


class NotOpened(Exception):
    """For some things that went quiet no duty could be opened; for the others it was. They stay silent, and due."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} silences could not be raised")


def raise_silence(*, now: datetime) -> int:
    """Open the duty of everything that went quiet by `now`; gives how many. The same instant again opens none.

    One that fails holds up no other. Raises NotOpened, at the end, for those.
    """
    opened, failed = 0, set[int]()
    while True:
        rows = _silent(now, failed)
        if not rows:
            break
        for pk in rows:
            try:
                opened += _raise_one(pk, now)
            except Exception as trouble:  # noqa: BLE001 - one that cannot be raised must not keep others from it
                failed.add(pk)
                logger.error("register row %s could not be raised: %s", pk, type(trouble).__name__)
    if failed:
        raise NotOpened(len(failed))
    return opened


def _silent(now: datetime, failed: set[int]) -> list[int]:
    due = Registered.objects.filter(next_at__lte=now).exclude(state=State.ENDED).exclude(told=F("moves"))
    return list(due.exclude(pk__in=failed).order_by("next_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _raise_one(pk: int, now: datetime) -> int:
    """Under the lock of its row: whoever writes a step on it meanwhile has been before, or comes after."""
    row = (
        Registered.objects.select_for_update(of=("self",))
        .select_related("owner__agency", "agency")
        .get(pk=pk)
    )
    if row.next_at is None or row.next_at > now or row.told == row.moves:
        return 0
    words = WORDS[Kind(row.kind)].format(day=local_words(row.next_at))
    acts = open_silence(row, words, row.next_at, now)
    Registered.objects.filter(pk=pk).update(told=row.moves)
    if acts:
        ledger.append_many(acts)
    return len(acts)
