"""Records to read: the example of the published contract, and the smallest one that stands."""

from typing import Any

MINIMAL: dict[str, Any] = {
    "v": 1,
    "agency": "school",
    "ref": "CP-1",
    "kind": "concern",
    "recorded_at": "2009-03-15T09:00:00+00:00",
    "people": [{"part": "child"}],
}

WHOLE: dict[str, Any] = {
    "v": 1,
    "agency": "police",
    "ref": "MIS-2009-000123",
    "revision": 1,
    "kind": "missing",
    "happened_from": "2009-03-14T22:10:00+00:00",
    "happened_to": "2009-03-15T06:30:00+00:00",
    "recorded_at": "2009-03-15T09:00:00+00:00",
    "author": {"ref": "w-17", "name": "R. Bell", "role": "residential worker", "grade": "frontline"},
    "people": [
        {
            "ref": "c-104",
            "part": "child",
            "given_names": "Ayla",
            "family_name": "Marsh",
            "also_known_as": ["Aysh"],
            "born": "1995-02-11",
            "sex": "F",
            "ids": {"nhs": "9990000123"},
            "address": "4 Orchard Row",
            "postcode": "ZZ1 2AB",
        },
        {"part": "found_with", "ref": "c-288", "given_names": "Nell", "family_name": "Orme", "born": "1995"},
        {"part": "person_of_concern", "also_known_as": ["Taz"], "description": "adult, silver saloon"},
    ],
    "things": [
        {
            "kind": "place",
            "part": "found_at",
            "name": "flat above the launderette",
            "address": "12 Mill Street",
            "postcode": "ZZ1 2CD",
            "lat": 51.75,
            "lon": -1.25,
        },
        {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC", "description": "silver saloon"},
        {"kind": "phone", "part": "called_by", "number": "+447700900123"},
        {"kind": "account", "part": "contacted_by", "service": "messenger", "handle": "taz_zz"},
    ],
    "observations": ["overnight", "unexplained_items"],
    "text": "Found at 06.30 by a passing patrol.",
    "childs_words": "He said he would drive me home.",
    "missing": {
        "category": "missing",
        "risk": "medium",
        "risk_reason": "third time",
        "missing_from": "childrens_home",
    },
    "told": [
        {
            "agency": "social_care",
            "name": "Duty desk",
            "role": "duty social worker",
            "grade": "frontline",
            "at": "2009-03-15T09:20:00+00:00",
        }
    ],
    "answer": {
        "decision": "no_further_action",
        "reason": "returned safe",
        "by": {"name": "T. Lowe", "role": "sergeant", "grade": "supervisor"},
        "at": "2009-03-16T11:00:00+00:00",
    },
    "grading": {"source": "1", "information": "A", "handling": "P", "conditions": None},
}


def minimal(**changes: Any) -> dict[str, Any]:
    """The smallest record, with some keys changed."""
    return {**MINIMAL, **changes}


def without(key: str) -> dict[str, Any]:
    """The smallest record, with one key left out."""
    return {name: value for name, value in MINIMAL.items() if name != key}


def child(**changes: Any) -> list[dict[str, Any]]:
    """People with one child of whom this is said."""
    return [{"part": "child", **changes}]
