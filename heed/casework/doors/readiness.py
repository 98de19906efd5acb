"""Whether the house is in order: counts and ages only, so this door has nothing to log."""

from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError

from heed.casework.models import Heartbeat, Outbox

SWEEPER_LATE = timedelta(minutes=5)
OUTBOX_LATE = timedelta(minutes=10)


def readiness(now: datetime) -> dict[str, Any]:
    """{"ready", "database", "sweeper_age_s", "outbox_waiting", "outbox_oldest_s"}; ages are None when unknown."""
    try:
        beat = Heartbeat.objects.order_by("-at").first()
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
