"""Rows written many at once are the rows that row objects would have written, on either database."""

import hashlib
import hmac
from datetime import datetime, timedelta, timezone

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from heed.casework.actions import rows
from heed.casework.actions.inserting import TOGETHER, insert, instants
from heed.casework.agencies import ensure, ensure_all
from heed.casework.models import Agency, Heartbeat, Post, Record, Source
from heed.casework.sealed import marks_of
from heed.casework.sealing import master
from heed.core.records.prepared import prepared
from heed.core.records.when import from_utc, in_utc
from tests.concerns import MONDAY, concern

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=OFFSETS)
SOURCE = ("key", "agency", "ref", "profile", "person")


def source(number: int, person: str = "p_1") -> tuple[str, ...]:
    return (f"school {number}", "school", str(number), "", person)


@pytest.mark.django_db
@pytest.mark.parametrize("many", [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER])
def test_every_row_goes_in_once_however_many_there_are(many):
    ensure("school")
    insert(Source, SOURCE, (source(number) for number in range(many)))
    assert set(Source.objects.values_list(*SOURCE)) == {source(number) for number in range(many)}


@pytest.mark.django_db
def test_a_row_that_is_there_stays_as_it_is():
    ensure("school")
    insert(Source, SOURCE, [source(3, "p_first")])
    insert(Source, SOURCE, [source(number) for number in range(TOGETHER + 5)], unless_known=True)
    assert Source.objects.get(key="school 3").person == "p_first"
    assert Source.objects.count() == TOGETHER + 5


@given(INSTANTS, INSTANTS)
def test_an_instant_as_text_is_the_instant_and_sorts_as_it(at, other):
    assert from_utc(in_utc(at)) == at
    assert (in_utc(at) < in_utc(other)) == (at < other)
    assert in_utc(at) == in_utc(from_utc(in_utc(at)))


@pytest.mark.django_db
@given(st.lists(INSTANTS, min_size=1, max_size=5, unique=True))
def test_an_instant_written_as_text_is_what_a_row_object_writes(several):
    taken = instants()
    with transaction.atomic():
        insert(Heartbeat, ("name", "at"), [(f"text {n}", taken(in_utc(at))) for n, at in enumerate(several)])
        Heartbeat.objects.bulk_create([Heartbeat(name=f"object {n}", at=at) for n, at in enumerate(several)])
        for n, at in enumerate(several):
            assert Heartbeat.objects.get(name=f"text {n}").at == at
            with connection.cursor() as cursor:
                cursor.execute(
                    "select at from casework_heartbeat where name in (%s, %s)", [f"text {n}", f"object {n}"]
                )
                ((one,), (other,)) = cursor.fetchall()
            assert one == other
        transaction.set_rollback(True)


def test_the_columns_of_a_record_are_those_of_its_table():
    assert tuple(field.attname for field in Record._meta.concrete_fields) == rows.COLUMNS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more", [{}, {"happened_from": "2026-11", "happened_to": "2026-11-16T09:00:00.25+01:00"}]
)
def test_a_row_just_written_is_the_row_in_the_table(more):
    ensure("school")
    record = prepared(concern(**more))
    with transaction.atomic():
        (saved,) = rows.write([record], marks_of([record.canonical]), None, MONDAY)
    (kept,) = Record.kept.values_list(*rows.COLUMNS)
    assert tuple(getattr(saved.row(), column) for column in rows.COLUMNS) == kept


@pytest.mark.django_db
def test_agencies_are_made_known_all_at_once_as_one_at_a_time():
    ensure("police")
    Post.objects.filter(agency="police", post="executive").delete()
    ensure_all(["school", "police", "health"])
    found = set(Post.objects.values_list("agency", "post", "holder__username"))
    Post.objects.all().delete()
    for code in ("school", "police", "health"):
        ensure(code)
    assert found == set(Post.objects.values_list("agency", "post", "holder__username"))
    assert Agency.objects.filter(pk__in=["school", "police", "health"]).count() == 3


@pytest.mark.django_db
def test_agencies_that_are_known_take_one_question(django_assert_num_queries):
    ensure_all(["school", "police"])
    with django_assert_num_queries(1):
        ensure_all(["school", "police"])


@pytest.mark.django_db
@given(st.lists(st.binary(max_size=200), max_size=5))
def test_marks_are_keyed_hashes_of_what_records_hold(contents):
    key = master.derived("marks of records")
    assert marks_of(contents) == [hmac.new(key, each, hashlib.sha256).hexdigest() for each in contents]
