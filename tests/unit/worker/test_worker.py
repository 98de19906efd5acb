"""The outbox: leased, worked on, marked after; what a dead worker left is done; a bad row holds up no other."""

import threading
from datetime import timedelta

import pytest

from heed.casework import worker
from heed.casework.actions.receive import receive, receive_many
from heed.casework.ending import Ended
from heed.casework.leases import LEASE, Leases
from heed.casework.models import Duty, Heartbeat, Outbox, Record
from heed.warehouse.linking.committed import current_model
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db


class Work:
    """Stands where linking and noticing are, and writes down what was asked of them."""

    def __init__(self, monkeypatch):
        self.done, self.bad = [], set()
        monkeypatch.setattr(worker, "link_sources", self.link)
        monkeypatch.setattr(worker, "link_all", lambda now: self.done.append("link all"))
        monkeypatch.setattr(worker, "notice", lambda now: self.done.append("notice"))

    def link(self, keys, now):
        if self.bad & set(keys):
            raise LookupError("Ayla Marsh cannot be linked")
        self.done.append(f"link {' '.join(sorted(keys))}")


@pytest.fixture
def work(monkeypatch):
    return Work(monkeypatch)


def save(ref, child="p-7"):
    receive(record=concern(ref, child=child), by=None, now=MONDAY)


def test_first_link_then_notice_then_done(work):
    save("C-1")
    assert worker.work_once(MONDAY) == 1
    assert work.done == ["link school p-7", "notice"]
    assert Outbox.objects.get().done_at == MONDAY
    assert worker.work_once(MONDAY) == 0


def test_what_waits_together_is_done_together(work):
    save("C-1", "p-1")
    receive_many(records=[concern(f"C-{n}", child=f"p-{n}") for n in (2, 3)], by=None, now=MONDAY)
    assert worker.work_once(MONDAY) == 2
    assert work.done == ["link school p-1 school p-2 school p-3", "notice"]


def test_very_many_are_linked_at_once(work, monkeypatch):
    monkeypatch.setattr(worker, "MANY_RECORDS", 1)
    receive_many(records=[concern(f"C-{n}") for n in (2, 3)], by=None, now=MONDAY)
    worker.work_once(MONDAY)
    assert work.done == ["link all", "notice"]


def test_a_dead_worker_leaves_its_rows_to_the_next(work):
    save("C-1")
    (row,) = worker._leased(MONDAY)
    assert worker.work_once(MONDAY) == 0, "somebody else holds it"
    assert worker.work_once(MONDAY + LEASE) == 1
    assert Outbox.objects.get(pk=row.pk).done_at


def test_done_is_written_after_the_work(work, monkeypatch):
    seen = []
    monkeypatch.setattr(worker, "notice", lambda now: seen.append(Outbox.objects.get().done_at))
    save("C-1")
    worker.work_once(MONDAY)
    assert seen == [None]


def test_one_bad_row_holds_up_no_other_and_is_parked(work):
    work.bad = {"school p-666"}
    save("C-1", "p-1")
    save("C-2", "p-666")
    now = MONDAY
    for _ in range(20):
        worker.work_once(now)
        now += timedelta(minutes=5)
    good, bad = Outbox.objects.order_by("pk")
    assert good.done_at
    assert bad.done_at is None
    assert list(worker.parked()) == [bad]
    assert (bad.attempts, bad.last_error) == (worker.MOST_ATTEMPTS, "LookupError")


def test_settling_marks_what_was_linked_at_once(work):
    save("C-1")
    save("C-2")
    first = Outbox.objects.earliest("pk")
    assert worker.settle(MONDAY, [first.pk]) == 1
    assert worker.settle(MONDAY, worker.waiting()) == 1
    assert worker.work_once(MONDAY) == 0


def test_after_everybody_was_linked_only_noticing_is_left(work):
    save("C-1")
    before = worker.waiting()
    save("C-2")
    worker.linked(MONDAY, before)
    assert worker.work_once(MONDAY) == 2
    assert work.done == ["link school p-7", "notice"]
    worker.linked(MONDAY, worker.waiting())
    assert worker.work_once(MONDAY) == 0


def test_what_was_linked_by_command_still_goes_up_after_an_earlier_refusal(work, monkeypatch):
    save("C-1")
    asked = []
    monkeypatch.setattr(worker, "raise_after_refusal", lambda *, records, by, now: asked.extend(records))
    worker.linked(MONDAY, worker.waiting())
    assert asked == [Record.kept.get().pk]


