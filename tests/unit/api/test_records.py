"""Records over HTTPS: what goes in, what is refused, and that the same message again changes nothing."""

import pytest
from django.db import OperationalError
from django.test import Client

from heed.casework.actions import messages
from heed.casework.actions.agency_keys import revoke_key
from heed.casework.ledger import verify
from heed.casework.models import AgencyKey, Body, Entry, Record, Submission
from heed.casework.receipting import held
from tests.unit.api.conftest import ADDRESS, AT, System, document, lines

pytestmark = pytest.mark.django_db


def kept() -> int:
    return Record.objects.system("a test counts").count()


def test_a_record_goes_in_and_its_receipt_names_its_entry(school):
    response = school.send(lines(document()))
    assert response.status_code == 200
    told = response.json()
    assert {key: told[key] for key in ("saved", "lines", "accepted", "refused", "blank")} == {
        "saved": True, "lines": 1, "accepted": 1, "refused": 0, "blank": 0,
    }  # fmt: skip
    receipt = told["results"][0]["receipt"]
    entry = Entry.objects.get(pk=receipt["seq"])
    assert (entry.leaf, entry.at.isoformat(), entry.kind) == (receipt["leaf"], receipt["at"], "collection")
    assert held(receipt["signed"]) == []
    assert verify() == []


def test_every_line_is_accounted_for(school):
    message = lines(document("S-1")) + b"\n" + b"{broken\n" + lines(document("S-2", kind="party"))
    response = school.send(message)
    assert response.status_code == 207
    told = response.json()
    ways = ("accepted", "superseding", "unchanged", "refused", "blank")
    assert told["lines"] == sum(told[way] for way in ways) == 4
    assert [(each["line"], each["outcome"]) for each in told["results"]] == [
        (1, "accepted"), (3, "refused"), (4, "refused"),
    ]  # fmt: skip
    assert told["results"][2]["key"] == "kind"
    assert told["results"][2]["found"] == '"party"'
    assert told["results"][2]["expected"].startswith("one of missing")


def test_a_message_of_which_nothing_can_be_used_saves_nothing(school):
    response = school.send(b"{broken")
    assert response.status_code == 422
    assert response.json()["saved"] is False
    assert kept() == 0


def test_a_line_of_another_agency_is_refused_and_one_that_names_none_becomes_the_keys(school):
    message = lines(document("S-1", agency="police"), document("S-2", agency=None))
    told = school.send(message).json()
    assert [each["outcome"] for each in told["results"]] == ["refused", "accepted"]
    assert told["results"][0]["expected"] == '"school"'
    assert {row.agency_id for row in Record.objects.system("a test")} == {"school"}


def test_the_same_record_again_gives_the_same_receipt_and_other_content_is_refused(school):
    first = school.send(lines(document())).json()["results"][0]
    again = school.send(lines(document())).json()["results"][0]
    assert again["outcome"] == "unchanged"
    assert again["receipt"] == first["receipt"]
    other = school.send(lines(document(text="Other words.")))
    assert other.status_code == 422
    assert other.json()["results"][0]["expected"].startswith("a higher revision")


def test_the_same_idempotency_key_with_the_same_message_gives_the_same_answer(school):
    message = lines(document("S-1")) + b"\n{broken\n"
    first, again = school.send(message, name="m-1"), school.send(message, name="m-1")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert kept() == 1


def test_the_same_idempotency_key_with_another_message_is_a_conflict(school):
    school.send(lines(document()), name="m-1")
    other = school.send(lines(document("S-2")), name="m-1")
    assert other.status_code == 409
    assert other.json()["saved"] is False
    assert kept() == 1


def test_two_keys_may_use_the_same_idempotency_key(school):
    school.send(lines(document()), name="m-1")
    assert System("school").send(lines(document("S-2")), name="m-1").status_code == 200


def test_no_words_of_a_record_are_kept_with_the_answer(school):
    school.send(lines(document()) + lines(document("S-2", kind="Marsh")), name="m-1")
    assert "Marsh" not in Submission.objects.get().outcomes


REFUSED = [
    (b" \n \n", {}, 400, "body"),
    (lines(document()), {"kind": "application/json"}, 415, "Content-Type"),
    (lines(document()), {"kind": "text/csv"}, 415, "Content-Type"),
    (lines(document()), {"kind": "application/jsonl; charset=latin-1"}, 415, "Content-Type"),
    (lines(document()), {"Content-Encoding": "gzip"}, 415, "Content-Encoding"),
    (lines(document()), {"name": "x" * 201}, 400, "Idempotency-Key"),
    (b"\n" * 2001 + lines(document()), {}, 413, "body"),
    (lines(document()) + b"x" * (16 * 1024 * 1024), {}, 413, "Content-Length"),
]


@pytest.mark.parametrize(("message", "how", "status", "at_fault"), REFUSED)
def test_what_is_no_message_is_refused_as_a_whole(school, message, how, status, at_fault):
    response = school.send(message, **how)
    told = response.json()
    assert (response.status_code, told["key"], told["saved"]) == (status, at_fault, False)
    assert told["found"] and told["expected"]
    assert kept() == 0


HOSTILE = [
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"v": NaN}',
    b'{"v": ' + b"9" * 5000 + b"}",
    b'{"v": 1, "v": 1}',
    b'{"v": 1e999}',
    b'"\\ud800"',
    b"\xff\xfe",
    b"null",
    b'{"v": 1, "agency": ["school"]}',
    b"\x00",
]


@pytest.mark.parametrize("message", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_lines_are_refused_by_line(school, message):
    response = school.send(message)
    assert response.status_code == 422
    assert response.json()["results"][0]["line"] == 1


def test_wrong_missing_and_revoked_keys_are_answered_alike(school):
    spare = System("school")
    revoke_key(number=spare.key.pk, by=None, now=AT)
    answers = [System(token=token).send(lines(document())) for token in ("wrong", spare.token, "x" * 5000)]
    answers.append(Client(headers={"host": "localhost"}).post(ADDRESS, b"", content_type="application/jsonl"))
    answers.append(school.send(lines(document()), Authorization=f"Basic {school.token}"))
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert kept() == 0


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_nothing_can_be_asked_of_the_address(school, method):
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {school.token}"})
    response = getattr(client, method)(ADDRESS)
    assert response.status_code == 405
    assert response.content == b""


def test_a_database_that_cannot_write_says_not_saved(school, monkeypatch):
    def full(**_):
        raise OperationalError("no words of a child here")

    monkeypatch.setattr("heed.web.views.api.receive_message", full)
    response = school.send(lines(document()))
    assert response.status_code == 503
    assert response.json()["saved"] is False
    assert "NOT saved" in response.json()["error"]


def test_when_the_answer_cannot_be_kept_nothing_is_saved(school, monkeypatch):
    def broken(*_, **__):
        raise OperationalError

    monkeypatch.setattr(messages, "_keep", broken)
    assert school.send(lines(document()), name="m-1").status_code == 503
    assert kept() == 0


def test_making_and_revoking_a_key_are_in_the_ledger_and_its_secret_nowhere(school):
    revoke_key(number=school.key.pk, by=None, now=AT)
    entries = Entry.objects.filter(kind="key", subject=f"key:{school.key.pk}").order_by("seq")
    assert [entry.purpose for entry in entries] == ["made", "revoked"]
    texts = [body.text for body in Body.objects.all()] + [AgencyKey.objects.get().digest]
    assert not any(school.token in text for text in texts)
