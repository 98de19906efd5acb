"""Entries are written in order, in the transaction of what they tell of, and without personal data."""

from datetime import UTC

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from heed.casework import proof
from heed.casework.actions import ledger
from heed.casework.actions.receive import receive
from heed.casework.ledger import check
from heed.casework.models import Body, Entry, Head
from heed.core.records.canonical import canonical
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db


def entry(n):
    return ledger.append(
        kind="consultation",
        subject=f"person:p_{n}",
        purpose="test",
        body={"n": n},
        by=None,
        agency=None,
        now=MONDAY,
    )


def test_entries_count_from_one_without_a_gap():
    with transaction.atomic():
        assert [entry(n).seq for n in range(5)] == [1, 2, 3, 4, 5]
    assert Head.objects.get().size == 5
    assert check().faults == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="in the transaction"):
        entry(1)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        entry(1)
        raise ZeroDivisionError
    assert Entry.objects.count() == 0
    with transaction.atomic():
        assert entry(2).seq == 1


def test_the_header_of_a_record_holds_opaque_ids_only():
    people = standing()
    receipt = receive(record=concern(), by=people.rosa, now=MONDAY)
    header = Entry.objects.get(seq=receipt.seq)
    words = " ".join(map(str, (header.kind, header.subject, header.purpose, header.agency_id)))
    assert "Marsh" not in words
    assert header.subject.startswith("record:")
    assert Body.objects.get(entry=header).text == ""


def test_equal_bodies_have_unequal_commitments():
    with transaction.atomic():
        same = [
            ledger.append(kind="k", subject="s", purpose="p", body={"a": 1}, by=None, agency=None, now=MONDAY)
            for _ in range(2)
        ]
    assert same[0].commitment != same[1].commitment


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
HEADERS = st.builds(
    proof.Header,
    seq=st.integers(1, 2**63),
    at=st.datetimes(timezones=st.timezones()),
    actor_id=st.none() | st.integers(1, 2**31),
    agency_id=st.none() | WORDS,
    kind=WORDS,
    subject=WORDS,
    purpose=WORDS,
    commitment=WORDS,
    leaf=st.just(""),
)


@given(HEADERS)
def test_a_header_written_out_is_its_canonical_json_byte_for_byte(header):
    told = {
        "seq": header.seq,
        "at": header.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": header.actor_id,
        "agency": header.agency_id,
        "kind": header.kind,
        "subject": header.subject,
        "purpose": header.purpose,
        "commitment": header.commitment,
    }
    assert proof.header(header).encode() == canonical(told)


def test_what_append_gives_back_is_what_the_table_holds():
    with transaction.atomic():
        given_back = entry(1)
    (kept,) = Entry.objects.values_list(*proof.Header._fields)
    assert tuple(getattr(given_back, column) for column in proof.Header._fields) == kept
    assert proof.leaf(given_back) == proof.leaf(proof.Header(*kept)) == kept[-1]


def test_no_two_entries_of_one_call_share_a_salt():
    act = ledger.Act("k", "s", "p", None, None, MONDAY, {"a": 1})
    with transaction.atomic():
        ledger.append_many([act] * 50)
        assert ledger.append_many([]) == []
    salts = set(Body.objects.values_list("salt", flat=True))
    assert len(salts) == 50
    assert {len(salt) for salt in salts} == {2 * ledger.SALT_BYTES}
    assert check().faults == []