def test_the_loop_works_and_says_that_it_lives(work, monkeypatch):
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)

    class Stop:
        turns = 0

        def is_set(self):
            Stop.turns += 1
            return Stop.turns > 3

        def wait(self, seconds):
            return None

    monkeypatch.setattr(worker.clock, "now", lambda: MONDAY + timedelta(days=1))
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.run_forever(Stop())
    assert not Outbox.objects.filter(done_at=None).exists()
    assert Duty.objects.get().rung == 0, "the clock runs beside it"
    beats = {
        "worker",
        "introductions",
        "linking counted",
        "reads noted",
        "linking",
        f"linked by {current_model().version}",
    }
    assert set(Heartbeat.objects.values_list("name", flat=True)) == beats


def test_every_day_is_looked_at_once_also_when_no_record_comes(work):
    for hours in (0, 1, 2, 24, 25, 48):
        worker.owe_daily_look(MONDAY + timedelta(hours=hours))
        worker.work_once(MONDAY + timedelta(hours=hours))
    assert work.done == ["notice"] * 3
    assert not Outbox.objects.filter(done_at=None).exists()


def test_a_look_that_was_parked_is_done_by_the_next_that_succeeds(work):
    worker.owe_daily_look(MONDAY)
    Outbox.objects.update(attempts=worker.MOST_ATTEMPTS)
    save("C-1")
    Outbox.objects.create(kind="link", subject="record:0", created_at=MONDAY, attempts=worker.MOST_ATTEMPTS)
    assert worker.work_once(MONDAY + timedelta(days=1)) == 1
    assert [row.kind for row in worker.parked()] == ["link"]


def test_a_lease_taken_by_a_clock_that_was_set_back_holds_nobody_up(work):
    save("C-1")
    worker._leased(MONDAY + timedelta(days=3650))
    assert worker.work_once(MONDAY) == 1


def test_the_loop_survives_trouble_without_naming_anybody(work, monkeypatch, caplog):
    def fail(now):
        raise RuntimeError("Ayla Marsh")

    turns = iter([False, False, True])
    stop = type("Stop", (), {"is_set": lambda self: next(turns), "wait": lambda self, seconds: None})()
    monkeypatch.setattr(worker, "introduce_hourly", fail)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    worker.run_forever(stop)
    assert "RuntimeError" in caplog.text
    assert "Marsh" not in caplog.text


@pytest.mark.parametrize("told", [Ended, KeyboardInterrupt, SystemExit])
def test_a_worker_that_is_told_to_end_gives_back_what_it_has_not_done(work, monkeypatch, told):
    for n in range(3):
        save(f"C-{n}", f"p-{n}")
    last = Outbox.objects.latest("pk")
    Outbox.objects.filter(pk=last.pk).update(attempts=1)  # done alone, after the others

    def end(keys, now):
        if keys == {"school p-2"} or keys == ["school p-2"]:
            raise told
        work.link(keys, now)

    monkeypatch.setattr(worker, "link_sources", end)
    with pytest.raises(told):
        worker.work_once(MONDAY)
    (left,) = Outbox.objects.filter(done_at=None)
    assert (left.pk, left.leased_until, left.attempts) == (last.pk, None, 1)
    monkeypatch.setattr(worker, "link_sources", work.link)
    assert worker.work_once(MONDAY + timedelta(seconds=1)) == 1, "the next worker does not wait"


def test_what_another_worker_holds_is_never_given_back(work):
    save("C-1")
    save("C-2")
    mine, others, soon = Leases(), Leases(), MONDAY + timedelta(seconds=1)
    first, second = Outbox.objects.order_by("pk")
    assert mine.take([first], MONDAY) == [first]
    first = Outbox.objects.get(pk=first.pk)
    assert others.take([first, second], soon) == [first, second], "it takes a lease as it stands now"
    assert mine.give_back() == 0
    stale = Outbox(pk=second.pk, leased_until=None)
    assert mine.take([stale], soon + timedelta(seconds=1)) == [], "it was read before it was taken"
    assert set(Outbox.objects.values_list("leased_until", flat=True)) == {soon + LEASE}
    assert others.give_back() == 2
    assert others.give_back() == 0


def test_an_engine_that_was_stopped_by_a_signal_counts_as_no_attempt(work, monkeypatch):
    save("C-1")
    work.bad = {"school p-7"}
    told = threading.Event()
    told.set()
    monkeypatch.setattr(worker, "told", told)
    with pytest.raises(Ended):
        worker.work_once(MONDAY)
    row = Outbox.objects.get()
    assert (row.leased_until, row.attempts, row.done_at) == (None, 0, None)


def test_a_worker_that_is_killed_gives_nothing_back(work):
    save("C-1")
    worker._leased(MONDAY)
    assert worker.work_once(MONDAY + LEASE - timedelta(seconds=1)) == 0
    assert worker.work_once(MONDAY + LEASE) == 1
