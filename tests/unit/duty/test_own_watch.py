"""The clock watches itself: a rule that stopped or failed is somebody's duty, and never silently dropped."""

from datetime import timedelta

import pytest
from django.test import Client

from heed.casework import rules, worker
from heed.casework.actions.duties.abouts import owe_rules
from heed.casework.actions.duties.escalating import NotMoved
from heed.casework.actions.receive import receive
from heed.casework.doors.readiness import readiness
from heed.casework.ledger import check
from heed.casework.models import Duty, Outbox, RuleBeat
from heed.casework.sealing.rows import words_of
from heed.casework.tick import climb, tick
from heed.core.patterns import DETECTORS
from tests.concerns import MONDAY, concern
from tests.personas import PASSWORD, standing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people():
    return standing()


def about(name):
    return Duty.objects.filter(about=f"rule:{name}")


def test_a_rule_that_stopped_is_owed_once_by_the_partnership_and_stays_owed(people):
    tick(MONDAY)
    assert owe_rules(MONDAY) == []
    owe_rules(MONDAY + DAY)
    owe_rules(MONDAY + DAY)
    duty = about("clock").get()
    assert duty.owing_agency_id == "partnership"
    assert "has not run since 16 November 2026" in words_of(duty.steps.all())[0]
    tick(MONDAY + DAY)
    assert about("clock").get().state == "open", "that it runs again answers nothing"
    assert check().faults == []


def test_a_duty_the_clock_cannot_move_is_the_operators(people, monkeypatch):
    receive(record=concern(), by=people.rosa, now=MONDAY)

    def breaks(*, now):
        raise NotMoved(1, [])

    monkeypatch.setattr("heed.casework.tick.escalate_due", breaks)
    assert climb(MONDAY + DAY) == []
    monkeypatch.undo()
    assert readiness(MONDAY + DAY)["rules_failing"] == ["clock"]
    assert readiness(MONDAY + DAY)["clock_lag_s"] == 0, "it falls due at this very instant"
    assert readiness(MONDAY + 2 * DAY)["clock_lag_s"] == DAY.total_seconds()
    owe_rules(MONDAY + DAY)
    assert "NotMoved" in words_of(about("clock").get().steps.all())[0]


def test_a_look_that_fails_is_in_trouble_until_one_succeeds(people, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise RuntimeError("a question with a name in it")

    monkeypatch.setattr(worker, "notice", breaks)
    receive(record=concern(), by=people.rosa, now=MONDAY)
    worker.work_once(MONDAY)
    assert [each.rule for each in rules.troubles(MONDAY)] == [rules.NOTICING]
    beat = RuleBeat.objects.get(name=rules.NOTICING)
    assert (beat.trouble, beat.failed_at) == ("RuntimeError", MONDAY)
    monkeypatch.undo()
    Outbox.objects.update(leased_until=None)
    while worker.work_once(MONDAY):
        pass
    assert rules.troubles(MONDAY) == []
    assert {each.name for each in DETECTORS} <= set(RuleBeat.objects.values_list("name", flat=True))


def test_what_fails_now_and_then_keeps_nobodys_records_from_being_worked_on(people, monkeypatch):
    def breaks(*, now):
        raise RuntimeError

    monkeypatch.setattr("heed.casework.tick.introduce", breaks)
    tick(MONDAY)
    assert [each.rule for each in rules.troubles(MONDAY)] == ["introductions"]
    monkeypatch.undo()
    tick(MONDAY)
    assert rules.troubles(MONDAY) == []


def test_whose_question_it_was_is_read_from_where_it_failed():
    space = {"__name__": f"{rules.DETECTING}own_rate"}
    exec("def find():\n    raise ValueError", space)
    try:
        space["find"]()
    except ValueError as trouble:
        assert rules.blamed(trouble) == "own_rate"
    assert rules.blamed(ValueError()) == ""


def test_the_partnership_reads_it_on_its_first_page_and_a_frontline_worker_does_not(people):
    rules.failed("own_rate", "BinderException", MONDAY)
    pages = {}
    for who in ("lena", "sam"):
        client = Client()
        client.login(username=who, password=PASSWORD)
        pages[who] = client.get("/").content.decode()
    assert "the rule own_rate failed" in pages["lena"]
    assert "own_rate" not in pages["sam"]
