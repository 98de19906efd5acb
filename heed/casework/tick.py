"""Running the clock up to an instant: what fell due moves, and Heed says that its clock is alive."""

from datetime import datetime, timedelta

from heed.casework.actions.duties import Climb, escalate_due, pass_on_leavers
from heed.casework.actions.introductions import introduce
from heed.casework.models import Heartbeat

CLOCK, INTRODUCED = "clock", "introductions"
INTRODUCE_EVERY = timedelta(hours=1)


def tick(now: datetime) -> list[Climb]:
    """Everything the passing of time brings, up to `now`. The same instant again does nothing."""
    climbs = climb(now)
    introduce_hourly(now)
    return climbs


def climb(now: datetime) -> list[Climb]:
    """What nobody answered by `now` goes up. Waits for nobody who links, and leaves the beat by which it is watched."""
    climbs = escalate_due(now=now)
    pass_on_leavers(now=now)
    Heartbeat.objects.update_or_create(name=CLOCK, defaults={"at": now})
    return climbs


def introduce_hourly(now: datetime) -> None:
    """Once an hour: who is introduced to whom needs all links, and is no hurry of minutes."""
    last = Heartbeat.objects.filter(name=INTRODUCED).first()
    if last is None or not last.at <= now < last.at + INTRODUCE_EVERY:
        introduce(now=now)
        Heartbeat.objects.update_or_create(name=INTRODUCED, defaults={"at": now})
