"""The end of an erasure, after its commit: its keys destroyed, the warehouse built without it, nothing left in the log.

Doing it twice changes nothing, so a crash before its end leaves it to the next worker.
"""

import json
from datetime import datetime

from django.db import connection, transaction

from heed.casework import sealed, supply
from heed.casework.actions.erasing import SHRED
from heed.casework.models import ErasureDecision, Outbox
from heed.casework.sealing.keyring import keyring
from heed.casework.sealing.renewing import renew


def shred(subject: str) -> None:
    """Finish the erasure named `erasure:N`."""
    decision = ErasureDecision.objects.get(pk=int(subject.partition(":")[2]))
    with transaction.atomic():
        sealed.alone()
        # Somebody who had sealed under one of them before it was retired has saved by now: theirs is kept.
        renew(json.loads(decision.keys))
        destroyed = json.loads(decision.keys)
    keyring().destroy(destroyed)
    supply.rebuild()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("pragma wal_checkpoint(truncate)")


def destroy_again() -> int:
    """Destroy every key that was destroyed before: an older copy of the keyring may have been put back."""
    keys = {
        key for text in ErasureDecision.objects.values_list("keys", flat=True) for key in json.loads(text)
    }
    due = {
        int(subject.partition(":")[2])
        for subject in Outbox.objects.filter(kind=SHRED, done_at=None).values_list("subject", flat=True)
    }
    waiting = {
        key
        for text in ErasureDecision.objects.filter(pk__in=due).values_list("keys", flat=True)
        for key in json.loads(text)
    }
    back = keyring().there(keys - waiting)
    if back:
        keyring().destroy(back)
    return len(back)


def finish(now: datetime) -> int:
    """Every erasure that waits for its end; gives how many."""
    rows = list(Outbox.objects.filter(kind=SHRED, done_at=None).order_by("pk"))
    for row in rows:
        shred(row.subject)
        Outbox.objects.filter(pk=row.pk).update(done_at=now, leased_until=None, last_error="")
    return len(rows)
