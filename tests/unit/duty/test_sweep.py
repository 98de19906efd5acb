"""The clock's sweep: one that cannot be moved holds up no other, and what was to be looked at again is owed again."""

from datetime import timedelta

import pytest

from heed.casework.actions import ledger
from heed.casework.actions.duties import deadlines, escalate_due
from heed.casework.actions.duties.escalating import NotMoved
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Duty, Post, Professional, Relationship
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db
LATE = MONDAY + timedelta(days=1)


@pytest.fixture
def three():
    people = standing()
    for ref in ("C-1", "C-2", "C-3"):
        receive(record=concern(ref, child=ref), by=people.rosa, now=MONDAY)
    return list(Duty.objects.order_by("pk"))


def test_one_that_cannot_be_moved_holds_up_no_other(three, monkeypatch):
    whole = ledger.append_many

    def broken(acts):
        if any(act.subject == f"duty:{three[1].reference}" for act in acts):
            raise RuntimeError("this one only")
        return whole(acts)

    monkeypatch.setattr("heed.casework.actions.duties.escalating.ledger.append_many", broken)
    with pytest.raises(NotMoved, match="1 duties"):
        escalate_due(now=LATE)
    assert [duty.rung for duty in Duty.objects.order_by("pk")] == [1, 0, 1]
    monkeypatch.undo()
    assert [climb.reference for climb in escalate_due(now=LATE)] == [three[1].reference]
    assert check().faults == []


def test_whoever_was_named_in_a_batch_that_failed_is_not_remembered(three, monkeypatch):
    """The partnership's placeholders come into being while duties climb to it, and are gone with a batch that fails."""
    Post.objects.filter(agency="partnership").delete()
    Professional.objects.update(line_manager=None)
    Professional.objects.filter(agency="partnership").delete()
    whole, much_later = ledger.append_many, MONDAY + timedelta(days=30)

    def broken(acts):
        if any(act.subject == f"duty:{three[0].reference}" for act in acts):
            raise RuntimeError("this one only")
        return whole(acts)

    monkeypatch.setattr("heed.casework.actions.duties.escalating.ledger.append_many", broken)
    with pytest.raises(NotMoved, match="1 duties"):
        escalate_due(now=much_later)
    there = set(Professional.objects.values_list("pk", flat=True))
    assert set(Duty.objects.values_list("owner", flat=True)) <= there
    assert set(Relationship.objects.values_list("professional", flat=True)) <= there
    assert sorted(Duty.objects.values_list("rung", flat=True)) == [0, 5, 5]


def test_each_is_due_by_its_own_clock(three):
    Duty.objects.filter(pk=three[0].pk).update(state="answered", due_at=None)
    assert {climb.reference for climb in escalate_due(now=LATE)} == {duty.reference for duty in three[1:]}
    second = Duty.objects.get(pk=three[1].pk)
    assert second.due_at == deadlines.due_at(second.clause, 1, LATE)
    Duty.objects.filter(pk=three[0].pk).update(state="open", due_at=LATE)
