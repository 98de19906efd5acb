"""Earlier refusals are read while agencies go on sending: what is saved in between upsets no reading."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest

from heed.casework.actions.duties import answer, confirm, raise_after_refusal, refusals
from heed.casework.actions.duties.sight import CHILDREN
from heed.casework.actions.receive import receive, receive_many
from heed.casework.models import Duty, DutyStep, Mention, Record, Source
from heed.casework.models.records import RecordQuerySet
from heed.casework.sealed import document_of
from heed.casework.sealing.rows import words_of
from heed.core.duty.moves import OWED
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


def one_by_one(duties, now):
    """What is to go up, the dull way: every child of every duty is asked for anew."""
    found = {}
    for duty in duties:
        persons = {
            each.source.person for each in Mention.objects.of([duty.record_id]).filter(part__in=CHILDREN)
        }
        before = [
            refusals.earlier(
                refusals.refusals([person]), person=person, record=duty.record_id,
                recorded=duty.record.recorded_at, now=duty.opened_at,
            )
            for person in persons
        ]  # fmt: skip
        if newest := max(filter(None, before), key=lambda one: one.at, default=None):
            found[duty.reference] = newest.words
    return found


@pytest.mark.parametrize("seed", range(6))
def test_all_at_once_raises_what_one_after_the_other_would(seed):
    people, chance = standing(), random.Random(seed)
    for n in range(24):
        at = MONDAY + timedelta(days=20 * n, seconds=n)
        told = NO_FURTHER_ACTION | {"at": at.isoformat()}
        kinds = {"answer": told} if chance.random() < 0.3 else {}
        child = {"agency": chance.choice(["school", "police"]), "child": f"p-{chance.randrange(4)}"}
        receive(
            record=concern(f"C-{n}", recorded_at=at.isoformat(), **child, **kinds), by=people.rosa, now=at
        )
        if not kinds and chance.random() < 0.3:
            duty = Duty.objects.get(record__ref=f"C-{n}")
            answer(duty=duty, by=people.sam, decision="no_further_action", reason="Seen, and well.", now=at)
    for source in Source.objects.all():  # who is who is only known now
        Source.objects.filter(pk=source.pk).update(person=f"person {chance.randrange(3)}")
    lowest = list(Duty.objects.filter(state__in=OWED, rung=0).order_by("pk"))
    expected = one_by_one(lowest, at)
    raised = raise_after_refusal(records=Record.kept.values_list("pk", flat=True), by=None, now=at)
    assert raised == [duty.reference for duty in lowest if duty.reference in expected]
    assert 0 < len(raised) < len(lowest)
    for duty in Duty.objects.filter(reference__in=raised):
        assert expected[duty.reference] in words_of([duty.steps.last()])[0]


def test_a_flood_about_one_child_reads_each_refusal_once(person, monkeypatch):
    rows = [concern(f"F-{n}", agency="police", child=None) for n in range(30)]
    receive_many(records=rows, by=None, now=MONDAY + timedelta(hours=1))
    Source.objects.filter(agency="police").update(person=person)
    opened = []
    counted = SimpleNamespace(document_of=lambda row: opened.append(row.ref) or document_of(row))
    monkeypatch.setattr(refusals, "sealed", counted)
    records = Record.kept.filter(agency="police").values_list("pk", flat=True)
    assert len(raise_after_refusal(records=records, by=None, now=MONDAY + timedelta(hours=2))) == 30
    assert len(opened) == len(set(opened)) == Record.kept.count()


@pytest.mark.parametrize(
    ("moved", "raises"), [({"moves": 2}, 1), ({"rung": 1}, 0), ({"state": "answered"}, 0)]
)
def test_what_moved_since_it_was_read_goes_up_from_where_it_stands(person, monkeypatch, moved, raises):
    receive(record=concern("P-1", agency="police", child=None), by=None, now=MONDAY + timedelta(hours=1))
    Source.objects.filter(agency="police").update(person=person)
    row, read = Record.kept.get(ref="P-1").pk, refusals.refusals

    def meanwhile(persons):
        Duty.objects.filter(record=row).update(**moved)
        return read(persons)

    monkeypatch.setattr(refusals, "refusals", meanwhile)
    assert len(raise_after_refusal(records=[row], by=None, now=MONDAY + timedelta(hours=2))) == raises


def test_what_two_people_refused_is_remembered_like_what_one_did():
    people = standing()
    receive(record=concern("C-1", observations=["danger_now"]), by=people.rosa, now=MONDAY)
    answer(
        duty=Duty.objects.get(), by=people.sam, decision="no_further_action", reason="Seen at home, and well.",
        recheck_at=MONDAY + timedelta(days=28), now=MONDAY,
    )  # fmt: skip
    person = Source.objects.get(key="school p-7").person
    assert refusals.refusals([person]) == []
    confirm(duty=Duty.objects.get(), by=people.carl, words="I have seen her too.", now=MONDAY)
    (found,) = refusals.refusals([person])
    assert found.here
    receive(record=concern("C-2"), by=people.rosa, now=MONDAY + timedelta(days=1))
    assert Duty.objects.get(record__ref="C-2").rung == 1
