"""Signing in: too many failures hold the next try back, the same for everybody, and nobody is told more."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings

from heed.casework.actions.sign_in import SPAN, held_back, note_failure
from heed.casework.clock import now
from heed.casework.models import Entry, FailedSignIn
from heed.web.forms.sign_in import FAILED
from heed.web.views.sign_in import address_of
from tests.personas import PASSWORD


def tried(name: str, password: str, address: str = "192.0.2.7"):
    client = Client(headers={"host": "localhost"}, REMOTE_ADDR=address)
    return client.post("/sign-in", {"username": name, "password": password})


def failing(times: int, name: str, address: str) -> None:
    for _ in range(times):
        note_failure(name=name, address=address, by=None, now=now())


@pytest.mark.parametrize("name", ["rosa", "nobody at all", "\0", "é" * 4000])
def test_no_number_of_failures_is_a_crash(people, name):
    assert {tried(name, "wrong").status_code for _ in range(11)} == {200}


def test_after_ten_failures_the_right_password_is_not_looked_at_either(people):
    failing(10, "rosa", "192.0.2.7")
    assert FAILED in tried(" ROSA", PASSWORD).content.decode()
    assert FAILED in tried("rosa", PASSWORD).content.decode()
    assert tried("rosa", PASSWORD, "192.0.2.8").status_code == 302
    assert tried("sam", PASSWORD).status_code == 302


def test_failures_are_forgotten_after_a_quarter_of_an_hour(people):
    failing(10, "rosa", "192.0.2.7")
    assert held_back("rosa", "192.0.2.7", now())
    assert not held_back("rosa", "192.0.2.7", now() + SPAN)
    note_failure(name="rosa", address="192.0.2.7", by=None, now=now() + SPAN + timedelta(seconds=1))
    assert FailedSignIn.objects.count() == 3


def test_many_addresses_on_one_name_and_many_names_from_one_address_are_held_back(people):
    for n in range(50):
        note_failure(name="rosa", address=f"192.0.2.{n}", by=None, now=now())
        note_failure(name=f"made up {n}", address="198.51.100.1", by=None, now=now())
    assert held_back("rosa", "203.0.113.1", now())
    assert held_back("sam", "198.51.100.1", now())
    assert not held_back("sam", "203.0.113.1", now())


def test_what_was_typed_is_not_kept(people):
    tried("my password by mistake", "wrong")
    assert all(
        len(key) == 64 and "password" not in key for key in FailedSignIn.objects.values_list("key", flat=True)
    )


def test_a_failure_under_a_known_name_is_in_the_ledger(people):
    tried("rosa", "wrong")
    tried("nobody", "wrong")
    assert list(Entry.objects.values_list("kind", "subject", "actor")) == [
        ("refusal", f"professional:{people.rosa.pk}", None)
    ]


def test_an_empty_form_is_no_failure(people):
    tried("", "")
    assert FailedSignIn.objects.count() == 0


def test_the_address_is_what_our_own_proxy_saw(rf):
    made_up = rf.get("/", headers={"x-forwarded-for": "10.0.0.1, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1")
    assert address_of(made_up) == "127.0.0.1"
    with override_settings(HTTPS=True):
        assert address_of(made_up) == "192.0.2.7"
