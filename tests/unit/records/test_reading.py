"""Records version 1, key by key: what is taken, what is refused by name, what is only noted."""

from datetime import UTC, datetime

import pytest

from heed.core.records.kinds import KINDS_WITHOUT_A_CHILD, Grade, Kind, Part, ThingKind
from heed.core.records.reading import parse
from heed.core.records.when import Precision
from tests.unit.records.documents import WHOLE, child, minimal, without


def taken(document):
    """The record, when nothing is wrong with it."""
    reading = parse(document)
    assert reading.problems == ()
    return reading.record


def test_the_published_example_is_read_whole():
    record = taken(WHOLE)
    assert (record.agency, record.ref, record.revision, record.kind) == (
        "police",
        "MIS-2009-000123",
        1,
        Kind.MISSING,
    )
    assert record.recorded_at == datetime(2009, 3, 15, 9, tzinfo=UTC)
    assert [person.part for person in record.people] == [
        Part.CHILD,
        Part.FOUND_WITH,
        Part.PERSON_OF_CONCERN,
    ]
    assert record.people[0].ids == {"nhs": "9990000123"}
    assert record.people[2].also_known_as == ("Taz",)
    assert [thing.kind for thing in record.things] == [
        ThingKind.PLACE,
        ThingKind.VEHICLE,
        ThingKind.PHONE,
        ThingKind.ACCOUNT,
    ]
    assert record.things[0].lat == 51.75
    assert record.author.grade is Grade.FRONTLINE
    assert record.missing.missing_from == "childrens_home"
    assert record.told[0].person.agency == "social_care"
    assert record.answer.by.grade is Grade.SUPERVISOR
    assert record.grading.handling == "P"
    assert record.document is WHOLE
    assert parse(WHOLE).notes == ()


