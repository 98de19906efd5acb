"""What holds for every address: sign in first, nothing kept by the browser, one answer for absent and forbidden."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from heed.casework.clock import now
from heed.casework.models import Entry, Heartbeat
from heed.casework.tick import CLOCK
from tests.personas import PASSWORD

OPEN_TO_ALL = {"sign-in", "welcome", "healthz", "readyz", "rules"}
EXAMPLES = {"<number:": "1", "<opaque:": "p_nothing", "<token:": "0" * 32, "<once:": "none", "<act:": "seen"}


def addresses() -> list[tuple[str, str]]:
    """Every named page, with an example of an address."""
    patterns = get_resolver().url_patterns[0].url_patterns
    return [(pattern.name, "/" + filled(str(pattern.pattern))) for pattern in patterns]


def filled(route: str) -> str:
    for start, example in EXAMPLES.items():
        while start in route:
            before, _, rest = route.partition(start)
            route = before + example + rest.partition(">")[2]
    return route


@pytest.mark.parametrize(("name", "address"), addresses())
@pytest.mark.django_db
def test_nothing_is_shown_before_signing_in(name, address):
    client = Client(headers={"host": "localhost"})
    for answer in (client.get(address), client.post(address)):
        assert "no-store" in answer["Cache-Control"]
        assert "script-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        if name not in OPEN_TO_ALL and answer.status_code != 403:
            assert answer.status_code in ((401, 405) if name.startswith("api-") else (302, 405))


ACTS = ("acknowledge", "answer", "hand-over", "accept", "disagree")


def test_absent_and_forbidden_are_one_answer(as_):
    rosa, carl = as_("rosa"), as_("carl")
    page = {"token": "0" * 32, "text": "A car waited.", "source": "saw", "danger": "no", "when": "today"}
    saved = rosa.post("/concerns/new", page).url
    duty = f"/duties/{rosa.get(saved).context['page'].duties[0].reference}"
    nowhere = carl.get("/there-is-no-such-page")
    forbidden = [carl.get(saved), carl.get(duty), *(carl.post(f"{duty}/{act}") for act in ACTS)]
    absent = [carl.get("/concerns/saved/999"), carl.get("/duties/D-0"), carl.post("/duties/D-0/answer")]
    assert {answer.status_code for answer in forbidden + absent} == {404}
    assert {answer.content for answer in forbidden + absent} == {nowhere.content}


def test_every_way_of_failing_to_sign_in_says_the_same(people):
    people.lena.is_active = False
    people.lena.save()
    client = Client(headers={"host": "localhost"})
    tries = [("rosa", "wrong"), ("nobody", PASSWORD), ("lena", PASSWORD)]
    said = [
        client.post("/sign-in", {"username": u, "password": p}).context["form"].non_field_errors()
        for u, p in tries
    ]
    assert said[0] == said[1] == said[2]


def test_signing_in_is_noted_and_signing_out_ends_it(people):
    client = Client(headers={"host": "localhost"})
    answer = client.post("/sign-in", {"username": "rosa", "password": PASSWORD})
    assert answer.url == "/"
    assert list(Entry.objects.values_list("kind", "subject")) == [
        ("sign_in", f"professional:{people.rosa.pk}")
    ]
    assert client.get("/").status_code == 200
    client.post("/sign-out")
    assert client.get("/").status_code == 302


def test_somebody_who_left_is_out_at_the_next_page(as_, people):
    rosa = as_("rosa")
    assert rosa.get("/").status_code == 200
    people.rosa.is_active = False
    people.rosa.save()
    assert rosa.get("/").status_code == 302


FAR = "203.0.113.9"


def test_readiness_names_no_person(db):
    state = Client(headers={"host": "localhost"}).get("/readyz")
    assert state.status_code == 503
    told = state.json()
    words = {"ledger", "witnesses", "witnesses_in_words", "mail_in_words"}
    ages = {"sweeper_age_s", "outbox_oldest_s", "look_age_s", "checkpoint_age_s", "mailbox_age_s"}
    ages |= {"clock_lag_s"}
    counts = {"outbox_waiting", "mail_parked", "receipts_owed", "files_waiting"}
    assert set(told) == {"ready", "database", "rules_failing", *words, *ages, *counts}
    assert told["rules_failing"] == []
    # Figures and fixed sentences: there is nothing in it that could be a name.
    assert all(told[name] is None or isinstance(told[name], int) for name in ages | counts)
    assert told["mail_in_words"] == ""
    assert (told["ledger"], told["witnesses"]) == ("as signed", "red")


@pytest.mark.parametrize(("https", "asked", "whole"), [
    (False, {}, True),
    (False, {"REMOTE_ADDR": "::1"}, True),
    (False, {"REMOTE_ADDR": FAR}, False),
    (False, {"REMOTE_ADDR": ""}, False),
    # A proxy nobody told us of: what it passes on comes from somewhere else, whatever the header says.
    (False, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, False),
    (True, {"HTTP_X_FORWARDED_PROTO": "https"}, False),
    (True, {"HTTP_X_FORWARDED_FOR": f"127.0.0.1, {FAR}"}, False),
    (True, {"HTTP_X_FORWARDED_FOR": f"{FAR}, 127.0.0.1"}, True),
    (True, {}, True),
])  # fmt: skip
def test_a_stranger_learns_only_whether_it_is_ready(db, settings, https, asked, whole):
    settings.HTTPS = https
    answer = Client(headers={"host": "localhost"}).get("/readyz", **asked)
    assert answer.status_code == 503
    assert (answer.json() == {"ready": False}) is not whole


@pytest.mark.parametrize(("name", "whole"), [("lena", True), ("rosa", False)])
def test_who_leads_reads_the_whole_from_afar(as_, name, whole):
    told = as_(name).get("/readyz", REMOTE_ADDR=FAR).json()
    assert ("witnesses" in told) is whole


def test_without_a_database_a_stranger_learns_no_more(as_, monkeypatch):
    away = {"ready": False, "database": False}
    monkeypatch.setattr("heed.web.views.health.readiness", lambda now: away)
    answer = as_("lena").get("/readyz", REMOTE_ADDR=FAR)
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_a_clock_that_stands_still_is_said_on_today_and_to_whatever_watches(as_):
    instant = now()
    Heartbeat.objects.create(name=CLOCK, at=instant)
    rosa = as_("rosa")
    assert rosa.get("/readyz").json()["ready"] is True
    assert "clock has not run" not in rosa.get("/").content.decode()
    Heartbeat.objects.update(at=instant - timedelta(minutes=6))
    assert rosa.get("/readyz").status_code == 503
    assert "clock has not run" in rosa.get("/").content.decode()


def test_a_crash_shows_nothing_of_what_was_there(people, monkeypatch):
    def broken(**_):
        raise RuntimeError("Ayla Marsh")

    monkeypatch.setattr("heed.casework.doors.today.today", broken)
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(people.rosa)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Ayla" not in answer.content.decode()
    assert "may NOT be saved" in answer.content.decode()
