"""The door to links: a pair is there for whoever sees both files, and for whoever judged it."""

import pytest

from heed.casework.actions.second_person import withdraw
from heed.casework.actions.verdicts import judge
from heed.casework.doors import links, queue
from heed.casework.doors.viewing import viewer_for
from heed.casework.models import Link
from tests import case_story, personas
from tests.case_story import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    people = personas.standing()
    case_story.tell(case_story.story())
    case_story.works_with(people.sam, "social_care 10233")
    return people


def pair():
    return Link.objects.get(left="police c-104", right="social_care 10233")


def listed(who, kind=""):
    return queue.queue(viewer=viewer_for(who, NOW), kind=kind, page=1, now=NOW).rows


def seen(who):
    return links.link(viewer=viewer_for(who, NOW), id=pair().pk, now=NOW)


def test_both_files_in_sight_are_compared_with_every_reason(people):
    found = seen(people.sam)
    assert found.pair.joined
    assert {term.name for term in found.pair.terms} >= {"start"}
    assert (found.left.names, found.right.names) == (("Ayla Marsh",), ("Ayla Marsh",))
    assert found.right.addresses == ("4 Orchard Row, ZZ1 2AB",)


@pytest.mark.parametrize("who", ["rosa", "carl"])
def test_one_file_in_sight_is_not_enough(people, who):
    assert seen(getattr(people, who)) is None


def test_whoever_judged_two_children_can_come_back_though_one_is_out_of_sight(people):
    said = {"reason": "Two mothers, two schools.", "by": people.sam, "now": NOW}
    judge(left="police c-104", right="social_care 10233", verdict="different", **said)
    found = seen(people.sam)
    assert not found.pair.joined
    assert [each.verdict for each in found.pair.said] == ["different"]
    assert found.pair.terms == ()
    assert [side.in_sight for side in (found.left, found.right)] == [False, True]
    assert [row.waiting.sources for row in listed(people.sam, "judged")] == [
        ("police c-104", "social_care 10233")
    ]
    others = said | {"by": people.rosa, "reason": "Something that Sam may not read."}
    judge(left="police c-104", right="social_care 10233", verdict="different", **others)
    assert [each.reason for each in seen(people.sam).pair.said] == ["Two mothers, two schools."]
    mine = next(each for each in seen(people.sam).pair.said)
    withdraw(verdict=mine.number, reason="I took one mother for another.", by=people.sam, now=NOW)
    assert not seen(people.sam).pair.joined  # Rosa's word stands


def test_a_link_the_model_is_sure_of_waits_for_nobody(people):
    assert listed(people.sam) == ()
