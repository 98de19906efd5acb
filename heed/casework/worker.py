"""Doing what is owed to saved records.

A row of the outbox is leased by compare-and-set, worked on, and marked done only after the work: a worker that is
told to end gives it back, one that dies leaves it to the next one, so everything is done at least once, and doing it
twice changes nothing. Order: link the record's people, then notice what repeats. A row that fails again and again is
parked, and shown.

Every day one look is owed even if no record came: what nobody looked at for a week no longer counts as standing.
The clock and the signing of the ledger run beside it (heed/casework/aside.py): a flood of records holds up neither.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import batched

from django.db import close_old_connections, transaction
from django.db.models import QuerySet

from heed.casework import clock, rules
from heed.casework.actions.duties import raise_after_refusal
from heed.casework.actions.erasing import SHRED
from heed.casework.actions.missing.opening import owe_missing
from heed.casework.actions.missing.sweeping import look_again
from heed.casework.actions.practice import owe_practice
from heed.casework.aside import beside_the_worker, end_all
from heed.casework.ending import Ended, told
from heed.casework.leases import Leases, free
from heed.casework.linking import link_all, link_sources, owe_linking_anew, sources_of_records
from heed.casework.models import Heartbeat, Outbox
from heed.casework.noticing import notice
from heed.casework.shredding import shred
from heed.casework.tick import (
    MISSING_ANEW,
    PRACTICE,
    as_a_rule,
    count_daily,
    introduce_hourly,
    note_reads_hourly,
    watch_missing,
)

LINK, NOTICE = "link", "notice"
"""`link`: link these records' people, then notice what repeats. `notice`: they are linked already."""
TAKEN_AT_ONCE = 50
PATIENCE = timedelta(seconds=20)
"""How long a row that failed waits, times its attempts."""
MOST_ATTEMPTS = 5
MANY_RECORDS = 2000
"""From here on linking everybody at once is quicker than one after the other."""
SWEEP_EVERY = timedelta(seconds=60)
REST_SECONDS = 1.0
NAME = "worker"

logger = logging.getLogger(__name__)
leases = Leases()


def work_once(now: datetime) -> int:
    """Take one batch from the outbox and do it. Gives how many rows were finished; 0 when there is nothing to do."""
    try:
        rows = _leased(now)
        fresh = [row for row in rows if not row.attempts]
        done = _attempt(fresh, now) if fresh else 0
        return done + sum(_attempt([row], now) for row in rows if row.attempts and row not in fresh)
    except BaseException:  # told to end in the middle of it, by a signal or at a keyboard
        leases.give_back()
        raise


def run_forever(stop: threading.Event | None = None) -> None:
    """Work until told to stop: the outbox here, a heartbeat every minute between its batches, the rest beside it."""
    ending = stop or threading.Event()
    asides = beside_the_worker()
    try:
        for aside in asides:
            aside.start()
        _work_until(ending)
    finally:
        end_all(asides)


def _work_until(ending: threading.Event) -> None:
    swept: datetime | None = None
    while not ending.is_set():
        now = clock.now()
        done = 0
        try:
            close_old_connections()
            if swept is None:
                owe_linking_anew(now)
            if swept is None or now - swept >= SWEEP_EVERY or now < swept:
                owe_daily_look(now)
                introduce_hourly(now)
                count_daily(now)
                note_reads_hourly(now)
                watch_missing(now)
                Heartbeat.objects.update_or_create(name=NAME, defaults={"at": now})
                swept = now
            done = work_once(now)
        except Exception as trouble:  # noqa: BLE001 - the worker's loop: one of the two wide nets of the house
            logger.error("the worker failed and goes on: %s", type(trouble).__name__)
        if not done:
            ending.wait(REST_SECONDS)


def owe_daily_look(now: datetime) -> None:
    """Put one look at everything into the outbox for each day, however quiet it is."""
    subject = f"day:{now.astimezone(UTC).date()}"
    if not Outbox.objects.filter(kind=NOTICE, subject=subject).exists():
        Outbox.objects.create(kind=NOTICE, subject=subject, created_at=now)


def parked() -> QuerySet[Outbox]:
    """What failed too often and waits for a person."""
    return Outbox.objects.filter(done_at=None, attempts__gte=MOST_ATTEMPTS).order_by("pk")


