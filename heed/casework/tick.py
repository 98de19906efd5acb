"""Running the clock up to an instant: what fell due moves, and Heed says that its clock is alive."""

from datetime import datetime

from heed.casework.actions.duties import Climb, escalate_due, pass_on_leavers
from heed.casework.models import Heartbeat

CLOCK = "clock"


def tick(now: datetime) -> list[Climb]:
    """Everything the passing of time brings, up to `now`. The same instant again does nothing."""
    climbs = escalate_due(now=now)
    pass_on_leavers(now=now)
    Heartbeat.objects.update_or_create(name=CLOCK, defaults={"at": now})
    return climbs
