"""What leaves is about its subjects: everybody else by initials or as another child, and nowhere where people live."""

import json

from heed.core.review.thirdparties import ADDRESS, label, leaving

RECORD = {
    "v": 1, "agency": "police", "ref": "M-1", "kind": "missing", "recorded_at": "2009-03-15T09:00:00+00:00",
    "author": {"name": "R. Bell", "role": "constable"},
    "people": [
        {"ref": "c-1", "part": "child", "given_names": "Ayla", "family_name": "Marsh", "born": "1995-02-11",
         "address": "4 Orchard Row, Town", "postcode": "ZZ1 2AB"},
        {"ref": "c-2", "part": "found_with", "given_names": "Nell", "family_name": "Orme", "born": "1995",
         "also_known_as": ["Nellie"]},
        {"part": "relative", "given_names": "Dawn", "family_name": "Marsh"},
        {"part": "person_of_concern", "also_known_as": ["Taz"], "description": "drives a silver saloon"},
        {"part": "professional", "given_names": "Lena", "family_name": "Holt", "address": "9 High Street"},
    ],
    "things": [
        {"kind": "place", "part": "found_at", "address": "12 Mill Street", "postcode": "ZZ1 2CD"},
        {"kind": "place", "part": "home", "address": "7 Elm Close", "postcode": "ZZ1 2EF"},
    ],
    "text": "Ayla Marsh was found with NELL Orme at 12 Mill Street, not at 4 Orchard Row. "
    "Dawn rang; Nellie cried. Taz left.",
    "childs_words": "Nell said come.",
    "extra": {"note": "Nell Orme, 7 Elm Close"},
}  # fmt: skip


def test_by_default_only_the_subject_is_named_and_nobody_is_located():
    told = leaving(RECORD, {0})
    words = json.dumps(told)
    for name in (
        "Nell",
        "Orme",
        "Nellie",
        "Dawn",
        "Taz",
        "silver",
        "Orchard",
        "Elm Close",
        "ZZ1 2AB",
        "ZZ1 2EF",
        "c-2",
    ):
        assert name not in words, name
    for kept in ("Ayla", "Marsh", "12 Mill Street", "Lena", "Holt", "R. Bell", "1995-02-11"):
        assert kept in words, kept
    assert told["text"] == (
        "Ayla Marsh was found with another child at 12 Mill Street, not at "
        f"{ADDRESS}. D. M. rang; another child cried. T. left."
    )
    assert told["childs_words"] == "another child said come."
    assert [person["part"] for person in told["people"]] == [person["part"] for person in RECORD["people"]]


def test_what_was_confirmed_stays():
    words = json.dumps(leaving(RECORD, {0}, others=True, addresses=True))
    assert all(name in words for name in ("Nell", "Orme", "Taz", "Elm Close", "Orchard"))
    assert "extra" not in words


def test_a_family_name_that_is_the_subjects_own_stays_hers():
    told = leaving(RECORD, {0})
    assert "Ayla Marsh" in told["text"]


def test_the_record_itself_is_not_touched():
    before = json.dumps(RECORD)
    leaving(RECORD, {0})
    assert json.dumps(RECORD) == before


def test_labels():
    assert label({"part": "companion", "given_names": "Nell"}) == "another child"
    assert label({"part": "carer", "given_names": "Dawn Ann", "family_name": "Marsh"}) == "D. M."
    assert label({"part": "person_of_concern", "also_known_as": ["Taz"]}) == "T."
    assert label({"part": "witness"}) == "another person"
