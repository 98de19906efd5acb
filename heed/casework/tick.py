"""Running the clock up to an instant: what fell due moves, and Heed says that its clock is alive."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from heed.casework.actions.duties import Climb, escalate_due, pass_on_barred, pass_on_leavers
from heed.casework.actions.duties.escalating import NotMoved
from heed.casework.actions.introductions import introduce
from heed.casework.actions.missing.sweeping import grow_graver
from heed.casework.actions.policies import note_policy
from heed.casework.actions.reads import note_reads
from heed.casework.actions.register import raise_leavers, raise_silence
from heed.casework.actions.sampling import count_linking
from heed.casework.ending import told
from heed.casework.models import Heartbeat
from heed.casework.rules import failed, ran

CLOCK, INTRODUCED, COUNTED = "clock", "introductions", "linking counted"
REGISTER, MISSING, MISSING_ANEW, PRACTICE = "register", "missing", "missing anew", "practice"
INTRODUCE_EVERY = timedelta(hours=1)
COUNT_EVERY = timedelta(days=1)
READS, READS_EVERY = "reads noted", timedelta(hours=1)

logger = logging.getLogger(__name__)


def tick(now: datetime) -> list[Climb]:
    """Everything the passing of time brings, up to `now`. The same instant again does nothing."""
    climbs = climb(now)
    watch_missing(now)
    introduce_hourly(now)
    count_daily(now)
    return climbs


def climb(now: datetime) -> list[Climb]:
    """What nobody answered by `now` goes up. Waits for nobody who links, and leaves the beat by which it is watched.

    Duties that could not be moved are named as the clock's failure; the others are moved, and the clock goes on.
    """
    note_policy(now=now)
    raise_quiet(now)
    try:
        climbs, trouble = escalate_due(now=now), ""
    except NotMoved as some:
        climbs, trouble = some.climbs, type(some).__name__
    for pass_on in (pass_on_leavers, pass_on_barred):
        try:
            pass_on(now=now)
        except Exception as some:  # the beat, and who is passed on next, do not hang on it: it is named below
            if told.is_set():
                raise
            trouble = trouble or type(some).__name__
    Heartbeat.objects.update_or_create(name=CLOCK, defaults={"at": now})
    if trouble:
        failed(CLOCK, trouble, now)
    else:
        ran([CLOCK], now)
    return climbs


def raise_quiet(now: datetime) -> None:
    """What is on the register and went quiet is owed an answer, before what is owed climbs. A failure is named as a
    rule's, and keeps nothing else from moving."""
    try:
        raise_leavers(now=now)
        raise_silence(now=now)
    except Exception as trouble:  # noqa: BLE001 - the clock goes on, and says that this rule of it did not
        failed(REGISTER, type(trouble).__name__, now)
    else:
        ran([REGISTER], now)


def watch_missing(now: datetime) -> None:
    """Every child who is away is looked at again for what asks for a lead. A failure is named as a rule's, and keeps
    nobody's records from being linked."""
    as_a_rule(MISSING, lambda: grow_graver(by=None, now=now), now)


def as_a_rule(name: str, act: Callable[[], object], now: datetime) -> bool:
    """Do something of which a failure is named as that rule's, and keeps nothing else from being worked on. Gives
    whether it ran to its end."""
    try:
        act()
    except Exception as trouble:
        if told.is_set():
            raise  # an engine says in words of its own that a signal stopped it
        logger.error("%s failed and is tried again: %s", name, type(trouble).__name__)
        failed(name, type(trouble).__name__, now)
        return False
    ran([name], now)
    return True


def introduce_hourly(now: datetime) -> None:
    """Once an hour: who is introduced to whom needs all links, and is no hurry of minutes."""
    _now_and_then(INTRODUCED, INTRODUCE_EVERY, lambda: introduce(now=now), now)


def count_daily(now: datetime) -> None:
    """Once a day: what linking made of everything is counted, so that a change over the months shows by itself."""
    _now_and_then(COUNTED, COUNT_EVERY, lambda: count_linking(by=None, now=now), now)


def note_reads_hourly(now: datetime) -> None:
    """Once an hour: what the worker read of records, without a person who looks, is written down."""
    _now_and_then(READS, READS_EVERY, lambda: note_reads(by=None, now=now), now)


def _now_and_then(name: str, every: timedelta, act: Callable[[], object], now: datetime) -> None:
    """Do something if it is time for it. One that fails is named as a rule in trouble and tried again at the next turn:
    it keeps nothing else, and nobody's records, from being worked on."""
    if _time_for(name, every, now) and as_a_rule(name, act, now):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


def _time_for(name: str, every: timedelta, now: datetime) -> bool:
    """Whether the last beat is so long ago, or from a clock that was set back since."""
    last = Heartbeat.objects.filter(name=name).first()
    return last is None or not last.at <= now < last.at + every
