"""A key that too many hold is passed over, live as in batch, also while sources come and go."""

from datetime import UTC, datetime

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.linking import (
    expected_links,
    kept_links,
    link_all,
    link_sources,
    sources_of_records,
    storing,
)
from heed.casework.models import BlockingKey, Link, Record
from heed.core.identity import crowded
from tests.made_records import person, record

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def at_most_three(monkeypatch):
    """A house so small that four already are a crowd."""
    monkeypatch.setattr(crowded, "MOST_HOLDERS", 3)


def arrive(*records):
    before = set(Record.kept.values_list("pk", flat=True))
    receive_many(records=records, by=None, now=NOW)
    link_sources(sources_of_records(set(Record.kept.values_list("pk", flat=True)) - before), NOW)


def carter(number: int, **more):
    return record("police", f"P-{number}", person(f"c-{number}", "Ayla", "Carter", "1995-02-11"), **more)


def test_the_fourth_of_one_name_and_day_takes_the_key_from_all(at_most_three):
    for number in range(3):
        arrive(carter(number))
    assert Link.objects.count() == 3
    arrive(carter(3))
    assert Link.objects.count() == 0
    assert kept_links() == expected_links()
    arrive(record("police", "P-3", person("c-3", "Rosa", "Thorne", "2001-09-30"), revision=2))
    assert Link.objects.count() == 3
    assert kept_links() == expected_links()
    link_all(NOW)
    assert Link.objects.count() == 3


def test_keys_that_stay_keep_their_rows():
    arrive(carter(1))
    before = set(BlockingKey.objects.values_list("pk", flat=True))
    arrive(carter(1, revision=2))
    assert set(BlockingKey.objects.values_list("pk", flat=True)) == before
    assert storing.not_crowded([]) == {}
