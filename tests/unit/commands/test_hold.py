"""The commands that hold: duties, tick, ledger, worker."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from heed.casework.actions.receive import receive
from heed.casework.commands import duties, ledger, tick, worker
from heed.casework.models import Duty
from tests.concerns import MONDAY, concern
from tests.personas import standing
from tests.unit.commands.running import run

pytestmark = pytest.mark.django_db
LATE = "2026-11-17T12:00:00+00:00"


@pytest.fixture
def owed():
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)
    return Duty.objects.get()


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_duties_say_who_owes_what_by_when_without_a_childs_name(owed):
    ran = run(duties.command, "--json", "--now", MONDAY.isoformat())
    (line,) = lines(ran.out)
    assert (line["duty"], line["owner"], line["owing_agency"]) == (
        owed.reference,
        "Sam Oduya, duty social worker",
        "social_care",
    )
    assert (line["due_at"], line["overdue"], line["record"]) == (
        "2026-11-17T10:00:00+00:00",
        False,
        ["school", "C-1"],
    )
    assert "Marsh" not in ran.out
    assert "Answers owed: 1." in ran.err


def test_only_what_is_overdue(owed):
    assert run(duties.command, "--overdue", "--now", MONDAY.isoformat()).out == ""
    assert "OVERDUE" in run(duties.command, "--overdue", "--now", LATE).out


def test_tick_moves_silence_up_and_says_so(owed):
    assert lines(run(tick.command, "--now", LATE, "--json").out) == [
        {"duty": owed.reference, "rung": 1, "at": "2026-11-17T10:00:00+00:00"}
    ]
    assert run(tick.command, "--now", LATE).out == ""


@pytest.mark.parametrize("text", ["tomorrow", "2026-11-17", "2026-11-17T12:00:00"])
def test_an_instant_that_is_none_is_refused_with_what_was_expected(text):
    ran = run(tick.command, "--now", text)
    assert ran.code == 2
    assert text in ran.err


def test_the_ledger_is_ok(owed):
    ran = run(ledger.command, "verify")
    assert ran.code == 0
    assert ran.out.startswith("ok: 2 entries, root ")
    assert lines(run(ledger.command, "verify", "--json").out)[0]["ok"] is True


def test_a_fault_is_named_and_the_exit_says_so(owed):
    with connection.cursor() as cursor:
        cursor.execute(
            "update casework_record set document = substr(document, 1, 40) || 'AAAA' || substr(document, 45)"
        )
    ran = run(ledger.command, "verify")
    assert ran.code == 1
    assert "record school C-1 r1" in ran.out
    told = lines(run(ledger.command, "verify", "--json").out)
    assert told[0]["ok"] is False
    assert told[1]["what"].startswith("record school C-1 r1")


def test_the_worker_does_what_waits_once(owed, monkeypatch):
    monkeypatch.setattr("heed.casework.worker.link_sources", lambda keys, now: [])
    monkeypatch.setattr("heed.casework.worker.notice", lambda now: [])
    monkeypatch.setattr("heed.casework.clock.now", lambda: MONDAY + timedelta(days=1))
    ran = run(worker.command, "--once")
    assert "Done from the outbox: 1." in ran.err
    assert Duty.objects.get().rung == 1
