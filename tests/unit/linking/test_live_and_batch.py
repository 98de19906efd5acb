"""Linking one record at a time, in any order, gives what linking everybody at once gives."""

from datetime import UTC, datetime
from random import Random

import pytest

from heed.casework.actions.receive import receive_many
from heed.casework.linking import expected_links, kept_links, link_all, link_sources, sources_of_records
from heed.casework.models import Record, Source
from tests.crowd import crowd
from tests.made_records import person, record, record_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def arrive(*records):
    """Receive records and link their people, as the worker does."""
    before = set(Record.kept.values_list("pk", flat=True))
    receive_many(records=records, by=None, now=NOW)
    link_sources(sources_of_records(set(Record.kept.values_list("pk", flat=True)) - before), NOW)


def people() -> set[frozenset[str]]:
    """Who stands together."""
    together: dict[str, set[str]] = {}
    for key, who in Source.objects.values_list("key", "person"):
        together.setdefault(who, set()).add(key)
    return {frozenset(keys) for keys in together.values()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_by_one_in_any_order_is_the_same_as_all_at_once(seed):
    records = [record_of(profile, number) for number, profile in enumerate(crowd(60, seed))]
    Random(seed).shuffle(records)
    for one in records:
        arrive(one)
    assert kept_links() == expected_links()
    live = people()
    assert any(len(keys) > 1 for keys in live)
    link_all(NOW)
    assert people() == live
    assert kept_links() == expected_links()


def test_a_second_run_changes_nothing():
    arrive(*(record_of(profile, number) for number, profile in enumerate(crowd(40, 4))))
    link_all(NOW)
    kept = kept_links()
    link_all(NOW)
    assert kept_links() == kept


def test_a_corrected_record_takes_its_link_back():
    same = {"given": "Ayla", "family": "Marsh", "born": "1995-02-11", "ids": {"nhs": "9990000123"}}
    arrive(record("police", "P-1", person("c-1", **same)), record("health", "H-1", person("h-1", **same)))
    assert people() == {frozenset({"police c-1", "health h-1"})}
    arrive(record("health", "H-1", person("h-1", "Rosa", "Thorne", "2001-09-30"), revision=2))
    assert people() == {frozenset({"police c-1"}), frozenset({"health h-1"})}
    assert kept_links() == expected_links()


def test_a_source_without_any_key_stays_a_person_of_its_own_and_is_kept():
    arrive(record("police", "P-1", person(None, "Ayla")), record("health", "H-1", person("h-1", "Ayla")))
    assert people() == {frozenset({"police P-1#0"}), frozenset({"health h-1"})}


def test_people_of_concern_are_one_on_full_name_and_day_and_never_on_a_nickname():
    part = {"part": "person_of_concern"}
    voss = {"given": "Karl", "family": "Voss", "born": "1970-05-05"} | part
    arrive(
        record("police", "P-1", person("x-1", also_known_as=["Taz"], **voss)),
        record("voluntary", "V-1", person("v-1", also_known_as=["Taz"], **voss)),
        record("home", "L-1", person(None, also_known_as=["Taz"], **part)),
        record("school", "S-1", person("s-1", "Karl", "Voss", also_known_as=["Taz"], **part)),
    )
    assert people() == {
        frozenset({"police x-1", "voluntary v-1"}), frozenset({"home L-1#0"}), frozenset({"school s-1"})
    }  # fmt: skip
    assert kept_links() == expected_links()


def test_records_that_arrive_while_everybody_is_linked_are_not_lost():
    same = {"given": "Ayla", "family": "Marsh", "born": "1995-02-11", "ids": {"nhs": "9990000123"}}
    arrive(record("police", "P-1", person("c-1", **same)))
    late = [record("health", "H-1", person("h-1", **same))]

    def another_arrives(words: str) -> None:
        if words.startswith("writing") and late:
            receive_many(records=[late.pop()], by=None, now=NOW)

    link_all(NOW, another_arrives)
    assert people() == {frozenset({"police c-1", "health h-1"})}
    assert kept_links() == expected_links()
