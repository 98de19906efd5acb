"""Reading records without saying who looks, or why, is refused; what the worker reads for itself is written down."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from heed.casework import system_reads
from heed.casework.actions.reads import note_reads
from heed.casework.models import Body, Entry, Mention, Record, ThingSeen
from heed.casework.models.records import Unscoped
from heed.casework.tick import note_reads_hourly
from heed.casework.worker import work_once
from tests import case_story, personas

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_read_before():
    system_reads.taken(system_reads.waiting())


@pytest.mark.parametrize("model", [Record, Mention, ThingSeen])
@pytest.mark.parametrize("read", [
    lambda rows: rows.all(), lambda rows: rows.filter(pk=1), lambda rows: rows.count(), lambda rows: rows.first(),
    lambda rows: rows.values("pk"), lambda rows: rows.none(), lambda rows: rows.raw("select 1"),
    lambda rows: rows.using("default"), lambda rows: rows.get(pk=1),
])  # fmt: skip
def test_the_bare_manager_refuses_and_says_what_to_do(model, read):
    with pytest.raises(Unscoped, match=r"\.system\('why'\)"):
        read(model.objects)


def test_from_a_record_to_who_is_in_it_is_refused_too():
    with pytest.raises(Unscoped):
        Record(pk=1).mentions.all()


@pytest.mark.parametrize("why", ["", "   ", "job"])
@pytest.mark.parametrize("model", [Record, Mention, ThingSeen])
def test_a_job_without_a_reason_is_refused(model, why):
    with pytest.raises(Unscoped, match="says why"):
        model.objects.system(why)


def test_what_the_worker_read_stands_in_the_ledger_by_reason_and_is_counted_once():
    personas.standing()
    case_story.tell(case_story.story(3))
    system_reads.taken(system_reads.waiting())
    Record.objects.system("a test of counting")
    Record.objects.system("a test of counting")
    entry = note_reads(by=None, now=NOW)
    assert (entry.kind, entry.subject, entry.actor_id) == ("system", "system:worker", None)
    assert json.loads(Body.objects.get(entry=entry).text) == {"reads": {"a test of counting": 2}}
    assert note_reads(by=None, now=NOW) is None


def test_linking_what_was_saved_says_so_once_an_hour():
    personas.standing()
    case_story.tell(case_story.story(3))
    while work_once(NOW):
        pass
    note_reads_hourly(NOW)
    Record.objects.system("a test of counting")
    note_reads_hourly(NOW + timedelta(minutes=59))
    (entry,) = Entry.objects.filter(kind="system")
    assert any(why.startswith("linking: ") for why in json.loads(Body.objects.get(entry=entry).text)["reads"])
    note_reads_hourly(NOW + timedelta(minutes=60))
    assert Entry.objects.filter(kind="system").count() == 2
