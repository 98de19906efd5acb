"""The door to children: who sees what, and that every look is written down first."""

from datetime import timedelta

import pytest

from heed.casework.doors import children
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Body, Entry, Source
from tests import case_story, personas
from tests.case_story import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return people


def viewed(who, key="police c-104", now=NOW):
    return children.child(viewer=viewer_for(who, now), person=case_story.person(key), now=now)


def test_the_story_is_linked_as_it_was_meant():
    personas.standing()
    case_story.tell(case_story.story())
    groups = {}
    for key, person in Source.objects.values_list("key", "person"):
        groups.setdefault(person, set()).add(key)
    assert {"police c-104", "social_care 10233", "home h-3", "school s-7"} in groups.values()
    assert {"police c-288", "health p-9"} in groups.values()


def test_a_live_relationship_shows_what_every_agency_wrote(people):
    file = viewed(people.sam)
    assert file.related
    assert {entry.told.agency for entry in file.entries} == {"police", "home", "social_care", "school"}
    assert file.contacts["social_care"].name == "Sam Oduya"
    assert [each.name for each in file.allocated] == ["Sam Oduya"]


def test_an_agency_without_a_relationship_sees_its_own_records_and_no_hint_of_others(people):
    file = viewed(people.rosa)
    assert not file.related
    assert [(entry.told.agency, entry.told.ref) for entry in file.entries] == [("school", "CP-118")]
    assert file.contacts == {}
    assert file.allocated == ()
    assert [side.key for side in file.sides] == ["school s-7"]
    assert file.pairs == ()


def test_whoever_may_see_nothing_is_told_there_is_nobody(people):
    assert viewed(people.carl) is None
    assert children.child(viewer=viewer_for(people.carl, NOW), person="p_nobody", now=NOW) is None


def test_a_relationship_that_has_ended_shows_nothing_more(people):
    case_story.works_with(people.carl, "police c-104", until=NOW - timedelta(days=1))
    assert viewed(people.carl) is None


def test_a_person_of_concern_has_no_page(people):
    assert viewed(people.sam, "police poc-9") is None


def test_another_child_in_a_visible_record_is_seen_only_as_far_as_that_record(people):
    file = viewed(people.sam, "police c-288")
    assert {entry.told.ref[:3] for entry in file.entries} == {"MIS"}
    assert not file.related


def test_an_older_revision_stays_readable_under_the_newer(people):
    [visit] = [entry for entry in viewed(people.sam).entries if entry.told.ref == "VIS-1"]
    assert visit.told.revision == 2
    assert [old.told.revision for old in visit.earlier] == [1]


def test_the_duty_of_the_referral_is_not_owed_when_it_was_answered(people):
    assert viewed(people.sam).duties == ()


def test_links_are_explained_to_whoever_sees_both_sides(people):
    file = viewed(people.sam)
    assert {side.key for side in file.sides} == {
        "police c-104",
        "social_care 10233",
        "home h-3",
        "school s-7",
    }
    assert file.pairs
    assert all(term.sentence for pair in file.pairs for term in pair.terms)


def test_every_look_is_an_entry_with_what_was_shown_and_no_name(people):
    before = Entry.objects.count()
    file = viewed(people.sam)
    entry = Entry.objects.latest("seq")
    assert Entry.objects.count() == before + 1
    assert (entry.kind, entry.subject, entry.actor) == ("consultation", file.person, people.sam)
    assert str(file.entries[0].key) in Body.objects.get(entry=entry).text
    assert "Marsh" not in entry.subject + entry.purpose + Body.objects.get(entry=entry).text


def test_a_refused_look_is_an_entry_too(people):
    viewed(people.carl)
    assert Entry.objects.latest("seq").kind == "refusal"


def test_the_children_i_work_with(people):
    [ayla] = children.mine(viewer=viewer_for(people.sam, NOW), now=NOW)
    assert (ayla.name, ayla.born) == ("Ayla Marsh", "1995-02-11")
    assert children.mine(viewer=viewer_for(people.rosa, NOW), now=NOW) == []


def test_a_child_is_found_by_the_own_agencys_reference_alone(people):
    school = viewer_for(people.rosa, NOW)
    assert children.by_reference(viewer=school, ref=" s-7 ", now=NOW) == case_story.person("school s-7")
    assert children.by_reference(viewer=school, ref="c-104", now=NOW) is None
    assert children.by_reference(viewer=viewer_for(people.carl, NOW), ref="s-7", now=NOW) is None


def test_three_hundred_records_take_no_more_questions_than_thirty(people, django_assert_max_num_queries):
    person = case_story.person("police c-104")
    viewer = viewer_for(people.sam, NOW)
    with django_assert_max_num_queries(30):
        children.child(viewer=viewer, person=person, now=NOW)
    case_story.tell(case_story.story(200)[18:])
    viewer = viewer_for(people.sam, NOW)
    with django_assert_max_num_queries(30):
        file = children.child(viewer=viewer, person=person, now=NOW)
    assert len(file.entries) > 290
