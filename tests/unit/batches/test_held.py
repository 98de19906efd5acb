"""Far more than usual is kept and held: it opens what is owed, and counts for nothing until a person has looked."""

from datetime import timedelta

import pytest

from heed.casework import supply
from heed.casework.actions import batch_decisions
from heed.casework.actions.receive import receive_many
from heed.casework.ledger import verify
from heed.casework.models import Batch, Duty, Entry, Outbox, Record, Source
from heed.casework.rebuilding import differences
from heed.casework.worker import work_once
from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from tests.unit.batches.conftest import DAY, FLOOR, flood, manager, send, told

pytestmark = pytest.mark.django_db
REASON = "An outage was over, the school's manager says."


def counted() -> int:
    return Record.objects.system("a test").current().count()


def in_warehouse() -> int:
    house = supply.warehouse()
    try:
        return house.rows("select count(*) from record")[0][0]
    finally:
        house.close()


def work() -> None:
    while work_once(DAY + timedelta(hours=1)):
        pass


def test_a_usual_day_is_one_batch_and_counts(key):
    for number in range(FLOOR):
        assert not send(key, told(f"S-{number}")).held
    assert (Batch.objects.get().state, Batch.objects.get().lines, counted()) == ("open", FLOOR, FLOOR)
    assert verify() == []


def test_what_comes_after_far_too_much_is_held_kept_and_receipted(key):
    send(key, told("S-1"))
    answered = flood(key)
    assert answered.held
    assert all(outcome.receipt for outcome in answered.outcomes)
    assert send(key, told("S-2")).held
    assert [batch.state for batch in Batch.objects.order_by("pk")] == ["open", "held"]
    assert (counted(), Record.objects.system("a test").count()) == (1, FLOOR + 3)
    assert verify() == []


def test_a_usual_of_many_lets_many_through(key):
    day = DAY - timedelta(days=5)
    Batch.objects.create(agency_id="school", source="key", key=key, begun=day, state="open", lines=28 * 10)
    answered = send(key, *(told(f"S-{number}") for number in range(50)))
    assert not answered.held
    assert send(key, told("S-50")).held


def test_a_held_batch_stays_out_of_linking_and_of_the_warehouse_until_it_is_released(key):
    record = parse(told("P-1") | {"agency": "police"}).record
    receive_many(records=[record], by=None, now=DAY)
    flood(key)
    work()
    people = Source.objects.values_list("person", flat=True)
    assert (in_warehouse(), len(set(people))) == (1, 2)
    assert list(differences(lambda _: None)) == []

    batch_decisions.release(number=Batch.objects.get().pk, reason=REASON, by=manager(), now=DAY)
    work()
    assert (in_warehouse(), len(set(Source.objects.values_list("person", flat=True)))) == (FLOOR + 2, 1)
    assert list(differences(lambda _: None)) == []
    assert verify() == []
    assert not send(key, told("S-9")).held, "what a person released is held no more that day"


def test_a_held_concern_opens_its_duty_at_once(key):
    send(key, *(told(f"S-{number}") for number in range(FLOOR + 1)))
    send(key, told("C-1", kind="concern", observations=["danger_now"]))
    assert Duty.objects.get().due_at == DAY + timedelta(hours=2)


def test_an_answer_in_a_held_batch_settles_nothing_until_it_is_released(key):
    send(key, told("C-1", kind="concern"))
    flood(key)
    answer = {
        "decision": "no_further_action",
        "reason": "A guess of a stolen key.",
        "at": "2026-11-03T09:00:00Z",
    }
    send(key, told("C-1", kind="concern", revision=2, answer=answer))
    duty = Duty.objects.get()
    assert duty.state == "open"
    batch_decisions.release(number=Batch.objects.get(state="held").pk, reason=REASON, by=manager(), now=DAY)
    duty.refresh_from_db()
    assert duty.state == "answered"
    assert verify() == []


def test_the_next_day_begins_anew(key):
    flood(key)
    assert not send(key, told("S-2"), at=DAY + timedelta(days=1)).held


@pytest.mark.parametrize(
    ("agency", "grade", "allowed"),
    [
        ("school", "manager", True),
        ("school", "senior", True),
        ("partnership", "executive", True),
        ("school", "frontline", False),
        ("school", "supervisor", False),
        ("police", "manager", False),
    ],
)
def test_who_may_decide(key, agency, grade, allowed):
    flood(key)
    number = Batch.objects.get().pk
    if allowed:
        batch_decisions.release(number=number, reason=REASON, by=manager(agency, grade), now=DAY)
        entry = Entry.objects.get(kind="release")
        assert (entry.subject, entry.actor.username) == (f"batch:{number}", f"{agency}-{grade}")
    else:
        with pytest.raises(Explained, match="no batch"):
            batch_decisions.release(number=number, reason=REASON, by=manager(agency, grade), now=DAY)
        assert Batch.objects.get().state == "held"


def test_a_decision_needs_a_reason_and_is_made_once(key):
    flood(key)
    number = Batch.objects.get().pk
    with pytest.raises(Explained, match="Say why"):
        batch_decisions.release(number=number, reason="ok", by=manager(), now=DAY)
    batch_decisions.release(number=number, reason=REASON, by=manager(), now=DAY)
    with pytest.raises(Explained, match="is released"):
        batch_decisions.release(number=number, reason=REASON, by=manager(), now=DAY)


def test_an_import_of_which_nothing_is_new_is_no_batch(key):
    record = parse(told("S-1")).record
    batch = Batch(source="command", begun=DAY, state="open")
    receive_many(records=[record], by=None, now=DAY, batch=batch)
    again = Batch(source="command", begun=DAY, state="open")
    receive_many(records=[record], by=None, now=DAY, batch=again)
    assert Batch.objects.count() == 1
    assert Outbox.objects.count() == 1
