"""When nothing can be written the page says NOT saved and whom to ring, and keeps the words; a full disk is a 507."""

import errno
import logging
import sqlite3

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, IntegrityError, OperationalError
from django.test import Client

from heed.casework.actions.agency_keys import make_key
from heed.casework.doors.unwritten import unwritten
from heed.casework.models import Record
from heed.web.views import api, concerns
from tests.concerns import MONDAY
from tests.unit.web.test_raise import WORDS, filled_in

RING = "Ring the partnership&#x27;s safeguarding desk: 07700 900101."


def of_sqlite(code: int) -> sqlite3.OperationalError:
    trouble = sqlite3.OperationalError("as SQLite says it")
    trouble.sqlite_errorcode = code
    return trouble


def wrapped(inner: Exception) -> OperationalError:
    """As Django hands it on."""
    outer = OperationalError(*inner.args)
    outer.__cause__ = inner
    return outer


CASES = [
    (wrapped(of_sqlite(sqlite3.SQLITE_FULL)), 507, "full"),
    (wrapped(of_sqlite(sqlite3.SQLITE_IOERR_WRITE)), 507, "full"),
    (wrapped(of_sqlite(sqlite3.SQLITE_BUSY)), 503, "busy"),
    (wrapped(of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT)), 503, "busy"),
    (of_sqlite(sqlite3.SQLITE_FULL), 507, "full"),
    (OSError(errno.ENOSPC, "No space left on device"), 507, "full"),
    (wrapped(psycopg.errors.DiskFull()), 507, "full"),
    (wrapped(psycopg.errors.LockNotAvailable()), 503, "busy"),
    (wrapped(psycopg.errors.DeadlockDetected()), 503, "busy"),
    (wrapped(psycopg.errors.AdminShutdown()), 503, "lost its database"),
    (wrapped(psycopg.OperationalError("server closed the connection")), 503, "lost its database"),
]


@pytest.mark.parametrize(("trouble", "status", "word"), CASES)
def test_why_it_was_not_written_is_known(trouble, status, word):
    found = unwritten(trouble)
    assert found is not None
    assert found.status == status
    assert word in found.why


@pytest.mark.parametrize(
    "trouble",
    [None, ValueError("a bug"), BrokenPipeError(errno.EPIPE, "gone"), FileNotFoundError(errno.ENOENT, "no"),
     DatabaseError("odd"), wrapped(of_sqlite(sqlite3.SQLITE_ERROR)), IntegrityError("a rule of the tables")],
)  # fmt: skip
def test_what_is_a_fault_of_our_own_is_not_explained_away(trouble):
    assert unwritten(trouble) is None


@pytest.mark.parametrize(("trouble", "status", "word"), CASES)
def test_the_form_keeps_the_words_and_says_whom_to_ring(as_, monkeypatch, trouble, status, word):
    def fails(**_):
        raise trouble

    monkeypatch.setattr(concerns, "save_written", fails)
    answer = as_("rosa").post("/concerns/new", filled_in())
    page = answer.content.decode()
    assert answer.status_code == status
    for words in ("NOT saved", word, RING, WORDS):
        assert words in page
    assert not Record.objects.system("a test counts").exists()


@pytest.mark.parametrize(("trouble", "status", "word"), CASES)
def test_an_agencys_system_is_told_the_same(people, monkeypatch, trouble, status, word):
    _, token = make_key(agency="school", name="a test", by=None, now=MONDAY)

    def fails(**_):
        raise trouble

    monkeypatch.setattr(api, "receive_message", fails)
    sent = {"content_type": "application/jsonl", "headers": {"authorization": f"Bearer {token}"}}
    answer = Client(headers={"host": "localhost"}).post("/api/records", b"{}", **sent)
    assert answer.status_code == status
    assert answer.json()["saved"] is False
    for words in ("NOT saved", word, "07700 900101"):
        assert words in answer.json()["error"]


@pytest.fixture
def rosa_without_a_database(as_, monkeypatch):
    """Nobody can be asked any more who is signed in: the page has nothing but what was sent."""
    rosa = as_("rosa")
    rosa.raise_request_exception = False

    def fails(self):
        raise wrapped(psycopg.OperationalError("server closed the connection"))

    monkeypatch.setattr(SessionStore, "load", fails)
    logging.disable(logging.ERROR)
    yield rosa
    logging.disable(logging.NOTSET)


def test_without_a_database_the_words_are_still_on_a_page_that_can_be_sent_again(rosa_without_a_database):
    rosa = rosa_without_a_database
    sent = filled_in(child_name="Ayla <Marsh>")
    answer = rosa.post("/concerns/new", sent)
    page = answer.content.decode()
    assert answer.status_code == 503
    for words in ("NOT saved", RING, WORDS, sent["token"], "Ayla &lt;Marsh&gt;", 'action="/concerns/new"'):
        assert words in page


def test_without_a_database_other_pages_say_so_too(rosa_without_a_database):
    rosa = rosa_without_a_database
    answer = rosa.get("/")
    assert answer.status_code == 503
    assert "This page cannot be shown" in answer.content.decode()
    assert RING in answer.content.decode()


def test_words_sent_from_elsewhere_are_not_shown_as_if_typed_here(rosa_without_a_database):
    strict = Client(headers={"host": "localhost"}, enforce_csrf_checks=True, raise_request_exception=False)
    answer = strict.post("/concerns/new", filled_in())
    assert answer.status_code in (403, 503)
    assert WORDS not in answer.content.decode()
