"""Whether the house is in order: counts and ages only, so this door has nothing to log."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError

from heed.casework.models import Heartbeat, Outbox
from heed.casework.tick import CLOCK

SWEEPER_LATE = timedelta(minutes=5)
OUTBOX_LATE = timedelta(minutes=10)


def readiness(now: datetime) -> dict[str, Any]:
    """{"ready", "database", "sweeper_age_s", "outbox_waiting", "outbox_oldest_s"}; ages are None when unknown."""
    try:
        beat = Heartbeat.objects.filter(name=CLOCK).first()
        waiting = Outbox.objects.filter(done_at=None).order_by("created_at")
        oldest, count = waiting.first(), waiting.count()
    except DatabaseError:
        return {"ready": False, "database": False}
    swept = now - beat.at if beat else None
    lag = now - oldest.created_at if oldest else timedelta(0)
    return {
        "ready": swept is not None and swept < SWEEPER_LATE and lag < OUTBOX_LATE,
        "database": True,
        "sweeper_age_s": round(swept.total_seconds()) if swept is not None else None,
        "outbox_waiting": count,
        "outbox_oldest_s": round(lag.total_seconds()),
    }


def stopped_since(now: datetime) -> datetime | None:
    """When the clock last ran, if it has run before and is late now: nothing climbs by itself while it stands still."""
    beat = Heartbeat.objects.filter(name=CLOCK).first()
    return beat.at if beat and now - beat.at >= SWEEPER_LATE else None
