"""From the concern form to a record: nothing made more exact than it was told, nothing empty kept."""

from datetime import UTC, date, datetime

import pytest

from heed.core.records.reading import parse
from heed.web.forms.concern import ConcernForm, new_token
from heed.web.forms.concern_document import Writer, document

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
ROSA = Writer("rosa", "Rosa Bell", "pastoral lead", "frontline", "school")
LEAST = {"text": "She was collected by a car.", "source": "saw", "danger": "no", "when": "today"}


def record_of(**more) -> dict:
    form = ConcernForm({"token": new_token(), **LEAST, **more}, today=TODAY)
    assert form.is_valid(), form.errors
    made = document(form.cleaned_data, form.happened, ROSA, NOW, TODAY)
    reading = parse(made)
    assert reading.problems == ()
    assert reading.notes == ()
    return made


def faults_of(**more) -> dict:
    return dict(ConcernForm({"token": new_token(), **LEAST, **more}, today=TODAY).errors)


def test_the_least_one_can_say_is_a_whole_record():
    made = record_of()
    assert made.pop("ref").startswith("CON-")
    assert made == {
        "v": 1,
        "agency": "school",
        "revision": 1,
        "kind": "concern",
        "happened_from": "2026-11-22",
        "recorded_at": "2026-11-22T21:30:00+00:00",
        "author": {"ref": "rosa", "name": "Rosa Bell", "role": "pastoral lead", "grade": "frontline"},
        "people": [{"part": "child"}],
        "text": "She was collected by a car.",
        "grading": {"source": "1", "information": "A", "handling": "P"},
    }


@pytest.mark.parametrize(
    ("source", "grades"), [("saw", "1A"), ("child", "2A"), ("other", "2C"), ("rumour", "2D")]
)
def test_how_it_is_known_becomes_the_grading(source, grades):
    grading = record_of(source=source)["grading"]
    assert grading["source"] + grading["information"] == grades


# fmt: off
DATES_THAT_STAY = [
    ("today",     "",   "",       "",     "2026-11-22"),
    ("yesterday", "",   "",       "",     "2026-11-21"),
    ("earlier",   "14", "3",      "2026", "2026-03-14"),
    ("earlier",   "",   "March",  "2026", "2026-03"),
    ("earlier",   "",   "Sep.",   "2025", "2025-09"),
    ("earlier",   "",   "",       "2009", "2009"),
]
# fmt: on


@pytest.mark.parametrize(("when", "day", "month", "year", "kept"), DATES_THAT_STAY)
def test_a_date_stays_as_certain_as_it_was_told(when, day, month, year, kept):
    assert record_of(when=when, when_day=day, when_month=month, when_year=year)["happened_from"] == kept


# fmt: off
DATES_THAT_CANNOT_BE = [
    ("earlier", "",   "",    ""),
    ("earlier", "14", "",    "2026"),
    ("earlier", "31", "2",   "2026"),
    ("earlier", "1",  "13",  "2026"),
    ("earlier", "1",  "12",  "2026"),
    ("earlier", "",   "",    "26"),
    ("earlier", "²",  "3",   "2026"),
    ("today",   "14", "3",   "2026"),
]
# fmt: on


@pytest.mark.parametrize(("when", "day", "month", "year"), DATES_THAT_CANNOT_BE)
def test_a_date_that_cannot_be_is_sent_back(when, day, month, year):
    assert "when_day" in faults_of(when=when, when_day=day, when_month=month, when_year=year)


# fmt: off
AGES = [
    ("14",          {"description": "about 14 years old, said on 2026-11-22"}),
    ("about 14",    {"description": "about 14 years old, said on 2026-11-22"}),
    ("15 years",    {"description": "about 15 years old, said on 2026-11-22"}),
    ("11/2/2012",   {"born": "2012-02-11"}),
    ("11 Feb 2012", {"born": "2012-02-11"}),
    ("2012",        {"born": "2012"}),
    ("year 9",      {"description": "age or date of birth given as: year 9"}),
    ("32/2/2012",   {"description": "age or date of birth given as: 32/2/2012"}),
]
# fmt: on


@pytest.mark.parametrize(("said", "kept"), AGES)
def test_an_age_is_never_made_a_date_of_birth(said, kept):
    assert record_of(child_age=said)["people"][0] == {"part": "child"} | kept


def test_everybody_and_everything_named_is_kept_apart():
    made = record_of(
        child_name="Ayla Marsh",
        child_ref=" P 12 ",
        other_children="Nell Orme\n\n  Kit ",
        adults="Taz\nDean  Moss",
        vehicle="zz51 abc",
        phone="07700 900123",
        place="12 Mill Street",
        postcode="ZZ1 2CD",
        told="the duty sergeant",
        child_words="He said he would drive me home.",
        danger="yes",
    )
    assert made["people"] == [
        {"part": "child", "ref": "P 12", "given_names": "Ayla", "family_name": "Marsh"},
        {"part": "companion", "given_names": "Nell", "family_name": "Orme"},
        {"part": "companion", "given_names": "Kit"},
        {"part": "person_of_concern", "also_known_as": ["Taz"]},
        {"part": "person_of_concern", "given_names": "Dean", "family_name": "Moss"},
    ]
    assert made["things"] == [
        {"kind": "place", "part": "seen_at", "address": "12 Mill Street", "postcode": "ZZ1 2CD"},
        {"kind": "vehicle", "part": "seen_in", "vrm": "zz51 abc"},
        {"kind": "phone", "part": "named", "number": "07700 900123"},
    ]
    assert made["told"] == [{"name": "the duty sergeant"}]
    assert made["observations"] == ["child_disclosed", "danger_now"]


def test_a_description_is_not_taken_for_a_number():
    things = record_of(vehicle="silver saloon", phone="an old handset", place="flat above the launderette")[
        "things"
    ]
    assert things[0]["name"] == "flat above the launderette"
    assert things[1]["description"] == "silver saloon"
    assert things[2]["description"] == "an old handset"
