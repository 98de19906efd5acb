"""Who watches over the ledger, on the page of whoever leads and of nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from heed.casework.doors.viewing import viewer_for
from heed.casework.doors.watching import watching
from heed.casework.witnessing import Seen, Watch
from heed.web.presenters.watching import watch
from tests import personas
from tests.concerns import MONDAY
from tests.watched import watched

pytestmark = pytest.mark.django_db


def page_of(person) -> str:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client.get("/").content.decode()


def test_a_lead_sees_that_nobody_watches_and_everybody_else_sees_nothing_of_it():
    people = personas.standing()
    assert "Not watched" in page_of(people.lena)
    assert "No agency watches over this ledger" in page_of(people.lena)
    for person in (people.rosa, people.sam, people.carl):
        assert "watches over" not in page_of(person)


def test_a_lead_sees_when_each_agency_last_signed(tmp_path, settings):
    people = personas.standing()
    house = watched(tmp_path, settings)
    house.save(1, "contact")
    house.witnessed()
    shown = watch(watching(viewer=viewer_for(people.lena, house.now), now=house.now), house.now)
    assert (shown.word, shown.words) == ("In order", "2 agencies signed in the last 24 hours.")
    assert shown.agencies == ("Police: signed within the last hour", "Schools: signed within the last hour")


@pytest.mark.parametrize(("hours", "words"), [
    (None, "has not signed yet"), (0.5, "signed within the last hour"), (-3, "signed within the last hour"),
    (30, "last signed 30 hours ago"), (49, "last signed 2 days ago"), (200, "last signed 8 days ago"),
])  # fmt: skip
def test_ages_in_words(hours, words):
    at = None if hours is None else MONDAY - timedelta(hours=hours)
    found = Watch("amber", "", (Seen("police", at, 3),))
    assert watch(found, MONDAY).agencies == (f"Police: {words}",)
