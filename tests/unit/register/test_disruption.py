"""A pattern on a person of concern or a place asks for disruption; what is owed on what has ended is settled."""

import json
from dataclasses import replace

import pytest

from heed.casework import sealed
from heed.casework.actions import erasing, register
from heed.casework.actions.duties import NotEnough, answer, decline, skip
from heed.casework.actions.register.rows import history
from heed.casework.doors import register as door
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Duty, Post, Record
from heed.casework.tick import climb
from heed.web.presenters.register import present
from tests import case_story
from tests.unit.register.planning import (
    DAY,
    FINISHED,
    GRADED,
    NOW,
    PLANS,
    fresh,
    mill_street,
    pattern,
    place_of,
    silence,
    taz,
    watched,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("make", "kind", "key"), [
    (taz, "alias", "TAZ"), (mill_street, "place", "ZZ12CD|12 MILL STREET"),
])  # fmt: skip
def test_a_pattern_on_it_asks_once_for_disruption_and_only_considering_it_answers(
    people, ines, make, kind, key
):
    row = make(ines)
    for _ in range(2):
        register.owe_disruption(found=[pattern(kind, key), pattern(kind, "ELSE")], by=None, now=NOW)
    duty = Duty.objects.get(about__startswith="disruption:")
    with pytest.raises(NotEnough):
        answer(duty=duty, by=duty.owner, decision="no_further_action", reason="Nothing to do.", now=NOW)
    register.consider(
        subject=row.reference, used=[], why_not="A closure notice first needs proof.", by=ines, now=NOW
    )
    assert Duty.objects.get(pk=duty.pk).state == "answered"


def test_a_pattern_that_has_grown_asks_anew_and_one_that_has_not_does_not(people, ines):
    row = taz(ines)
    one = pattern("alias", "TAZ")
    register.owe_disruption(found=[one], by=None, now=NOW)
    grown = replace(one, children=(("p_1", ("a b",)), ("p_2", ("a c",))))
    asked = Duty.objects.filter(about__startswith="disruption:")
    register.owe_disruption(found=[grown], by=None, now=NOW + DAY)
    assert asked.count() == 1, "it is owed already"
    register.consider(subject=row.reference, used=[], why_not="None is needed today.", by=ines, now=NOW + DAY)
    register.owe_disruption(found=[one], by=None, now=NOW + 2 * DAY)
    assert asked.count() == 1
    register.owe_disruption(found=[grown, grown], by=None, now=NOW + 2 * DAY)
    assert asked.count() == 2


def test_a_pattern_finds_a_person_by_any_of_the_names_in_the_record(people, ines):
    told = case_story.document(
        "police", "INT-77", "missing", case_story.LATER_ON, case_story.as_(case_story.IVY, "c-777"),
        {"part": "person_of_concern", "ref": "poc-9", "given_names": "Theo", "also_known_as": ["Dee", "Smokey"]},
    )  # fmt: skip
    case_story.tell([case_story.read(told)])
    record = Record.objects.system("a test looks").get(ref="INT-77")
    row = register.register_person(
        record=record.pk, position=1, why="Named twice.", grading=GRADED, by=ines, now=NOW
    )
    register.owe_disruption(found=[pattern("alias", "SMOKEY")], by=None, now=NOW)
    assert Duty.objects.get(about__startswith="disruption:").about.split(":")[1] == row.reference


@pytest.mark.parametrize(("thing", "kind", "key"), [
    ({"kind": "vehicle", "part": "seen_in", "vrm": "ZZ77 TAZ"}, "vehicle", "ZZ77TAZ"),
    ({"kind": "phone", "part": "contacted_by", "number": "07700 900977"}, "phone", "+447700900977"),
])  # fmt: skip
def test_a_pattern_finds_a_person_by_a_car_or_a_telephone_of_a_record_that_came_later(
    people, ines, thing, kind, key
):
    row = taz(ines)
    found = pattern(kind, key)
    register.owe_disruption(found=[found], by=None, now=NOW)
    assert not Duty.objects.filter(about__startswith="disruption:").exists()
    record, position = place_of("person")
    named = json.loads(sealed.document_of(Record.objects.system("a test looks").get(pk=record)))["people"][
        position
    ]
    told = case_story.document(
        "police",
        "INT-78",
        "missing",
        case_story.LATER_ON,
        case_story.as_(case_story.IVY, "c-777"),
        named,
        things=[thing],
    )
    case_story.tell([case_story.read(told)])
    register.owe_disruption(found=[found, pattern(kind, "ELSE")], by=None, now=NOW)
    duty = Duty.objects.get(about__startswith="disruption:")
    assert duty.about.split(":")[1] == row.reference


