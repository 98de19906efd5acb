"""Whoever watches a child has left: that is owed an answer at once, by naming somebody else, and not only once the child
was not seen."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.register import owing
from heed.casework.models import Duty, Professional, Registered
from heed.casework.policy.register import OWNER, register_rules
from heed.core.duty.moves import OWED
from heed.core.register.moves import Kind, State

WORDS = "Whoever watches a child has left. Name who watches now: change the watch on its page."


def raise_leavers(*, now: datetime) -> int:
    """Owe a new name for each watch whose watcher has left, once; gives how many were opened."""
    watches = Registered.objects.filter(kind=Kind.CHILD, owner__is_active=False).exclude(state=State.ENDED)
    return sum(_raise_one(pk, now) for pk in watches.order_by("pk").values_list("pk", flat=True))


def settle_owner(row: Registered, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """Somebody who is there watches her now, or nobody has to any more."""
    return owing.answered(f"{owing.OWNER_ABOUT}{row.reference}:", register_rules().done, words, by, now)


@transaction.atomic
def _raise_one(pk: int, now: datetime) -> int:
    """Under the lock of its row: whoever names somebody meanwhile has been before, or comes after."""
    rows = Registered.objects.select_for_update(of=("self",)).select_related("owner__agency", "agency")
    row = rows.get(pk=pk)
    about = f"{owing.OWNER_ABOUT}{row.reference}:"
    if row.owner.is_active or Duty.objects.filter(about__startswith=about, state__in=OWED).exists():
        return 0
    about = f"{about}{row.moves}"
    if Duty.objects.filter(about=about).exists():
        return 0
    _, act = owing.opened(row, about, register_rules().duties[OWNER], WORDS, now, now)
    ledger.append_many([act])
    return 1
