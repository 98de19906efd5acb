"""Persons of concern, places and everything planned: graded, reviewed, owed on the ladder, ended by two where due."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heed.casework import ledger, sealed
from heed.casework.actions import register
from heed.casework.actions.duties import NotEnough, NotYours, answer, confirm
from heed.casework.actions.register import Less, Watching
from heed.casework.actions.register.watchers import NotYours as NotTheirs
from heed.casework.agencies import ensure
from heed.casework.doors import near
from heed.casework.doors import register as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import (
    Body,
    Duty,
    Entry,
    Mention,
    Post,
    Professional,
    Record,
    Registered,
    RegisterStep,
)
from heed.casework.sealing.rows import words_of
from heed.casework.tick import climb
from heed.core.duty.moves import Level
from heed.core.records.explained import Explained
from tests import case_story
from tests.unit.register.planning import (
    DAY,
    FINISHED,
    GRADED,
    NOW,
    PLANS,
    TODAY,
    WHY,
    fresh,
    mill_street,
    place_of,
    seen_by,
    silence,
    taz,
    watched,
)

pytestmark = pytest.mark.django_db


class TestWhoSees:
    def test_a_person_of_concern_is_seen_by_whoever_reads_of_him_but_never_at_a_school(self, people, ines):
        row = taz(ines)
        case_story.works_with(people.rosa, "school s-7")
        assert Mention.objects.system("a test looks").filter(part="person_of_concern").exists()
        assert [seen_by(each, row) for each in (ines, people.sam, people.rosa, people.carl)] == [
            True, True, False, False,
        ]  # fmt: skip

    @pytest.mark.parametrize("kind", ["school", None])
    def test_nor_at_a_school_that_policy_does_not_name_nor_where_nobody_knows_the_kind(
        self, people, ines, kind
    ):
        row = taz(ines)
        ensure("st_annes", kind=kind, name="St Anne's")
        teacher = Professional.objects.create(
            username="tia", name="Tia Tee", agency_id="st_annes", role="teacher", grade="frontline"
        )
        case_story.works_with(teacher, "social_care 10233")
        assert not seen_by(teacher, row)

    def test_the_panel_sees_what_is_on_its_list_and_the_school_still_does_not(self, people, ines):
        row = mill_street(ines)
        Post.objects.create(agency_id="school", post="designated_lead", holder=people.rosa, order=0)
        before = seen_by(people.lena, row)
        item = register.put_on_panel(under=row.reference, why="Children are found there.", by=ines, now=NOW)
        assert (before, seen_by(people.lena, row), seen_by(people.lena, item)) == (False, True, True)
        assert not seen_by(people.rosa, row)
        assert not seen_by(people.carl, row)

    def test_words_copied_from_another_agency_are_not_the_openers_whole_agencys(self, people, ines):
        colleague = Professional.objects.create(
            username="noel", name="Noel Nye", agency_id="social_care", role="clerk", grade="frontline"
        )
        rows = [taz(people.sam), mill_street(people.sam)]
        assert [(seen_by(people.sam, row), seen_by(colleague, row)) for row in rows] == [(True, False)] * 2
        for row in rows:
            people.sam.is_active = False
            people.sam.save()
            climb(row.next_at)
        owed = Duty.objects.filter(about__startswith="silence:", owner=people.lena)
        assert (owed.count(), [seen_by(people.lena, row, row.next_at) for row in rows]) == (2, [True, True])
        for duty in owed:
            (said,) = words_of(duty.steps.filter(kind="opened"))
            assert "by the end of " in said, "as people say it, not as a row keeps it"
            assert "UTC" not in said

    def test_pages_of_two_agencies_on_one_person_and_one_place_are_both_listed(self, people, ines):
        nurse = Professional.objects.create(
            username="hal", name="Hal Orr", agency_id="health", role="nurse", grade="frontline"
        )
        case_story.works_with(nurse, "social_care 10233")
        rows = [make(by) for make in (taz, mill_street) for by in (ines, nurse)]
        listed = door.register(viewer=viewer_for(people.sam, NOW), now=NOW)
        assert {line.reference for line in listed} == {row.reference for row in rows}

    def test_a_look_and_a_refusal_are_entries(self, people, ines):
        row = taz(ines)
        for person, kind in ((ines, "consultation"), (people.carl, "refusal")):
            before = Entry.objects.filter(kind=kind).count()
            seen_by(person, row)
            assert Entry.objects.filter(kind=kind).count() == before + 1

    def test_the_list_holds_what_is_in_sight_and_what_is_late_says_so(self, people, ines):
        row = watched(people)
        taz(ines)
        late = row.next_at + DAY
        lines = door.register(viewer=viewer_for(people.sam, late), now=late)
        assert {line.called: line.late for line in lines} == {"Ayla Marsh": True, "Taz": False}
        assert door.register(viewer=viewer_for(people.carl, late), now=late) == []


class TestNear:
    def test_a_watched_sister_and_a_person_of_concern_show_on_her_page_as_far_as_the_viewer_sees(
        self, people, ines
    ):
        told = case_story.document(
            "social_care", "VIS-9", "visit", case_story.LATER_ON,
            case_story.as_({**case_story.IVY, "ids": {}, "given_names": "Mina", "family_name": "Marsh"}, "20444"),
            {"part": "relative", "ref": "10233", "given_names": "Ayla", "family_name": "Marsh"},
        )  # fmt: skip
        case_story.tell([case_story.read(told)])
        watched(people)
        taz(ines)
        sister = case_story.person("social_care 20444")
        ayla = case_story.person("social_care 10233")
        viewer = viewer_for(people.sam, NOW)
        found = near.around(viewer=viewer, person=sister, now=NOW)
        assert [(each.line.called, each.because) for each in found.near] == [("Ayla Marsh", near.RELATIVE)]
        assert [line.called for line in near.around(viewer=viewer, person=ayla, now=NOW).own] == [
            "Ayla Marsh"
        ]
        assert [each.line.called for each in near.around(viewer=viewer, person=ayla, now=NOW).near] == ["Taz"]
        stranger = near.around(viewer=viewer_for(people.carl, NOW), person=sister, now=NOW)
        assert (stranger.own, stranger.near) == ((), ())

    def test_somebody_at_the_same_address_shows_who_is_named_nowhere_with_her(self, people, ines):
        told = case_story.document(
            "social_care", "VIS-8", "visit", case_story.LATER_ON,
            case_story.as_({**case_story.NELL, "ids": {}, "given_names": "Tess", "family_name": "Lane"}, "20555",
                           address="4 Orchard Row", postcode="ZZ1 2AB"),
        )  # fmt: skip
        case_story.tell([case_story.read(told)])
        watched(people)
        found = near.around(
            viewer=viewer_for(people.sam, NOW), person=case_story.person("social_care 20555"), now=NOW
        )
        assert [(each.line.called, each.because) for each in found.near] == [("Ayla Marsh", near.ADDRESS)]

    def test_it_asks_no_more_however_many_children_are_watched(self, people):
        def watch_of(number):
            told = case_story.document(
                "social_care", f"V-{number}", "visit", case_story.LATER_ON,
                {"part": "child", "ref": f"k-{number}", "given_names": "Kit", "family_name": f"Quint{number}"},
            )  # fmt: skip
            case_story.tell([case_story.read(told)])
            register.watch(
                person=case_story.person(f"social_care k-{number}"), by=people.sam, now=NOW,
                watching=Watching("Because of the nights.", "A silver saloon.", "A quiet year.", Level.HIGH, 7,
                                  people.sam, "worker"),
            )  # fmt: skip

        asked = []
        for number in range(1, 6):
            watch_of(number)
            viewer = viewer_for(people.sam, NOW)
            with CaptureQueriesContext(connection) as queries:
                near.around(viewer=viewer, person=case_story.person("social_care 10233"), now=NOW)
            asked.append(len(queries))
        assert asked[0] == asked[-1]


class TestReview:
    def test_a_review_that_was_not_held_is_a_duty_and_a_review_answers_it(self, people, ines):
        row = taz(ines)
        climb(row.next_at + DAY)
        assert silence(row).owner == ines
        with pytest.raises(NotEnough, match="by doing what was due"):
            answer(
                duty=silence(row), by=ines, decision="done", reason="It is reviewed.", now=row.next_at + DAY
            )
        kept = register.review(
            subject=row.reference, keep=True, words="Named again last week.", grading=("1", "B", "C"), by=ines,
            now=row.next_at + DAY,
        )  # fmt: skip
        assert (silence(row).state, kept.next_at > row.next_at) == ("answered", True)

    def test_it_is_weeded_only_when_nothing_is_open_on_it_and_then_is_due_no_more(self, people, ines):
        row = taz(ines)
        item = register.add_action(
            under=row.reference,
            what="Ask the licensing team.",
            owner=ines,
            due_on=TODAY + DAY,
            by=ines,
            now=NOW,
        )
        weed = {"subject": row.reference, "keep": False, "words": "It was somebody else.", "grading": GRADED}
        with pytest.raises(Explained, match="still open"):
            register.review(**weed, by=ines, now=NOW)
        register.finish_action(item=item.reference, words="Asked; no licence.", by=ines, now=NOW)
        assert (register.review(**weed, by=ines, now=NOW).state, fresh(row).next_at) == ("ended", None)

    @pytest.mark.parametrize("grading", [("4", "A", "P"), ("1", "F", "P"), ("1", "A", "X"), ("", "", "")])
    def test_nobody_is_registered_ungraded(self, people, ines, grading):
        record, position = place_of("person")
        with pytest.raises(Explained, match="Grade the source"):
            register.register_person(
                record=record, position=position, why=WHY, grading=grading, by=ines, now=NOW
            )

    def test_what_is_in_no_record_of_ones_own_sight_is_not_registered(self, people, ines):
        record, position = place_of("person")
        with pytest.raises(Explained, match="nothing of this"):
            register.register_person(
                record=record, position=position, why=WHY, grading=GRADED, by=people.carl, now=NOW
            )


@pytest.mark.parametrize("kind", PLANS)
def test_what_nobody_does_by_its_day_is_owed_climbs_and_is_answered_by_doing_it(people, ines, kind):
    item = PLANS[kind](taz(ines), ines)
    climb(item.next_at - timedelta(seconds=1))
    assert not Duty.objects.filter(about__startswith="silence:").exists()
    climb(item.next_at + 20 * DAY)
    duty = silence(item)
    assert (duty.opened_at, duty.rung > 0, duty.state) == (item.next_at, True, "open")
    FINISHED[kind](item, ines, item.next_at + 20 * DAY)
    assert silence(item).state == "answered"


FAR = date(9999, 12, 31)


@pytest.mark.parametrize("day", [FAR, date(9999, 12, 26), date(2999, 1, 1), date(1, 1, 1)])
def test_a_day_that_is_a_slip_of_the_pen_is_refused_in_words(people, ines, day):
    row, watch = taz(ines), watched(people)
    plans = [
        lambda: register.add_action(
            under=row.reference, what="Ask the licensing team.", owner=ines, due_on=day, by=ines, now=NOW
        ),
        lambda: register.call_meeting(
            under=row.reference, what="A strategy meeting.", invited="Police", on=day, owner=ines, by=ines, now=NOW
        ),
        lambda: register.add_measure(
            under=row.reference, measure="other", words="Against Taz, by police.", expires_on=day, owner=ines,
            by=ines, now=NOW,
        ),
        lambda: register.ask_less(
            watch=watch.reference, less=Less(True, Level.USUAL, 7, "He is in custody.", day), by=people.sam, now=NOW
        ),
    ]  # fmt: skip
    for plan in plans:
        with pytest.raises(Explained, match="Say"):
            plan()


class TestMeetings:
    def test_overdue_minutes_are_not_answered_by_putting_the_meeting_off(self, people, ines):
        item = PLANS["meeting"](taz(ines), ines)
        late = item.next_at + 20 * DAY
        climb(late)
        off = {"item": item.reference, "words": "Nobody had the time.", "by": ines, "now": late}
        with pytest.raises(Explained, match="Its day has passed"):
            register.put_off_meeting(on=late.date() + DAY, **off)
        with pytest.raises(Explained, match="to come until"):
            register.put_off_meeting(on=date(2030, 1, 1), not_held=True, **off)
        assert silence(item).state == "open"
        register.put_off_meeting(on=late.date() + DAY, not_held=True, **off)
        assert silence(item).state == "answered"


class TestMeasures:
    @pytest.mark.parametrize("answered", ["acted", "ended", "renewed"])
    def test_whoever_says_that_it_was_breached_does_not_answer_it(self, people, ines, answered):
        item = PLANS["measure"](taz(ines), ines)
        register.breach_measure(item=item.reference, words="Seen with her on Friday.", by=ines, now=NOW + DAY)
        given = {"item": item.reference, "words": "Nothing needed doing.", "by": ines, "now": NOW + DAY}
        with pytest.raises(Explained, match="somebody else answers it"):
            if answered == "renewed":
                register.renew_measure(expires_on=TODAY + 90 * DAY, **given)
            else:
                (register.act_on_measure if answered == "acted" else register.end_measure)(**given)
        assert silence(item).state == "open"

    def test_it_warns_a_fortnight_before_it_ends_and_a_breach_is_owed_at_once(self, people, ines, amir):
        item = PLANS["measure"](taz(ines), ines)
        assert item.next_at == datetime(2027, 1, 8, tzinfo=UTC)
        register.breach_measure(item=item.reference, words="Seen with her on Friday.", by=amir, now=NOW + DAY)
        assert (silence(item).state, silence(item).due_at > NOW + DAY) == ("open", True)
        climb(NOW + DAY)
        assert Duty.objects.filter(about__startswith="silence:").count() == 1
        register.act_on_measure(
            item=item.reference, words="Arrested on Saturday.", by=ines, now=NOW + 2 * DAY
        )
        assert (silence(item).state, fresh(item).next_at) == ("answered", datetime(2027, 1, 8, tzinfo=UTC))
        register.renew_measure(
            item=item.reference,
            expires_on=date(2027, 6, 1),
            words="Inspector Hart.",
            by=ines,
            now=NOW + 3 * DAY,
        )
        assert fresh(item).next_at == datetime(2027, 5, 17, 23, tzinfo=UTC)

    def test_acting_inside_the_fortnight_looks_again_when_it_ends(self, people, ines):
        item = PLANS["measure"](taz(ines), ines)
        late = item.next_at + DAY
        register.act_on_measure(item=item.reference, words="An order is applied for.", by=ines, now=late)
        assert fresh(item).next_at == datetime(2027, 1, 23, tzinfo=UTC)


class TestPanel:
    def test_nothing_leaves_before_disruption_was_considered_nor_by_one_agency(self, people, ines):
        item = PLANS["panel"](taz(ines), ines)
        ask = {"item": item.reference, "changed": "He is in custody.", "recheck_on": TODAY + 30 * DAY}
        with pytest.raises(Explained, match="before disruption has been considered"):
            register.ask_off_panel(**ask, by=ines, now=NOW)
        register.consider(
            subject=item.reference,
            used=["abduction_notice"],
            why_not="No premises to close.",
            by=ines,
            now=NOW,
        )
        register.ask_off_panel(**ask, by=ines, now=NOW)
        duty = Duty.objects.get(about__startswith="second:")
        with pytest.raises(NotYours):
            confirm(duty=duty, by=ines, words="I agree with myself.", now=NOW)
        with pytest.raises(NotYours, match="to whom this is shown"):
            confirm(duty=duty, by=people.rosa, words="The school says yes.", now=NOW)
        confirm(duty=duty, by=people.lena, words="Social care agrees.", now=NOW)
        assert fresh(item).state == "ended"

    def test_it_is_on_the_list_once(self, people, ines):
        row = taz(ines)
        PLANS["panel"](row, ines)
        with pytest.raises(Explained, match="already"):
            PLANS["panel"](row, ines)


class TestRecommendations:
    def test_it_ends_with_proof_that_another_agency_signs_and_climbs_until_then(self, people, ines):
        item = register.recommend(
            what="Count every episode.", source="The review of 2015", owner=people.sam, due_on=TODAY + DAY,
            by=people.sam, now=NOW,
        )  # fmt: skip
        register.ask_sign_off(
            item=item.reference, evidence="The monthly report of November.", recheck_on=TODAY + 60 * DAY,
            by=people.sam, now=NOW,
        )  # fmt: skip
        climb(item.next_at + DAY)
        assert silence(item).rung == 1
        second = Duty.objects.get(about__startswith="second:")
        confirm(duty=second, by=ines, words="I read the report.", now=item.next_at + DAY)
        assert (fresh(item).state, silence(item).state) == ("ended", "answered")


class TestAcrossAgencies:
    def test_an_action_of_another_agency_is_owed_on_its_own_ladder_and_done_by_whoever_is_named(
        self, people, ines
    ):
        row = watched(people)
        item = register.add_action(
            under=row.reference,
            what="Visit the flat.",
            owner=ines,
            due_on=TODAY + DAY,
            by=people.sam,
            now=NOW,
        )
        assert (seen_by(ines, item), seen_by(people.carl, item)) == (True, False)
        climb(item.next_at)
        assert (silence(item).owing_agency_id, silence(item).owner) == ("police", ines)
        register.finish_action(item=item.reference, words="Nobody was there.", by=ines, now=item.next_at)
        assert silence(item).state == "answered"

    def test_nothing_about_a_person_of_concern_is_given_to_a_school(self, people, ines):
        with pytest.raises(Explained, match="not shown to"):
            register.add_action(
                under=taz(ines).reference,
                what="Ask the class.",
                owner=people.rosa,
                due_on=TODAY + DAY,
                by=ines,
                now=NOW,
            )

    def test_whoever_sits_on_the_panel_writes_what_it_decided(self, people, ines):
        item = PLANS["panel"](taz(ines), ines)
        register.review_on_panel(item=item.reference, words="It stays on.", by=people.lena, now=NOW)
        with pytest.raises(NotTheirs):
            register.review_on_panel(item=item.reference, words="It goes off.", by=people.carl, now=NOW)


def test_minutes_about_a_child_belong_to_the_record(people):
    item = PLANS["meeting"](watched(people), people.sam)
    FINISHED["meeting"](item, people.sam, NOW + DAY)
    minutes = Record.objects.system("a test looks").get(kind="meeting", ref__startswith="REG-")
    assert "All agree but health." in json.loads(sealed.document_of(minutes))["text"]
    held = door.page(viewer=viewer_for(people.sam, NOW + DAY), reference=item.reference, now=NOW + DAY)
    assert "All agree but health." in held.steps[-1].text


def test_nobody_is_to_write_minutes_that_would_not_be_found_with_her(people):
    row = watched(people)
    with pytest.raises(Explained, match="would not be found in the child's chronology"):
        register.call_meeting(
            under=row.reference, what="A strategy meeting.", invited="Police", on=TODAY, owner=people.carl,
            by=people.sam, now=NOW,
        )  # fmt: skip
    assert not Registered.objects.filter(kind="meeting").exists()


def test_somebody_of_another_agency_who_does_not_work_with_her_plans_nothing(people):
    row = watched(people)
    for make in PLANS.values():
        with pytest.raises(NotTheirs):
            make(row, people.carl)


@pytest.mark.parametrize(("table", "column", "value"), [
    ("casework_registered", "next_at", "2030-01-01 00:00:00+00:00"),
    ("casework_registered", "state", "ended"),
    ("casework_registerstep", "level", "usual"),
])  # fmt: skip
def test_what_is_changed_behind_the_ledgers_back_is_found(people, table, column, value):
    row = watched(people)
    model = Registered if table == "casework_registered" else RegisterStep
    before = getattr(model.objects.get(), column)
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = %s", [value])
    assert any(row.reference in str(fault) for fault in ledger.verify())
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = %s", [before])


def test_its_words_are_sealed_and_none_stands_in_the_open(people):
    watched(people)
    (step,) = RegisterStep.objects.all()
    bodies = Body.objects.filter(entry__kind="register").values_list("text", flat=True)
    for held in (step.said, *bodies):
        assert "silver" not in held
        assert "Ayla" not in held
