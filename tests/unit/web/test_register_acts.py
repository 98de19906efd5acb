"""What is written on the register by its pages: once, however often it is sent."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heed.casework.actions import register
from heed.casework.actions.register import Watching
from heed.casework.clock import now
from heed.casework.models import Entry, Record, Registered
from heed.core.duty.moves import Level
from tests import case_story
from tests.unit.register.planning import GRADED, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(people):
    case_story.tell(case_story.story(3))
    case_story.works_with(people.sam, "social_care 10233", until=now() + timedelta(days=30))
    terms = Watching(
        "Because of the nights.", "The silver saloon.", "A quiet year.", Level.HIGH, 7, people.sam, "worker"
    )
    return register.watch(
        person=case_story.person("social_care 10233"), watching=terms, by=people.sam, now=now()
    )


def opened(client, url):
    """What the page's form holds already."""
    return {"stands": re.search(r'name="stands" value="([^"]+)"', client.get(url).content.decode())[1]}


def test_a_visit_that_is_sent_twice_is_one_visit_and_the_second_sending_says_why(as_, watch):
    url, sam = f"/register/{watch.reference}/do/seen", as_("sam")
    told = opened(sam, url) | {
        "who": "Sam Oduya", "on": f"{now():%d %m %Y}", "how": "home", "alone": "alone", "words": "I am fine.",
    }  # fmt: skip
    first, second = sam.post(url, told), sam.post(url, told)
    assert (first.status_code, second.status_code) == (302, 422)
    assert "it may be your own words, sent a moment ago" in second.content.decode()
    assert Record.objects.system("a test looks").filter(kind="visit", ref__startswith="REG-").count() == 1


def test_an_action_that_is_sent_twice_is_one_action(as_, watch, people):
    url, sam = f"/register/{watch.reference}/do/action", as_("sam")
    told = opened(sam, url) | {
        "what": "Ring her aunt.",
        "owner": people.sam.pk,
        "due_on": f"{now():%d %m %Y}",
    }
    assert [sam.post(url, told).status_code for _ in range(2)] == [302, 422]
    assert Registered.objects.filter(kind="action").count() == 1


def test_a_meeting_whose_day_has_passed_is_put_off_only_where_it_was_not_held(as_, watch, people):
    yesterday, tomorrow = (now().date() + timedelta(days=days) for days in (-1, 1))
    item = register.call_meeting(
        under=watch.reference, what="A strategy meeting.", invited="Police", on=yesterday, owner=people.sam,
        by=people.sam, now=now(),
    )  # fmt: skip
    url, sam = f"/register/{item.reference}/do/put-off", as_("sam")
    told = opened(sam, url) | {"on": f"{tomorrow:%d %m %Y}", "words": "Nobody from health came."}
    assert sam.post(url, told).status_code == 422
    assert sam.post(url, told | {"not_held": "on"}).status_code == 302


def test_the_pack_asks_no_more_and_looks_no_more_often_however_much_stands_on_it(as_, watch, people):
    sam, asked, looks = as_("sam"), [], []
    for _ in range(2):
        for _ in range(4):
            register.add_action(
                under=watch.reference, what="Ring her aunt.", owner=people.sam, due_on=now().date(),
                by=people.sam, now=now(),
            )  # fmt: skip
        before = Entry.objects.filter(kind="consultation").count()
        with CaptureQueriesContext(connection) as queries:
            page = sam.get(f"/register/{watch.reference}/pack").content.decode()
        asked.append(len(queries))
        looks.append(Entry.objects.filter(kind="consultation").count() - before)
    assert page.count("Action: ") == 8
    assert (asked[1] - asked[0], looks) == (0, [2, 2])


def test_the_page_of_what_was_weeded_says_that_and_nothing_else(as_, people, watch):
    record, position = place_of("person")
    row = register.register_person(
        record=record,
        position=position,
        why="Three children name the man.",
        grading=GRADED,
        by=people.sam,
        now=now(),
    )
    register.review(
        subject=row.reference,
        keep=False,
        words="It was somebody else.",
        grading=GRADED,
        by=people.sam,
        now=now(),
    )
    for address in (f"/register/{row.reference}", f"/register/{row.reference}/pack"):
        page = as_("sam").get(address)
        words = page.content.decode()
        assert "This was weeded" in words
        assert "a person of concern is reviewed: kept for a reason, or weeded" in words
        assert [
            each for each in ("Taz", "Three children", "somebody else", "Sam Oduya</dd>") if each in words
        ] == []