class TestInDanger:
    """Somebody skipped rungs because a child is in danger now."""

    def owed(self, row, ines):
        register.owe_disruption(found=[pattern("alias", "TAZ")], by=None, now=NOW)
        duty = Duty.objects.get(about__startswith="disruption:")
        skip(duty=duty, by=ines, rung=2, words="A child is in his flat in danger now.", now=NOW)
        return duty

    @pytest.mark.parametrize(("used", "state"), [([], "asked"), (["abduction_notice"], "answered")])
    def test_to_use_no_measure_takes_two_people(self, people, ines, used, state):
        row = taz(ines)
        duty = self.owed(row, ines)
        words = "None of them seems useful."
        register.consider(subject=row.reference, used=used, why_not=words, by=ines, now=NOW)
        duty.refresh_from_db()
        assert duty.state == state

    def test_weeding_asks_a_second_person_and_what_they_decline_is_answered_in_words(self, people, ines):
        row = taz(ines)
        duty = self.owed(row, ines)
        weed = {"subject": row.reference, "keep": False, "words": "It was somebody else.", "grading": GRADED}
        register.review(**weed, by=ines, now=NOW)
        duty.refresh_from_db()
        assert (duty.state, fresh(row).state) == ("asked", "ended")
        decline(duty=duty, by=people.sam, words="He is seen there daily.", now=NOW)
        answer(
            duty=duty, by=duty.owner, decision="disruption", reason="He was arrested an hour ago.", now=NOW
        )
        duty.refresh_from_db()
        assert duty.state == "answered"


def test_what_a_page_copied_from_a_record_goes_with_the_record(people, ines):
    row = taz(ines)
    register.review(
        subject=row.reference, keep=True, words="Named again.", grading=GRADED, by=ines, now=NOW + DAY
    )
    for who in (people.lena, people.rosa):
        Post.objects.update_or_create(
            agency_id=who.agency_id, post="designated_lead", order=0, defaults={"holder": who}
        )
    asked = erasing.ask(
        scope="child", agency="police", ref="c-104", basis="court_order",
        reason="order of the family court of 9 November", by=ines, now=NOW + DAY,
    )  # fmt: skip
    erasing.agree(number=asked.pk, by=people.rosa, now=NOW + DAY)
    first, kept = [said for _, said in history(fresh(row))]
    assert (first, kept["words"], fresh(row).state) == ({}, "Named again.", "open")
    page = door.page(viewer=viewer_for(ines, NOW + DAY), reference=row.reference, now=NOW + DAY)
    assert present(page, NOW + DAY).title == "Words that were erased"


def test_weeding_settles_what_a_pattern_asked_about_it(people, ines):
    row = taz(ines)
    register.owe_disruption(found=[pattern("alias", "TAZ")], by=None, now=NOW)
    register.review(
        subject=row.reference, keep=False, words="It was somebody else.", grading=GRADED, by=ines, now=NOW
    )
    assert Duty.objects.get(about__startswith="disruption:").state == "answered"


def test_a_finished_action_whose_duty_a_second_person_declines_is_still_answered(people):
    row = watched(people)
    item = PLANS["action"](row, people.sam)
    climb(item.next_at)
    skip(duty=silence(item), by=people.sam, rung=2, words="She is in danger, nobody rang.", now=item.next_at)
    FINISHED["action"](item, people.sam, item.next_at)
    assert silence(item).state == "asked"
    case_story.works_with(people.rosa, "school s-7")
    decline(duty=silence(item), by=people.rosa, words="The aunt says nobody rang.", now=item.next_at)
    duty = silence(item)
    answer(
        duty=duty, by=duty.owner, decision="done", reason="Rung again, with a witness.", now=item.next_at,
        recheck_at=item.next_at + 20 * DAY,
    )  # fmt: skip
    assert silence(item).state == "asked"
