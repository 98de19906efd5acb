"""What runs beside the worker: a backlog of records stops neither the clock nor the signing of the ledger."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from heed.casework import aside, worker
from heed.casework.actions.receive import receive
from heed.casework.checkpoints import REFUSED
from heed.casework.doors.readiness import readiness, stopped_since
from heed.casework.linking.anew import linked_anew
from heed.casework.models import Checkpoint, Duty, Entry, Heartbeat, Outbox
from heed.casework.tick import CLOCK, INTRODUCED
from tests.concerns import MONDAY, concern
from tests.personas import standing

LATER = MONDAY + timedelta(days=1)
PATIENCE_SECONDS = 30


def at_last(happens):
    """Wait until it happens; whether it did."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not happens() and time.monotonic() < until:
        time.sleep(0.02)
    return happens()


@pytest.mark.django_db(transaction=True)
def test_duties_go_up_and_the_ledger_is_signed_while_a_backlog_is_linked(monkeypatch):
    """The links of one batch do not end before the clock has run three times."""
    receive(record=concern(), by=standing().rosa, now=MONDAY)
    linked_anew(MONDAY)  # or everybody is owed, by the numbers of records that earlier tests have used up
    turns, stop = [], threading.Event()
    patience = threading.Timer(2 * PATIENCE_SECONDS, stop.set)
    patience.start()
    monkeypatch.setattr(aside, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(aside, "CLOCK_SECONDS", 0.05)
    monkeypatch.setattr(aside, "look_at_files", lambda now: None)
    monkeypatch.setattr(aside.clock, "now", lambda: LATER)
    climb = aside.climb
    monkeypatch.setattr(aside, "climb", lambda now: (climb(now), turns.append(now)))

    def link(keys, now):
        stop.set()  # this batch is the last: a worker that is told to end finishes it
        assert at_last(lambda: len(turns) >= 3), "the clock waits for the backlog"
        assert at_last(Checkpoint.objects.exists), "signing waits for the backlog"
        assert Duty.objects.get().rung == 1
        assert Outbox.objects.filter(kind=worker.LINK, done_at=None).exists()

    monkeypatch.setattr(worker, "link_sources", link)
    monkeypatch.setattr(worker, "notice", lambda now: None)
    worker.run_forever(stop)
    patience.cancel()
    assert not Outbox.objects.filter(done_at=None).exists(), "what the link asserted held, or it would wait"
    assert Heartbeat.objects.get(name=CLOCK).at == LATER
    assert readiness(LATER)["ready"] is True
    assert not [each for each in threading.enumerate() if each.name in ("clock", "signing", "files and mail")]


def test_the_clock_is_due_often_enough():
    """A deadline is late by no more than a minute, also when one turn fails."""
    (clock,) = (each for each in aside.beside_the_worker() if each._thread.name == "clock")
    assert 2 * clock._rest_seconds <= 60
    assert clock._parts == [aside.climb], "nothing else is in its way"


@pytest.mark.django_db
def test_a_clock_that_fails_leaves_no_beat_and_is_missed(monkeypatch, caplog):
    aside.climb(MONDAY)

    def fail(*, now):
        raise RuntimeError("Ayla Marsh")

    monkeypatch.setattr("heed.casework.tick.escalate_due", fail)
    monkeypatch.setattr(aside.clock, "now", lambda: LATER)
    aside._kept_apart(aside.climb)
    assert "climb failed and is tried again: RuntimeError" in caplog.text
    assert "Marsh" not in caplog.text
    assert stopped_since(LATER) == MONDAY
    assert readiness(LATER)["ready"] is False


@pytest.mark.django_db
def test_introducing_that_stopped_is_missed_too():
    aside.climb(MONDAY)
    Heartbeat.objects.create(name=INTRODUCED, at=MONDAY - timedelta(hours=5))
    assert readiness(MONDAY)["ready"] is True
    Heartbeat.objects.filter(name=INTRODUCED).update(at=MONDAY - timedelta(hours=7))
    assert readiness(MONDAY)["ready"] is False


@pytest.mark.django_db
def test_the_ledger_is_signed_when_it_is_time_and_never_when_it_differs(monkeypatch, caplog):
    receive(record=concern("C-1"), by=None, now=MONDAY)
    aside.sign(LATER)
    assert Checkpoint.objects.get().size == Entry.objects.count()
    receive(record=concern("C-2"), by=None, now=MONDAY)
    with connection.cursor() as cursor:
        cursor.execute("update casework_entry set purpose = 'other' where seq = %s", [Entry.objects.count()])
    monkeypatch.setattr(aside.clock, "now", lambda: LATER + timedelta(hours=2))
    aside._kept_apart(aside.sign)
    assert "LedgerDiffers" in caplog.text
    assert Checkpoint.objects.count() == 1
    assert Heartbeat.objects.filter(name=REFUSED).exists()
