"""The page on which people say when they are away and on call."""

from datetime import timedelta

import pytest

from heed.casework.clock import now
from heed.casework.ledger import check
from heed.casework.models import Absence, OnCall
from tests.unit.web.test_grave_duties import day

pytestmark = pytest.mark.django_db


def goes(as_, who, of, **more):
    given = {"away-who": of.pk, "away-why": "leave", "away-since": "", "away-until": day(9)} | more
    return as_(who).post("/there/away", given, follow=True)


def test_somebody_says_that_they_are_away_and_back(as_, people):
    page = goes(as_, "sam", people.sam).content.decode()
    assert "on leave from" in page
    assert "back from" in page
    page = as_("sam").post("/there/back", {"who": people.sam.pk}, follow=True).content.decode()
    assert "Welcome back" in page
    assert "Nothing is said" in page
    assert Absence.objects.get().until <= now()
    page = as_("sam").post("/there/back", {"who": people.sam.pk}, follow=True).content.decode()
    assert "is not away" in page
    assert check().faults == []


def test_planned_leave_is_called_off(as_, people):
    goes(as_, "sam", people.sam, **{"away-since": day(3)})
    planned = Absence.objects.get()
    page = as_("sam").post(f"/there/absences/{planned.pk}/off", follow=True).content.decode()
    assert "called off" in page
    assert "on leave from" not in page
    again = as_("sam").post(f"/there/absences/{planned.pk}/off", follow=True).content.decode()
    assert "That is over already" in again


def test_a_turn_is_taken_and_given_up(as_, people):
    given = {
        "turn-who": people.sam.pk,
        "turn-post": "duty_person",
        "turn-since": f"{day(1)} 17:00",
        "turn-until": day(2),
    }
    assert "on call as duty person" in as_("sam").post("/there/on-call", given, follow=True).content.decode()
    turn = OnCall.objects.get()
    assert "given up" in as_("sam").post(f"/there/turns/{turn.pk}/off", follow=True).content.decode()
    assert OnCall.objects.get().until == turn.since


def test_what_is_missing_is_said_and_kept(as_, people):
    answer = goes(as_, "sam", people.sam, **{"away-why": "", "away-until": "soon"})
    assert answer.status_code == 422
    assert "Say why: ill, on leave or off duty" in answer.content.decode()
    assert 'value="soon"' in answer.content.decode()
    past = f"{now() - timedelta(days=9):%d %m %Y}"
    assert "still to come" in goes(as_, "sam", people.sam, **{"away-until": past}).content.decode()


def test_a_lead_speaks_for_their_agency_and_nobody_for_another(as_, people):
    assert "Sam Oduya" in as_("lena").get("/there").content.decode()
    assert "Lena Holt, designated lead" not in as_("sam").get("/there").content.decode()
    assert goes(as_, "lena", people.sam).status_code == 200
    number = Absence.objects.get().pk
    for who in ("rosa", "carl"):
        assert goes(as_, who, people.sam).status_code == 422
        assert as_(who).post("/there/back", {"who": people.sam.pk}).status_code == 404
        assert as_(who).post(f"/there/absences/{number}/off").status_code == 404
    assert Absence.objects.get().until > now()
