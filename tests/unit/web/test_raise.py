"""Raising a concern: saved once, with a receipt; whatever goes wrong, the words stay on the page."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client

from heed.casework.actions.duties import escalate_due
from heed.casework.models import Duty, Entry, Outbox, Record
from heed.casework.receipting import held
from heed.casework.sealed import document_of

WORDS = "She came in late with a bag she cannot explain, and would not say who had driven her."


def filled_in(**more) -> dict[str, str]:
    return {"token": uuid4().hex, "text": WORDS, "source": "saw", "danger": "no", "when": "today", **more}


def kept():
    return list(Record.objects.system("a test counts what was kept"))


def test_a_saved_concern_has_a_receipt_an_owner_and_a_deadline(as_):
    rosa = as_("rosa")
    answer = rosa.post("/concerns/new", filled_in(child_name="Ayla Marsh"))
    assert answer.status_code == 302
    page = rosa.get(answer.url).content.decode()
    entry = Entry.objects.get(kind="collection")
    assert f"{entry.seq}-{entry.leaf[:16]}" in page
    assert "Sam Oduya (duty social worker, Children&#x27;s social care) owes you an answer by" in page
    assert Outbox.objects.filter(kind="link").count() == 1
    assert json.loads(document_of(kept()[0]))["author"]["name"] == "Rosa Bell"


def test_the_same_page_sent_twice_is_saved_once_and_has_one_receipt(as_):
    rosa, page = as_("rosa"), filled_in()
    first, second = rosa.post("/concerns/new", page), rosa.post("/concerns/new", page)
    assert first.url == second.url
    assert len(kept()) == 1
    assert Duty.objects.count() == 1


def test_going_back_and_saving_the_same_words_again_shows_the_receipt_they_have(as_):
    rosa, page = as_("rosa"), filled_in(child_name="Ayla Marsh")
    first = rosa.post("/concerns/new", page)
    again = rosa.post("/concerns/new", page | {"token": uuid4().hex})
    assert again.url == first.url
    assert len(kept()) == 1
    cookie = rosa.cookies["heed-saved"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict"
    assert "Ayla" not in cookie.value
    other = rosa.post("/concerns/new", page | {"token": uuid4().hex, "child_name": "Mia Hart"})
    assert other.url != first.url
    assert len(kept()) == 2


def test_the_same_words_of_somebody_else_at_the_same_desk_are_their_own(as_, people):
    rosa, page = as_("rosa"), filled_in()
    first = rosa.post("/concerns/new", page)
    rosa.force_login(people.sam)
    second = rosa.post("/concerns/new", page | {"token": uuid4().hex})
    assert second.url != first.url
    assert len(kept()) == 2


def test_other_words_from_a_page_already_saved_are_not_lost_and_not_confused(as_):
    rosa, page = as_("rosa"), filled_in()
    rosa.post("/concerns/new", page)
    again = rosa.post("/concerns/new", page | {"text": "And now she is gone."})
    assert again.status_code == 409
    assert "NOT saved" in again.content.decode()
    assert "And now she is gone." in again.content.decode()
    token = again.context["form"]["token"].value()
    assert token != page["token"]
    saved = rosa.post("/concerns/new", page | {"text": "And now she is gone.", "token": token})
    assert saved.status_code == 302
    assert len(kept()) == 2


@pytest.mark.parametrize("missing", ["text", "source", "danger"])
def test_what_is_missing_is_named_and_the_rest_is_kept(as_, missing):
    page = filled_in(child_name="Ayla", adults="Taz")
    answer = as_("rosa").post("/concerns/new", page | {missing: ""})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in text
    assert "NOT saved" in text
    assert 'value="Ayla"' in text
    assert "Taz" in text
    assert kept() == []


def test_a_database_that_cannot_write_loses_no_words(as_, monkeypatch):
    def broken(**_):
        raise OperationalError("disk full")

    rosa = as_("rosa")
    monkeypatch.setattr("heed.web.views.concerns.save_written", broken)
    answer = rosa.post("/concerns/new", filled_in())
    assert answer.status_code == 503
    assert "NOT saved" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_session_that_ended_loses_no_words(people):
    answer = Client(headers={"host": "localhost"}).post("/concerns/new", filled_in())
    assert answer.status_code == 403
    assert "You are signed out" in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize(("came_from", "shown"), [("same-origin", True), ("cross-site", False)])
def test_a_page_open_too_long_keeps_the_words_but_never_those_of_another_site(people, came_from, shown):
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(people.rosa)
    answer = client.post("/concerns/new", filled_in(), headers={"sec-fetch-site": came_from})
    assert answer.status_code == 403
    assert "NOT saved" in answer.content.decode()
    assert (WORDS in answer.content.decode()) is shown


def test_a_nul_character_is_a_sentence_not_a_crash(as_):
    answer = as_("rosa").post("/concerns/new", filled_in(text="before\x00after"))
    assert answer.status_code == 422
    assert "NOT saved" in answer.content.decode()


def test_a_receipt_is_only_for_whoever_saved(as_):
    url = as_("rosa").post("/concerns/new", filled_in()).url
    for name in ("carl", "sam", "lena"):
        assert as_(name).get(url).status_code == 404


def test_danger_now_is_said_again_on_the_receipt(as_):
    rosa = as_("rosa")
    page = rosa.get(rosa.post("/concerns/new", filled_in(danger="yes")).url).content.decode()
    assert "Call 999 if you have not" in page
    duty = Duty.objects.get()
    assert duty.clause.startswith("a child in danger now")
    assert duty.due_at - duty.opened_at == timedelta(hours=2)
    escalate_due(now=duty.due_at)
    duty.refresh_from_db()
    assert (duty.rung, duty.due_at - duty.opened_at) == (1, timedelta(hours=4))


def test_the_receipt_is_saved_as_a_file_by_whoever_saved_and_by_nobody_else(as_):
    rosa = as_("rosa")
    url = rosa.post("/concerns/new", filled_in()).url
    assert f'href="{url}/receipt" download' in rosa.get(url).content.decode()
    answer = rosa.get(f"{url}/receipt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert held(answer.content.decode()) == []
    assert "Marsh" not in answer.content.decode()
    for name in ("carl", "sam", "lena"):
        assert as_(name).get(f"{url}/receipt").status_code == 404
