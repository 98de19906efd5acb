"""Whether the house is in order: the clock runs, saved records do not wait, and somebody looks every day."""

from datetime import timedelta

import pytest

from heed.casework.beats import LOOK
from heed.casework.doors.readiness import readiness
from heed.casework.models import Heartbeat, Outbox
from heed.casework.tick import CLOCK
from tests.concerns import MONDAY

pytestmark = pytest.mark.django_db


def beats(**ages):
    for name, age in ages.items():
        Heartbeat.objects.create(name=name, at=MONDAY - age)


@pytest.mark.parametrize(("clock", "look", "ready"), [
    (timedelta(minutes=1), timedelta(hours=30), True),
    (timedelta(minutes=6), timedelta(hours=30), False),
    (timedelta(minutes=1), timedelta(days=2), False),
    (timedelta(days=-365), timedelta(hours=30), False),
])  # fmt: skip
def test_clock_and_look_must_be_of_late(clock, look, ready):
    beats(**{CLOCK: clock, LOOK: look})
    state = readiness(MONDAY)
    assert state["ready"] is ready
    assert state["look_age_s"] == look.total_seconds()


def test_a_house_that_has_not_looked_yet_is_ready_while_nothing_waits_long():
    beats(**{CLOCK: timedelta(0)})
    assert readiness(MONDAY)["ready"] is True
    Outbox.objects.create(
        kind="notice", subject="day:2026-11-16", created_at=MONDAY - timedelta(hours=1), attempts=5
    )
    assert readiness(MONDAY)["ready"] is False