@pytest.mark.parametrize(
    ("document", "key", "found", "expected"),
    [
        (without("v"), "v", "nothing", "1"),
        (minimal(v=2), "v", "2", "1"),
        (minimal(v="1"), "v", '"1"', "1"),
        (minimal(v=True), "v", "true", "1"),
        (without("agency"), "agency", "nothing", "text"),
        (minimal(agency=""), "agency", '""', "text"),
        (minimal(agency="social care"), "agency", '"social care"', "1 to 40 letters"),
        (minimal(agency="a" * 41), "agency", "aaa", "1 to 40 letters"),
        (without("ref"), "ref", "nothing", "text"),
        (minimal(ref=17), "ref", "17", "text in quotation marks"),
        (minimal(ref="r" * 201), "ref", "rrr", "at most 200"),
        (minimal(ref="a\nb"), "ref", "\\u000a", "control"),
        (minimal(revision=0), "revision", "0", "whole number"),
        (minimal(revision=1.5), "revision", "1.5", "whole number"),
        (minimal(revision=True), "revision", "true", "whole number"),
        (minimal(revision=2**31), "revision", "2147483648", "whole number"),
        (without("kind"), "kind", "nothing", "one of missing"),
        (minimal(kind="party"), "kind", '"party"', "one of missing"),
        (minimal(kind=["missing"]), "kind", "a list of 1", "one of missing"),
        (without("recorded_at"), "recorded_at", "nothing", "instant"),
        (minimal(recorded_at="2009-03-15"), "recorded_at", '"2009-03-15"', "instant with its offset"),
        (minimal(recorded_at="2009-03-15T09:00:00"), "recorded_at", "T09", "an offset"),
        (minimal(happened_from="2009-03-14T22:10:00"), "happened_from", "T22", "an offset"),
        (minimal(happened_from="2009-02-30"), "happened_from", "2009-02-30", "no such date"),
        (minimal(happened_from="14/03/2009"), "happened_from", "14/03/2009", "a day (2009-03-14)"),
        (minimal(happened_from="٢٠٠٩"), "happened_from", "٢٠٠٩", "a day"),
        (minimal(happened_from=2009), "happened_from", "2009", "quotation marks"),
        (minimal(happened_to="0009"), "happened_to", "0009", "a year from 1900"),
        (without("people"), "people", "nothing", "at least one child"),
        (minimal(people=[]), "people", "a list of 0", "at least one child"),
        (minimal(people=[{"part": "witness"}]), "people", "a list of 1", "at least one child"),
        (minimal(people={"part": "child"}), "people", "an object with 1 keys", "a list"),
        (minimal(people=["Ayla"]), "people[0]", '"Ayla"', "an object"),
        (minimal(people=child(part="boy")), "people[0].part", '"boy"', "one of child"),
        (minimal(people=[{"part": "child"}, {}]), "people[1].part", "nothing", "one of child"),
        (minimal(people=child(given_names=["A"])), "people[0].given_names", "a list of 1", "text"),
        (minimal(people=child(born=1995)), "people[0].born", "1995", "text"),
        (minimal(people=child(ids=["9990000123"])), "people[0].ids", "a list of 1", "an object"),
        (minimal(people=child(ids={"nhs": 9990000123})), "people[0].ids.nhs", "9990000123", "text"),
        (minimal(people=child(also_known_as="Aysh")), "people[0].also_known_as", '"Aysh"', "a list"),
        (minimal(people=child(ref="c" * 201)), "people[0].ref", "ccc", "at most 200"),
        (minimal(things=[{"kind": "boat"}]), "things[0].kind", '"boat"', "one of place"),
        (
            minimal(things=[{"kind": "place", "lat": "51"}]),
            "things[0].lat",
            '"51"',
            "degrees from -90 to 90",
        ),
        (minimal(things=[{"kind": "place", "lon": 181}]), "things[0].lon", "181", "degrees"),
        (minimal(observations="overnight"), "observations", '"overnight"', "a list of texts"),
        (minimal(text=5), "text", "5", "text"),
        (minimal(author="R. Bell"), "author", '"R. Bell"', "an object"),
        (minimal(author={"grade": "boss"}), "author.grade", '"boss"', "one of frontline"),
        (minimal(told=[{"at": "soon"}]), "told[0].at", '"soon"', "a day"),
        (minimal(answer={"reason": "safe"}), "answer.decision", "nothing", "text"),
        (minimal(answer={"decision": "x", "by": {"grade": "z"}}), "answer.by.grade", '"z"', "one of"),
        (minimal(grading={"source": "4"}), "grading.source", '"4"', "one of 1, 2, 3"),
        (minimal(grading={"handling": "X"}), "grading.handling", '"X"', "one of C, P"),
        (minimal(extra=[1]), "extra", "a list of 1", "an object"),
        (minimal(text="a\0b"), "text", "a NUL character", "without NUL"),
        (minimal(people=child(given_names="\ud800")), "people[0].given_names", "surrogate", "Unicode"),
        (minimal(anything={"at": [{"all": "\0"}]}), "anything.at[0].all", "NUL", "without NUL"),
        (minimal(anything=float("nan")), "anything", "nan", "JSON"),
        (minimal(anything=float("inf")), "anything", "inf", "JSON"),
        (minimal(anything={1, 2}), "anything", "a set", "a JSON value"),
        (minimal(anything={1: 2}), "anything", "a key that is a int", "text"),
    ],
)
def test_a_wrong_key_is_refused_by_name(document, key, found, expected):
    reading = parse(document)
    assert reading.record is None
    assert [problem.key for problem in reading.problems] == [key]
    assert found in reading.problems[0].found
    assert expected in reading.problems[0].expected


def test_every_wrong_key_of_a_record_is_told_at_once():
    reading = parse(minimal(kind="party", v=3, happened_from="yesterday"))
    assert [problem.key for problem in reading.problems] == ["v", "kind", "happened_from"]


