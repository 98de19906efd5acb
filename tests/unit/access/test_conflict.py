"""Conflicts of interest: nothing of the person is there, whoever wrote it and in an emergency neither; what is owed goes
to somebody else; a try is told outside of the line; and it is no way to silence a colleague."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from heed.casework import ledger
from heed.casework.actions import glass
from heed.casework.actions.conflicts import end_conflict, record_conflict
from heed.casework.actions.duties.barring import unnamed
from heed.casework.actions.duties.refused import NotEnough, NotYours
from heed.casework.actions.presence import reach
from heed.casework.actions.receive import receive
from heed.casework.doors import children, duties, today
from heed.casework.doors.news import news
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import (
    Conflict,
    Duty,
    DutyStep,
    Entry,
    ErasureRequest,
    LegalHold,
    Letter,
    Post,
    Professional,
    Record,
    Relationship,
)
from heed.casework.notices.letters import gather
from heed.casework.tick import climb
from heed.core.access.conflict import may_end, may_record
from heed.core.access.glass import Colleague
from heed.core.duty.moves import OWED
from heed.core.records.explained import Explained
from tests import case_story, personas
from tests.concerns import concern

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
WHY = "The man who is named with her is my brother-in-law."


@pytest.fixture
def people():
    """Sam works with Ayla; Rosa's school has records of her; the home has a lead who stands outside of both lines."""
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    one = Professional(username="hana", name="Hana Cross", agency_id="home", role="manager", grade="senior")
    one.set_password("a long enough one")
    one.save()
    Post.objects.create(agency_id="home", post="designated_lead", holder=one, order=0)
    return people


def ayla() -> str:
    return case_story.person("school s-7")


def hana():
    return Professional.objects.get(username="hana")


def barred(people, who, by=None):
    return record_conflict(person=ayla(), who=who.pk, reason=WHY, by=by or who, now=NOW)


def owed_by(who, ref="C-9"):
    """A concern about her that somebody owes an answer to."""
    receive(record=concern(ref, child="s-7", recorded_at=NOW.isoformat()), by=None, now=NOW)
    Duty.objects.filter(record__ref=ref).update(owner=who, due_at=NOW + timedelta(days=2))
    return Duty.objects.get(record__ref=ref)


def sees(who, now=NOW):
    return children.child(viewer=viewer_for(who, now), person=ayla(), now=now)


def named(who):
    rows = Record.objects.visible_to(viewer_for(who, NOW)).filter(mentions__source__person=ayla())
    return rows.count()


def test_nothing_of_her_is_there_though_ones_own_agency_wrote_it_and_one_works_with_her(people):
    assert sees(people.sam) is not None and named(people.rosa)
    barred(people, people.sam)
    barred(people, people.rosa)
    assert sees(people.sam) is None and sees(people.rosa) is None
    assert named(people.sam) == named(people.rosa) == 0
    assert named(people.lena), "nobody else is barred"


def test_an_emergency_opens_nothing_and_what_is_open_closes(people):
    glass.open_glass(person=ayla(), ground="danger", reason=WHY, by=people.rosa, now=NOW)
    barred(people, people.rosa)
    assert named(people.rosa) == 0
    with pytest.raises(glass.NotThere):
        glass.open_glass(person=ayla(), ground="danger", reason=WHY, by=people.rosa, now=NOW)


def test_it_reaches_what_is_linked_with_her_later(people):
    barred(people, people.rosa)
    assert "police c-104" in viewer_for(people.rosa, NOW).barred


def test_what_is_owed_is_owed_by_somebody_else_at_once_and_its_page_is_gone(people):
    duty = owed_by(people.sam)
    assert duties.duty_file(viewer=viewer_for(people.sam, NOW), reference=duty.reference, now=NOW)
    barred(people, people.sam)
    after = Duty.objects.get(pk=duty.pk)
    assert after.owner != people.sam and after.state in OWED and after.due_at == duty.due_at
    assert duties.duty_file(viewer=viewer_for(people.sam, NOW), reference=duty.reference, now=NOW) is None
    page = today.today(viewer=viewer_for(people.sam, NOW), now=NOW)
    shown = {each.reference for listed in (page.owed, page.offered, page.raised) for each in listed.shown}
    assert duty.reference not in shown


def test_a_duty_that_reaches_them_later_is_passed_on_by_the_clock(people):
    barred(people, people.sam)
    duty = owed_by(people.sam)
    climb(NOW)
    assert Duty.objects.get(pk=duty.pk).owner != people.sam


def test_a_try_is_told_to_a_lead_of_another_agency_once_and_never_to_their_own_line(people):
    barred(people, people.rosa)
    assert sees(people.rosa) is None and sees(people.rosa) is None
    [told] = Duty.objects.filter(about__startswith="tried:")
    assert told.owner.agency_id != people.rosa.agency_id
    assert told.owner.pk not in (people.rosa.line_manager_id, people.rosa.pk)
    assert Entry.objects.filter(kind="refusal", subject=ayla(), actor=people.rosa).count() == 2
    assert duties.duty_file(viewer=viewer_for(people.rosa, NOW), reference=told.reference, now=NOW) is None


def test_one_recorded_for_a_colleague_is_looked_at_from_outside_and_can_be_ended_there_alone(people):
    barred(people, people.sam, by=hana())
    row = Conflict.objects.get()
    [look] = Duty.objects.filter(about=f"conflict:{row.reference}")
    assert look.owner.agency_id != people.sam.agency_id
    with pytest.raises(NotYours):
        end_conflict(conflict=row.reference, words=WHY, by=people.sam, now=NOW)
    end_conflict(conflict=row.reference, words="Another family of the same name.", by=hana(), now=NOW)
    assert sees(people.sam) is not None
    with pytest.raises(NotEnough):
        end_conflict(conflict=row.reference, words="Another family of the same name.", by=hana(), now=NOW)


