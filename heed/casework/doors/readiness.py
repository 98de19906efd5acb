"""Whether the house is in order: counts and ages only, so this door has nothing to log."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import Max

from heed.casework.actions.duties.escalating import due
from heed.casework.beats import LOOK
from heed.casework.checkpoints import REFUSED
from heed.casework.mail import state as mail
from heed.casework.models import Checkpoint, Heartbeat, Outbox
from heed.casework.rules import troubles
from heed.casework.tick import CLOCK, INTRODUCED
from heed.casework.witnessing import state

SWEEPER_LATE = timedelta(minutes=5)
OUTBOX_LATE = timedelta(minutes=10)
LOOK_LATE = timedelta(days=2)
"""The worker looks every day: after two without a look, findings are about to stop standing unseen."""
INTRODUCING_LATE = timedelta(hours=6)
"""It happens every hour, between batches of linking."""


def readiness(now: datetime) -> dict[str, Any]:
    """{"ready", "database", "sweeper_age_s", "outbox_waiting", "outbox_oldest_s", "look_age_s", "checkpoint_age_s",
    "ledger", "witnesses", "witnesses_in_words", "mailbox_age_s", "mail_parked", "receipts_owed", "files_waiting",
    "mail_in_words", "clock_lag_s", "rules_failing"}; ages are None when unknown. A beat of the clock that lies ahead
    proves nothing about now. `ledger` is "differs" when a checkpoint was refused: then this house is not ready."""
    try:
        beats = dict(Heartbeat.objects.values_list("name", "at"))
        waiting = Outbox.objects.filter(done_at=None).order_by("created_at")
        oldest, count = waiting.first(), waiting.count()
        signed = Checkpoint.objects.aggregate(at=Max("at"))["at"]
        watch = state(now)
        post = mail.state(now)
        first = due(now).values_list("due_at", flat=True).first()
        failing = [each.rule for each in troubles(now)]
    except DatabaseError:
        return {"ready": False, "database": False}
    swept, looked, introduced = (_age(beats.get(name), now) for name in (CLOCK, LOOK, INTRODUCED))
    lag = now - oldest.created_at if oldest else timedelta(0)
    return {
        "ready": swept is not None
        and abs(swept) < SWEEPER_LATE
        and lag < OUTBOX_LATE
        and (looked is None or abs(looked) < LOOK_LATE)
        and (introduced is None or abs(introduced) < INTRODUCING_LATE)
        and REFUSED not in beats
        and not post.alarm,
        "database": True,
        "sweeper_age_s": _seconds(swept),
        "outbox_waiting": count,
        "outbox_oldest_s": _seconds(lag),
        "look_age_s": _seconds(looked),
        "checkpoint_age_s": _seconds(_age(signed, now)),
        "ledger": "differs" if REFUSED in beats else "as signed",
        "witnesses": watch.colour,
        "witnesses_in_words": watch.words,
        "mailbox_age_s": _seconds(_age(post.read_at, now)) if post.has_mailbox else None,
        "mail_parked": post.parked,
        "receipts_owed": post.receipts_owed,
        "files_waiting": post.files_waiting,
        "mail_in_words": post.alarm,
        "clock_lag_s": _seconds(now - first) if first else 0,
        "rules_failing": failing,
    }


def stopped_since(now: datetime) -> datetime | None:
    """When the clock last ran, if it has run before and is late now: nothing climbs by itself while it stands still."""
    beat = Heartbeat.objects.filter(name=CLOCK).first()
    return beat.at if beat and now - beat.at >= SWEEPER_LATE else None


def _age(at: datetime | None, now: datetime) -> timedelta | None:
    return now - at if at else None


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else round(span.total_seconds())