def test_what_was_found_is_clipped_and_cannot_move_the_cursor():
    (problem,) = parse(minimal(kind="\x1b[2J" + "x" * 500)).problems
    assert len(problem.found) < 80
    assert problem.found.isprintable()


def test_nesting_without_end_is_refused():
    deep: list = []
    for _ in range(200):
        deep = [deep]
    (problem,) = parse(minimal(deep=deep)).problems
    assert problem.key == "deep"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_taken_and_only_four_do_without_a_child(kind):
    assert parse(minimal(kind=str(kind))).record is not None
    alone = parse(minimal(kind=str(kind), people=[]))
    assert (alone.record is not None) == (kind in KINDS_WITHOUT_A_CHILD)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2009-03-14", Precision.DAY, "2009-03-14T00:00:00", "2009-03-14T23:59:59"),
        ("2009-02", Precision.MONTH, "2009-02-01T00:00:00", "2009-02-28T23:59:59"),
        ("2008", Precision.YEAR, "2008-01-01T00:00:00", "2008-12-31T23:59:59"),
        ("2009-03-14T22:10:00+01:00", Precision.INSTANT, "2009-03-14T21:10:00", "2009-03-14T21:10:00"),
    ],
)
def test_an_uncertain_date_stays_as_uncertain_as_it_was_told(text, precision, first, last):
    when = taken(minimal(happened_from=text)).happened_from
    assert (when.text, when.precision) == (text, precision)
    assert when.earliest.astimezone(UTC).replace(tzinfo=None).isoformat() == first
    assert when.latest.astimezone(UTC).replace(tzinfo=None).isoformat() == last


def test_nothing_after_the_start_means_still_open():
    assert taken(minimal(happened_from="2009", happened_to=None)).happened_to is None


@pytest.mark.parametrize(
    ("document", "note"),
    [
        (minimal(happened_from="2009-03-14", happened_to="2009-03-13"), "dates out of order: "),
        (minimal(happened_from="2010"), "recorded before it happened: "),
        (minimal(people=child(ids={"nhs": "9990000124"})), "nhs check digit: "),
        (minimal(people=child(ids={"upn": "A999000012345"})), "upn check digit: "),
        (minimal(people=child(born="spring")), "born: "),
        (minimal(observations=["owns_a_boat"]), "unknown observation: owns_a_boat "),
        (minimal(kind="missing", missing={"category": "strayed"}), "unknown category: "),
        (minimal(colour="red"), "unknown key: colour "),
        (minimal(people=child(shoe=4)), "unknown key: people[].shoe "),
    ],
)
def test_what_is_odd_goes_in_with_a_note(document, note):
    reading = parse(document)
    assert reading.record is not None
    assert [each for each in reading.notes if each.startswith(note)]
    assert len(reading.notes) == 1


def test_dates_that_only_might_be_out_of_order_are_not_noted():
    assert parse(minimal(happened_from="2009-03-14", happened_to="2009-03")).notes == ()


def test_a_date_of_birth_that_is_none_is_kept_and_not_compared():
    document = minimal(people=child(born="31/02/1995"))
    record = taken(document)
    assert record.people[0].born is None
    assert record.document["people"][0]["born"] == "31/02/1995"


def test_somebody_told_on_a_day_is_read_as_told_by_its_end():
    record = taken(minimal(told=[{"name": "Duty desk", "at": "2009-03-15"}]))
    assert record.told[0].at == datetime(2009, 3, 15, 23, 59, 59, tzinfo=UTC)


def test_sex_is_kept_in_the_document_and_reaches_nothing_that_matches():
    record = taken(WHOLE)
    assert record.document["people"][0]["sex"] == "F"
    assert not hasattr(record.people[0], "sex")


def test_explicit_nulls_read_as_absent_and_stay_in_the_document():
    document = minimal(text=None, happened_to=None, told=None, answer=None, things=None, extra=None)
    record = taken(document)
    assert (record.text, record.told, record.answer, record.things) == (None, (), None, ())
    assert record.document == document
