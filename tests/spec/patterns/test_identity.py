"""A finding keeps its name, whoever its children turn out to be; a corrected record is no echo of its echo."""

import json
from datetime import date, timedelta

import pytest

from heed.core.patterns.finding import Finding
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.facts import facts_of
from tests.spec.patterns.drawn import LONG_AGO, document, noticed, rows, warehouse
from tests.spec.patterns.test_shared_entity import MILL

CORRECTED = """
record | agency | kind    | revision | on                        | until            | recorded   | child
h1     | home   | missing | 1        | 2006-03-01T20:00:00+00:00 | 2006-03-02T08:00 | 2006-03-01 | ann
p1     | police | missing | 1        | 2006-03-01T21:00:00+00:00 | 2006-03-02T08:00 | 2006-03-02 | ann
h1     | home   | missing | 2        | 2006-03-01T20:00:00+00:00 | 2006-03-02T09:00 | 2006-03-03 | ann
"""
RUN = "record | agency | kind | on | until | recorded | child\n" + "\n".join(
    f"m{n} | police | missing | {day}T20:00:00+00:00 | {day}T23:00 | {day} | ann ben cat"
    for n, day in ((n, date(2006, 3, 1) + timedelta(days=3 * n)) for n in range(9))
)


@pytest.mark.parametrize(("day", "ref"), [(1, "h1"), (2, "h1"), (3, "h1")])
def test_a_corrected_episode_is_counted_once_not_lost_to_its_echo(day, ref):
    house = warehouse(CORRECTED)
    house.derive()
    end = 1141171200 + day * 86400 - 1
    known = house.rows(f"select ref from episode where recorded_s <= {end} and superseded_s > {end}")
    assert known == [(ref,)]


def people(table: str, names: dict[str, str]) -> Warehouse:
    """The records of a table, each child under the person's id given for them."""
    old = {"record": "old", "agency": "police", "kind": "contact", "on": LONG_AGO[1], "child": "zoe"}
    documents = [document(row) for row in (*rows(table), old)]
    persons = {
        f"{d['agency']} {p['ref']}": names.get(p["ref"], p["ref"]) for d in documents for p in d["people"]
    }
    return in_memory(facts_of(((n, json.dumps(d)) for n, d in enumerate(documents, 1)), persons.items()))


def test_another_id_of_a_person_is_no_other_finding():
    before = names_of(noticed(people(RUN, {}), "2006-03-31"))
    after = names_of(noticed(people(RUN, {"ann": "p_2", "ben": "p_1", "cat": "p_0"}), "2006-03-31"))
    assert len(before) >= 3, "each child has a finding of their own, also where one record names them all"
    assert before == after


def names_of(found: list[Finding]) -> set[str]:
    """The ids of findings."""
    return {finding.finding for finding in found}


def test_children_of_the_nineteen_sixties_are_noticed_too():
    """Seconds before 1970 are below zero."""
    long_ago = MILL.replace("2006-", "1966-")
    (found,) = noticed(people(long_ago + "o | police | contact | 1960-01-01 | zoe |", {}), "1966-04-30")
    assert len(found.children) == 4