def test_a_colleague_of_ones_own_rank_records_none(people):
    with pytest.raises(NotYours):
        barred(people, people.lena, by=people.rosa)
    assert not Conflict.objects.exists()


def test_it_hangs_on_nobody_who_is_out_of_sight_and_a_reason_explains(people):
    stranger = Professional.objects.create(
        username="x", name="X", agency_id="voluntary", role="r", grade="frontline"
    )
    with pytest.raises(Explained, match="nothing of this person"):
        barred(people, stranger)
    with pytest.raises(Explained, match="20 to 2,000"):
        record_conflict(person=ayla(), who=people.sam.pk, reason="family", by=people.sam, now=NOW)


def test_the_same_again_is_one(people):
    barred(people, people.sam, by=hana())
    barred(people, people.sam, by=hana())
    assert Conflict.objects.count() == 1


def test_the_ledger_misses_a_row_that_was_taken_away_by_hand_and_an_end_that_was_put_there(people):
    barred(people, people.sam)
    row = Conflict.objects.get()
    assert ledger.verify() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into casework_conflictend (conflict_id, words, by_id, at) values (%s, '', %s, %s)",
            [row.pk, people.sam.pk, NOW],
        )
    assert [fault.what for fault in ledger.verify()] == [f"conflict:{row.reference}"]


def test_the_words_stand_nowhere_unsealed(people):
    barred(people, people.sam)
    row = Conflict.objects.get()
    assert "brother" not in row.reason
    assert not Relationship.objects.filter(basis__contains="brother").exists()


@pytest.mark.parametrize(
    ("by", "who", "leads", "expected"),
    [
        (Colleague(1, "a"), Colleague(1, "a"), False, True),
        (Colleague(1, "a"), Colleague(2, "a", manager=1), False, True),
        (Colleague(1, "a"), Colleague(2, "a"), False, False),
        (Colleague(1, "b"), Colleague(2, "a"), True, True),
        (Colleague(1, "a", active=False), Colleague(1, "a"), True, False),
    ],
)
def test_who_may_record(by, who, leads, expected):
    assert may_record(by, who, leads=leads) is expected


def test_nobody_ends_their_own_nor_their_managers_nor_without_leading():
    me, other = Colleague(1, "a", manager=3), Colleague(2, "b")
    assert may_end(other, me, leads=True)
    assert not may_end(other, me, leads=False)
    assert not may_end(me, me, leads=True)
    assert not may_end(Colleague(3, "b"), me, leads=True)
    assert not may_end(Colleague(4, "a"), me, leads=True)


def test_a_leavers_duty_is_not_passed_to_whoever_is_barred_from_it(people):
    duty = owed_by(people.sam)
    barred(people, people.lena, by=hana())
    people.sam.is_active = False
    people.sam.save()
    climb(NOW)
    before = DutyStep.objects.filter(duty=duty).count()
    after = Duty.objects.get(pk=duty.pk)
    assert after.owner not in (people.sam, people.lena)
    climb(NOW + timedelta(minutes=1))
    assert DutyStep.objects.filter(duty=duty).count() == before, "it does not go to and fro"


def test_neither_news_nor_a_letter_names_a_duty_about_her(people, monkeypatch):
    reach(who=people.sam, email="sam@agency.example.org", by=None, now=NOW)
    duty = owed_by(people.sam)
    assert (duty.reference, "you owe an answer") in news(viewer=viewer_for(people.sam, NOW), now=NOW).told
    gather(NOW, "heed.example")
    barred(people, people.sam)
    assert news(viewer=viewer_for(people.sam, NOW), now=NOW).told == ()
    after = owed_by(people.sam, "C-10")
    gather(NOW + timedelta(hours=1), "heed.example")
    told = Letter.objects.filter(professional=people.sam).values_list("notices__duty__reference", flat=True)
    assert after.reference not in set(told)


def test_an_older_revision_that_did_not_name_her_yet_is_gone_too(people):
    nameless = concern("C-9", child="s-99", recorded_at=NOW.isoformat())
    receive(record=nameless, by=people.rosa, now=NOW)
    duty = Duty.objects.get(record__ref="C-9")
    receive(
        record=concern("C-9", child="s-7", revision=2, recorded_at=NOW.isoformat()), by=people.rosa, now=NOW
    )
    barred(people, people.rosa)
    seen = Record.objects.visible_to(viewer_for(people.rosa, NOW))
    assert not seen.filter(ref="C-9").exists()
    assert duties.duty_file(viewer=viewer_for(people.rosa, NOW), reference=duty.reference, now=NOW) is None


def test_an_order_over_her_records_is_not_there_for_them(people):
    assert unnamed(ErasureRequest.objects.all(), frozenset()).query.where.children == []
    LegalHold.objects.create(
        scope="person", agency_id="school", ref="s-7", reason="x", by=people.lena, at=NOW
    )
    LegalHold.objects.create(
        scope="record", agency_id="school", ref="C-77", reason="x", by=people.lena, at=NOW
    )
    barred(people, people.lena)
    found = unnamed(LegalHold.objects.all(), viewer_for(people.lena, NOW).barred)
    assert [row.ref for row in found] == ["C-77"]
