"""Earlier refusals are read while agencies go on sending: what is saved in between upsets no reading."""

import pytest

from heed.casework.actions.duties import answer, refusals
from heed.casework.actions.receive import receive
from heed.casework.models import Duty, DutyStep, Source
from heed.casework.models.records import RecordQuerySet
from tests.concerns import MONDAY, NO_FURTHER_ACTION, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    people = standing()
    receive(record=concern("C-1", answer=NO_FURTHER_ACTION), by=None, now=MONDAY)
    receive(record=concern("C-2"), by=people.rosa, now=MONDAY)
    refuse("C-2", people.sam)
    return Source.objects.get(key="school p-7").person


def refuse(ref, by):
    duty = Duty.objects.get(record__ref=ref)
    answer(duty=duty, by=by, decision="no_further_action", reason="Seen at home, and well.", now=MONDAY)


def meanwhile(monkeypatch, queryset, do):
    """Have something done once, in the middle of what is read."""
    read, still = queryset.in_bulk, [do]

    def in_bulk(self, *given, **more):
        found = read(self, *given, **more)
        if still:
            still.pop()()
        return found

    monkeypatch.setattr(queryset, "in_bulk", in_bulk)


def test_a_record_saved_while_they_are_read_upsets_nothing(person, monkeypatch):
    before = refusals.refusals([person])
    late = concern("C-3", answer=NO_FURTHER_ACTION)
    meanwhile(monkeypatch, RecordQuerySet, lambda: receive(record=late, by=None, now=MONDAY))
    assert refusals.refusals([person]) == before
    assert len(refusals.refusals([person])) == len(before) + 1 == 3


def test_a_refusal_given_while_they_are_read_upsets_nothing(person, monkeypatch):
    receive(record=concern("C-3"), by=None, now=MONDAY)
    sam = DutyStep.objects.get(kind="answered").by
    before = refusals.refusals([person])
    meanwhile(monkeypatch, type(DutyStep.objects.all()), lambda: refuse("C-3", sam))
    assert refusals.refusals([person]) == before
    assert len(refusals.refusals([person])) == len(before) + 1 == 3
