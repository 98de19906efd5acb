"""Records drawn as a small text table, and what Heed notices in them."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from heed.casework.policy.thresholds import read_thresholds
from heed.core.patterns.finding import Finding
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.detect import detect, replay
from heed.warehouse.facts import Facts, facts_of

HOMES = {
    name: f"{number} Orchard Row"
    for number, name in enumerate(["ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon"], 1)
}
"""Ten children of ten homes; `ann+ann2` share one."""
LONG_AGO = ("zoe", "2000-01-01")
"""A record long before, so that Heed has collected for years when the tables begin."""


def warehouse(table: str) -> Warehouse:
    """A warehouse in memory of the records in a table. Columns: record agency kind on child thing; optional
    `until`, `recorded`, `revision`, `home`, `with`. A child is their name; one source for each agency."""
    return in_memory(facts(table))


def facts(table: str) -> Facts:
    """The facts of a drawn table."""
    documents = [document(row) for row in rows(table)]
    documents.append(
        document({"record": "old", "agency": "police", "kind": "contact", "on": LONG_AGO[1], "child": "zoe"})
    )
    people = {
        f"{d['agency']} {p['ref']}": f"p_{p['ref']}" for d in documents for p in d["people"] if "ref" in p
    }
    return facts_of(((number, json.dumps(d)) for number, d in enumerate(documents, 1)), people.items())


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of a text table with columns parted by |, its first line their names."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    for line in lines[1:]:
        yield {name: cell for name, cell in zip(lines[0], line, strict=True) if cell}


def document(row: Mapping[str, str]) -> dict[str, Any]:
    """A record of the specification from a drawn row."""
    children = row["child"].split()
    found: dict[str, Any] = {
        "v": 1,
        "agency": row["agency"],
        "ref": row["record"],
        "revision": int(row.get("revision", 1)),
        "kind": row["kind"],
        "happened_from": row["on"]
        if "T" in row["on"] or len(row["on"]) < 10
        else f"{row['on']}T21:00:00+00:00",
        "recorded_at": f"{row.get('recorded', row['on'][:10])}T23:00:00+00:00",
        "people": [
            {
                "ref": c,
                "part": "child",
                "address": row.get("home", HOMES.get(c, f"1 {c}")),
                "postcode": "ZZ9 9ZZ",
            }
            for c in children
        ],
        "things": [thing(words) for words in row.get("thing", "").split(";") if words],
    }
    if "until" in row:
        found["happened_to"] = f"{row['until']}:00+00:00"
    if "alias" in row:
        found["people"].append({"part": "person_of_concern", "also_known_as": [row["alias"]]})
    return found


def thing(words: str) -> dict[str, str]:
    """`12 Mill Street, ZZ1 2CD` is a place, `ZZ51 ABC` a vehicle, `07700 900123` a phone."""
    if words.strip().startswith("07"):
        return {"kind": "phone", "part": "called_by", "number": words.strip()}
    if "," not in words:
        return {"kind": "vehicle", "part": "seen_in", "vrm": words.strip()}
    address, _, postcode = words.partition(",")
    return {"kind": "place", "part": "found_at", "address": address.strip(), "postcode": postcode.strip()}


def noticed(house: Warehouse, on: str, **limits: float) -> list[Finding]:
    """What stands on a day under the thresholds Heed comes with, or with some of them changed."""
    return detect(house, date.fromisoformat(on), policy(**limits))


def over_time(house: Warehouse, first: str, last: str, every: int = 7, **limits: float) -> list[Finding]:
    """What a replay raises."""
    return list(replay(house, date.fromisoformat(first), date.fromisoformat(last), every, policy(**limits)))


def policy(**limits: float) -> dict[str, dict[str, float]]:
    """The thresholds Heed comes with, some changed for all detectors."""
    return {name: {**values, **limits} for name, values in read_thresholds().items()}


def children(found: Finding) -> list[str]:
    """The children of a finding by name."""
    return sorted(person.removeprefix("p_") for person, _ in found.children)
