"""People of concern in a town whose truth is known: joined on evidence, shown where a name is rare, told by evidence."""

from dataclasses import replace

import pytest

from heed.core.identity.crowded import MOST_HOLDERS
from heed.warehouse.linking.adults import of_concern
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.rehearsal import tried_on
from heed.warehouse.linking.town import town_of

MANY = MOST_HOLDERS + 2


def record(number: int, alias: str, child: str, *things) -> dict:
    agency = ("police", "school", "health")[number % 3]
    people = [
        {"ref": f"c-{child}", "part": "child", "given_names": child, "family_name": f"{child}son"},
        {"part": "person_of_concern", "also_known_as": [alias]},
    ]
    day = f"2009-03-{1 + number % 28:02}"
    return {"agency": agency, "ref": f"R-{number}", "happened_from": day, "recorded_at": f"{day}T12:00:00+00:00",
            "people": people, "things": list(things)}  # fmt: skip


def source(number: int) -> str:
    return f"{('police', 'school', 'health')[number % 3]} R-{number}#1"


CAR = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC"}
RECORDS = [
    record(1, "Moz", "Ayla"),
    record(2, "Mozz", "Ayla"),
    record(3, "Moz", "Rosa", CAR),
    record(4, "Moz", "Thea", CAR),
    record(5, "Moz", "Una"),
    *(record(number, "Tiny", f"Child{chr(65 + number % 26)}{chr(65 + number // 26)}") for number in range(10, 10 + MANY)),
]  # fmt: skip
ADULTS = {source(number): "Moz" for number in range(1, 6)}


@pytest.fixture(scope="module")
def tried():
    return tried_on(replace(town_of(RECORDS, {}, "made"), adults=ADULTS), current_model())


def test_what_is_joined_and_shown_is_told_by_kind_of_evidence(tried):
    found = tried.adults
    assert (found.mentions, found.adults, found.precision) == (5, 1, 1.0)
    assert found.evidence == {
        "one nickname in two spellings, one and the same child": {"joined": 1},
        "one nickname, one vehicle": {"joined": 1},
        "one nickname, nothing else": {"shown": 4},
        "one nickname, nothing else, in one agency or years apart": {"neither": 1},
        "one nickname in two spellings, nothing else": {"shown": 2},
        "one nickname in two spellings, nothing else, in one agency or years apart": {"neither": 1},
    }
    assert (found.recall, found.with_queue) == (0.2, 0.8)
    assert any("one nickname, one vehicle: 1 joined" in line for line in tried.lines())


def test_a_name_that_many_go_by_is_neither_joined_nor_shown(tried):
    """42 mentions of Tiny beside 42 children: only the five of Moz, in three groups, are anybody's work."""
    assert tried.queue == 3
    assert tried.persons == MANY + 3 + len({one["people"][0]["given_names"] for one in RECORDS})


def test_whoever_is_joined_with_somebody_unknown_counts_as_joined_wrongly():
    profiles = {one.source: one for one in town_of(RECORDS, {}, "made").profiles}
    known = {source(3): "Moz"}
    one_person = dict.fromkeys((source(1), source(2), source(3)), "p")
    people = {name: one_person.get(name, name) for name in profiles}
    found = of_concern(profiles, known, people, [], current_model())
    assert (found.total("wrong"), found.total("unknown"), found.precision) == (2, 1, 0.0)
    assert of_concern(profiles, {}, people, [], current_model()) is None
