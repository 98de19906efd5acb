"""A withdrawn batch: everything of it stays and can be read, nothing of it counts, and what rested on it is set right."""

from datetime import timedelta

import pytest
from django.db import connection

from heed.casework.actions import batch_decisions
from heed.casework.actions.agency_keys import revoke_key
from heed.casework.ledger import verify
from heed.casework.models import AgencyKey, Batch, BatchRecord, Duty, DutyStep, Record
from heed.casework.rebuilding import differences
from heed.casework.sealed import open_text
from heed.casework.sealing.rows import step_at
from tests.unit.batches.conftest import DAY, flood, manager, send, told
from tests.unit.batches.test_held import counted, in_warehouse, work

pytestmark = pytest.mark.django_db
REASON = "The key had been stolen, the school says."


def withdraw(number: int | None = None) -> Batch:
    which = number or Batch.objects.order_by("-pk").first().pk
    return batch_decisions.withdraw(number=which, reason=REASON, by=manager(), now=DAY + timedelta(hours=1))


def words_of(step: DutyStep) -> str:
    """What a step says, as the ledger's door opens it."""
    return open_text(step.words, bound=step_at(step.duty_id, step.number))


@pytest.mark.parametrize("flooded", [True, False])
def test_a_withdrawn_batch_is_kept_and_counts_for_nothing(key, flooded):
    flood(key) if flooded else send(key, told("S-1"))
    work()
    kept = Record.objects.system("a test").count()
    withdraw()
    work()
    assert (counted(), in_warehouse(), Record.objects.system("a test").count()) == (0, 0, kept)
    assert list(differences(lambda _: None)) == []
    assert verify() == []


def test_an_earlier_revision_stands_again(key):
    send(key, told("S-1"), at=DAY - timedelta(days=1))
    send(key, told("S-1", revision=2, text="False words."))
    current = Record.objects.system("a test").current()
    assert current.get().revision == 2
    withdraw()
    assert Record.objects.system("a test").current().get().revision == 1


def test_what_was_withdrawn_is_refused_as_it_was_and_taken_as_a_higher_revision(key):
    send(key, told("S-1"))
    withdraw()
    (again,) = send(key, told("S-1")).outcomes
    assert (again.kind, again.withdrawn, again.receipt) == ("refused", True, None)
    assert "higher revision" in again.conflict
    (higher,) = send(key, told("S-1", revision=2), at=DAY + timedelta(days=1)).outcomes
    assert higher.kind == "superseding"
    assert counted() == 1
    assert verify() == []


def test_after_a_withdrawal_the_rest_of_the_day_is_held(key):
    send(key, told("S-1"))
    withdraw()
    assert send(key, told("S-2")).held


def test_what_was_owed_on_withdrawn_records_alone_is_closed_with_the_reason(key):
    send(key, told("C-1", kind="concern"))
    withdraw()
    duty, step = Duty.objects.get(), DutyStep.objects.order_by("-number").first()
    assert (duty.state, step.decision, step.by) == ("answered", "withdrawn", manager())
    assert REASON in words_of(step)
    assert verify() == []


def test_what_an_honest_earlier_revision_asks_stays_owed(key):
    send(key, told("C-1", kind="concern"), at=DAY - timedelta(days=1))
    send(key, told("C-1", kind="concern", revision=2, text="False words."))
    withdraw()
    assert Duty.objects.get().state == "open"


def test_an_answer_that_was_withdrawn_opens_its_duty_again_one_rung_higher(key):
    send(key, told("C-1", kind="concern"), at=DAY - timedelta(days=1))
    answer = {
        "decision": "no_further_action",
        "reason": "A guess of a stolen key.",
        "at": "2026-11-03T09:00:00Z",
    }
    send(key, told("C-1", kind="concern", revision=2, answer=answer))
    assert Duty.objects.get().state == "answered"
    withdraw()
    duty = Duty.objects.get()
    assert (duty.state, duty.rung) == ("open", 1)
    assert REASON in words_of(DutyStep.objects.order_by("-number").first())
    assert verify() == []


BY_HAND = [
    ("update casework_batch set state = 'withdrawn'", "batch"),
    ("update casework_batch set state = 'held'", "batch"),
    ("update casework_batch set source = 'command'", "batch"),
    ("update casework_batch set reason = 'none'", "batch"),
    ("delete from casework_batchrecord", "record row"),
    ("update casework_batchrecord set batch_id = (select max(id) from casework_batch)", "record row"),
    ("update casework_agencykey set revoked_at = null", "key"),
    ("update casework_agencykey set digest = 'x' where id = (select max(id) from casework_agencykey)", "key"),
]


@pytest.mark.parametrize(("sql", "what"), BY_HAND, ids=[sql for sql, _ in BY_HAND])
def test_a_batch_or_a_key_changed_by_hand_is_found(key, sql, what):
    send(key, told("S-1"))
    send(key, told("S-2"), at=DAY + timedelta(days=1))
    revoke_key(number=key.pk, by=None, now=DAY)
    assert verify() == []
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert any(what in fault.what for fault in verify())


def test_a_record_put_into_a_withdrawn_batch_by_hand_is_found(key):
    flood(key)
    withdraw()
    honest = send(key, told("S-9"), at=DAY + timedelta(days=1))
    record = BatchRecord.objects.get(batch=honest.batch)
    with connection.cursor() as cursor:
        cursor.execute(
            "update casework_batchrecord set batch_id = %s where record_id = %s",
            [Batch.objects.get(state="withdrawn").pk, record.pk],
        )
    assert counted() == 0
    assert [fault.what for fault in verify()] == [f"record row {record.pk}"]


def test_a_key_put_there_by_hand_is_found(key):
    AgencyKey.objects.create(agency_id="school", name="x", digest="y", made_at=DAY)
    assert [fault.how for fault in verify()] == ["is not what its entries say"]