def waiting() -> list[int]:
    """The rows of the outbox that wait for linking now. One that is being saved has its number already, and is none."""
    return list(Outbox.objects.filter(kind=LINK, done_at=None).order_by("pk").values_list("pk", flat=True))


def catch_up(now: datetime, say: Callable[[str], None]) -> None:
    """Do what waits before a command answers: what it says rests on everything saved, also when no worker runs."""
    owe_linking_anew(now)
    if Outbox.objects.filter(done_at=None, attempts__lt=MOST_ATTEMPTS).exists():
        say("Linking and noticing what was saved since the last time")
        while work_once(now):
            pass


def settle(now: datetime, rows: Sequence[int]) -> int:
    """Mark these links done after everybody was linked and noticed at once."""
    found = (Outbox.objects.filter(pk__in=some, done_at=None) for some in batched(rows, 1000))
    return sum(some.update(done_at=now, leased_until=None) for some in found)


def linked(now: datetime, rows: Sequence[int]) -> None:
    """Everybody was linked at once: what waited goes up if its child was refused before, and waits to be noticed."""
    for some in batched(rows, 1000):
        found = Outbox.objects.filter(pk__in=some, done_at=None).order_by("pk")
        records = [record for row in found for record in _records(row)]
        raise_after_refusal(records=records, by=None, now=now)
        as_a_rule(MISSING_ANEW, partial(owe_missing, records=records, by=None, now=now), now)
        as_a_rule(PRACTICE, partial(owe_practice, records=records, by=None, now=now), now)
    with (
        transaction.atomic()
    ):  # not the raising: it is whole for each duty, and whoever saves must not wait for all
        if settle(now, rows):
            Outbox.objects.create(kind=NOTICE, subject="all", created_at=now)


def _leased(now: datetime) -> list[Outbox]:
    rows = list(Outbox.objects.filter(free(now), done_at=None, attempts__lt=MOST_ATTEMPTS).order_by("pk"))
    if sum(len(_records(row)) for row in rows) <= MANY_RECORDS:
        rows = rows[:TAKEN_AT_ONCE]  # otherwise everybody is linked at once: take all of them
    return leases.take(rows, now)


def _attempt(rows: Sequence[Outbox], now: datetime) -> int:
    """Do the rows together. If that fails each is tried alone later, so that one bad row holds up no other."""
    keys = [row.pk for row in rows]
    try:
        _work(rows, now)
    except Exception as trouble:
        if told.is_set():
            raise Ended from trouble  # an engine says in words of its own that a signal stopped it
        name = type(trouble).__name__
        rules.failed(rules.blamed(trouble) or rules.NOTICING, name, now)
        logger.error("outbox rows %s failed: %s", keys, name)
        for row in rows:
            again = now + PATIENCE * (row.attempts + 1)
            Outbox.objects.filter(pk=row.pk).update(
                attempts=row.attempts + 1, last_error=name, leased_until=again
            )
        return 0
    parked().filter(kind=NOTICE).update(done_at=now)  # whoever has looked now has looked for them too
    return Outbox.objects.filter(pk__in=keys).update(done_at=now, leased_until=None, last_error="")


def _work(rows: Sequence[Outbox], now: datetime) -> None:
    for row in rows:
        if row.kind == SHRED:
            shred(row.subject)
    records = [record for row in rows for record in _records(row)]
    if len(records) > MANY_RECORDS:
        link_all(now)
    elif records:
        link_sources(sources_of_records(records), now)
    raise_after_refusal(records=records, by=None, now=now)
    owe_missing(records=records, by=None, now=now)
    as_a_rule(PRACTICE, partial(owe_practice, records=records, by=None, now=now), now)
    if any(row.kind == NOTICE for row in rows):
        as_a_rule(MISSING_ANEW, partial(look_again, by=None, now=now), now)
        as_a_rule(PRACTICE, partial(owe_practice, records=None, by=None, now=now), now)
    notice(now)
    rules.ran([rules.NOTICING], now)


def _records(row: Outbox) -> range:
    """The rows of `record:17` or `records:17-42`."""
    if row.kind != LINK:
        return range(0)
    first, _, last = row.subject.partition(":")[2].partition("-")
    return range(int(first), int(last or first) + 1)
