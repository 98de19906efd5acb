"""Who is who after an erasure is what linking everybody again would make of what is left."""

from datetime import UTC, datetime
from random import Random

import pytest
from django.db import transaction

from heed.casework.actions import unmaking
from heed.casework.actions.receive import receive_many
from heed.casework.actions.verdicts import judge
from heed.casework.agencies import ensure
from heed.casework.linking import expected_links, kept_links, link_sources, sources_of_records
from heed.casework.linking.storing import one_at_a_time
from heed.casework.models import Link, Professional, Record, Source
from heed.core.identity.crowded import MOST_HOLDERS
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db
GIVEN, FAMILY = ("Ayla", "Elizabeth", "Liz", "Nell"), ("Marsh", "March", "Orme")


@pytest.fixture
def officer() -> Professional:
    return Professional.objects.create(
        username="r.bell", name="R. Bell", agency=ensure("police"), role="analyst", grade="frontline"
    )


def arrive(*records):
    before = set(Record.kept.values_list("pk", flat=True))
    receive_many(records=records, by=None, now=NOW)
    link_sources(sources_of_records(set(Record.kept.values_list("pk", flat=True)) - before), NOW)


def erase(agency, ref):
    rows = list(Record.objects.system("a test").filter(agency=agency, ref=ref))
    with transaction.atomic():
        one_at_a_time(NOW)
        unmaking.take_out(rows, set(), NOW)


def same(left, right, by):
    judge(left=left, right=right, verdict="same", reason="I know the family.", by=by, now=NOW)


def test_two_that_only_words_joined_through_the_erased_one_stand_apart(officer):
    for number, (given, born) in enumerate((("Ayla", 1995), ("Nell", 1999), ("Ivy", 1998)), 1):
        arrive(record("police", f"P-{number}", person(f"c-{number}", given, f"{given}son", f"{born}-02-11")))
    same("police c-1", "police c-2", officer)
    same("police c-2", "police c-3", officer)
    assert Source.objects.values("person").distinct().count() == 1
    erase("police", "P-2")
    assert Source.objects.values("person").distinct().count() == 2
    assert kept_links() == expected_links()


def test_who_holds_a_key_that_is_crowded_no_longer_is_compared_again():
    """One holder more than are compared by a key; and two among them whom nothing but that key brings together."""
    alike = {"address": "1 Mill Lane", "phones": ["07700 900123"]}
    days = [f"19{90 + n % 9}-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(MOST_HOLDERS - 1)]
    arrive(
        *(record("police", f"P-{n}", person(f"c-{n}", "Ayla", "Marsh", day)) for n, day in enumerate(days)),
        record("health", "H-1", person("h-1", "Ayla", "Marsh", **alike)),
        record("school", "S-1", person("s-1", "Ayla", "Marsh", **alike)),
    )
    assert not Link.objects.filter(left="health h-1", right="school s-1").exists()
    erase("police", "P-7")
    assert Link.objects.filter(left="health h-1", right="school s-1").exists()
    assert kept_links() == expected_links()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_records_words_and_erasures_in_any_order(officer, seed):
    chance = Random(seed)
    there: list[str] = []
    for number in range(14):
        told = person(
            f"c-{number % 9}" if chance.random() < 0.7 else None, chance.choice(GIVEN), chance.choice(FAMILY),
            f"199{chance.randint(0, 3)}-05-0{chance.randint(1, 3)}",
        )  # fmt: skip
        arrive(record("police", f"P-{number}", told))
        there.append(f"P-{number}")
        keys = sorted(Source.objects.values_list("key", flat=True))
        if len(keys) > 2 and chance.random() < 0.6:
            same(*chance.sample(keys, 2), officer)
        if len(there) > 4 and chance.random() < 0.4:
            erase("police", there.pop(chance.randrange(len(there))))
        assert kept_links() == expected_links()
