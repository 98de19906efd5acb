"""Somebody with the database changes one value by hand. Whatever it is, verifying finds it and names it."""

import json

import pytest
from django.db import connection, transaction

from heed.casework.actions.duties import answer, disagree, escalate_due
from heed.casework.actions.receive import receive
from heed.casework.actions.verdicts import judge
from heed.casework.ledger import check
from heed.casework.models import Body, Duty, Entry, Record, Verdict
from heed.casework.sealed import bound_to, document_of, mark, seal_text
from heed.casework.sealing import whose
from heed.core.records.canonical import line
from tests.concerns import MONDAY, concern
from tests.personas import standing

pytestmark = pytest.mark.django_db
LATER = "2031-01-01 00:00:00+00:00"

CHANGES = [
    # table, column, value, what verifying names
    (
        "casework_record",
        "document",
        "substr(document, 1, 40) || 'AAAA' || substr(document, 45)",
        "record school C-1 r1",
    ),
    ("casework_record", "document", "document || ' '", "record school C-1 r1"),
    ("casework_record", "document", "'[]'", "record school C-1 r1"),
    ("casework_record", "document", "'{'", "record school C-1 r1"),
    ("casework_record", "digest", "replace(digest, substr(digest, 1, 1), 'x')", "digest"),
    ("casework_record", "ref", "'C-9'", "record school C-9"),
    ("casework_record", "revision", "2", "r2, entry 1: cannot be opened"),
    ("casework_record", "kind", "'contact'", "kind"),
    ("casework_record", "agency_id", "'voluntary'", "cannot be opened"),
    ("casework_record", "happened_from", f"'{LATER}'", "happened_from"),
    ("casework_record", "happened_to", f"'{LATER}'", "happened_to"),
    ("casework_record", "recorded_at", f"'{LATER}'", "recorded_at"),
    ("casework_record", "received_at", f"'{LATER}'", "received_at"),
    ("casework_record", "received_by_id", "null", "received_by_id"),
    ("casework_entry", "at", f"'{LATER}'", "entry 1"),
    ("casework_entry", "actor_id", "null", "entry 1"),
    ("casework_entry", "agency_id", "'voluntary'", "entry 1"),
    ("casework_entry", "kind", "'look'", "entry 1"),
    ("casework_entry", "subject", "'record:0'", "entry 1"),
    ("casework_entry", "purpose", "'other'", "entry 1"),
    ("casework_entry", "commitment", "replace(commitment, substr(commitment, 1, 1), 'x')", "entry 1"),
    ("casework_entry", "leaf", "upper(leaf)", "entry 1"),
    ("casework_body", "salt", "replace(salt, substr(salt, 1, 1), 'x')", "entry 1"),
    ("casework_body", "text", "text || ' '", "entry 1"),
    ("casework_head", "size", "size + 1", "head"),
    ("casework_head", "frontier", "'00'", "head"),
    ("casework_duty", "reference", "'D-0'", "D-0"),
    ("casework_duty", "clause", "'something else'", "duty D-"),
    ("casework_duty", "finding", "'a finding'", "duty D-"),
    ("casework_duty", "raiser_name", "'somebody else'", "duty D-"),
    ("casework_duty", "raiser_id", "null", "duty D-"),
    ("casework_duty", "record_id", "null", "duty D-"),
    ("casework_duty", "owing_agency_id", "'voluntary'", "duty D-"),
    ("casework_duty", "raising_agency_id", "'voluntary'", "duty D-"),
    ("casework_duty", "opened_at", f"'{LATER}'", "duty D-"),
    ("casework_duty", "state", "'answered'", "duty D-"),
    ("casework_duty", "state", "'gone'", "duty D-"),
    ("casework_duty", "rung", "0", "duty D-"),
    ("casework_duty", "due_at", f"'{LATER}'", "duty D-"),
    ("casework_duty", "moves", "moves + 1", "duty D-"),
    ("casework_duty", "owner_id", "{carl}", "duty D-"),
    ("casework_duty", "offered_to_id", "{carl}", "duty D-"),
    ("casework_dutystep", "kind", "'climbed'", "step"),
    ("casework_dutystep", "words", "words || '.'", "step"),
    ("casework_dutystep", "decision", "'assessment'", "step"),
    ("casework_dutystep", "rung", "rung + 1", "step"),
    ("casework_dutystep", "number", "number + 10", "step"),
    ("casework_dutystep", "at", f"'{LATER}'", "step"),
    ("casework_dutystep", "due_at", f"'{LATER}'", "step"),
    ("casework_dutystep", "by_id", "null", "step"),
    ("casework_dutystep", "owner_id", "{carl}", "step"),
]


@pytest.fixture
def people():
    """A concern that went up a rung, was refused, and opened again."""
    people = standing()
    receive(record=concern(), by=people.rosa, now=MONDAY)
    duty = Duty.objects.get()
    escalate_due(now=duty.due_at)
    answer(
        duty=duty.reference,
        by=people.sam,
        decision="no_further_action",
        reason="she came home",
        now=duty.due_at,
    )
    disagree(duty=duty.reference, by=people.rosa, words="nobody has spoken to her", now=duty.due_at)
    assert check().faults == []
    return people


@pytest.mark.parametrize(("table", "column", "value", "named"), CHANGES)
def test_a_value_changed_by_hand_is_found_and_named(people, table, column, value, named):
    where = {"casework_entry": " where seq = 1", "casework_body": " where entry_id = 1"}.get(table, "")
    if table == "casework_dutystep":
        where = " where number = 3"
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = {value.replace('{carl}', str(people.carl.pk))}{where}")
        assert cursor.rowcount == 1
    faults = [str(fault) for fault in check().faults]
    assert any(named in fault for fault in faults), faults


@pytest.mark.parametrize("column", ["at", "actor_id", "commitment", "leaf"])
def test_every_entry_is_looked_at_not_only_the_first(people, column):
    last = Entry.objects.order_by("seq").last().seq
    value = {"at": f"'{LATER}'", "actor_id": str(people.carl.pk)}.get(column, "'00'")
    with connection.cursor() as cursor:
        cursor.execute(f"update casework_entry set {column} = {value} where seq = {last}")
    assert any(f"entry {last}" in str(fault) for fault in check().faults)


@pytest.mark.parametrize(("table", "column", "named"), [
    ("casework_entry", "at", "entry 1"),
    ("casework_record", "recorded_at", "record row"),
    ("casework_duty", "due_at", "duty 1"),
    ("casework_dutystep", "at", "dutystep 1"),
])  # fmt: skip
def test_a_time_that_is_none_is_found_and_does_not_stop_the_rest(people, on_postgresql, table, column, named):
    if on_postgresql:
        return  # the column itself refuses such a value
    key = {"casework_entry": "seq"}.get(table, "id")
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set {column} = '2026-13-45 99:00:00' where {key} = 1")
    assert any(str(fault).startswith(named) for fault in check().faults)


@pytest.mark.parametrize("sql", [
    "delete from casework_body where entry_id = {seq}; delete from casework_entry where seq = {seq}",
    "delete from casework_body where entry_id = {seq}",
    "delete from casework_head",
    "delete from casework_dutystep where number = 2",
])  # fmt: skip
def test_what_was_removed_is_missed(people, sql):
    last = Entry.objects.order_by("seq").last().seq
    with connection.cursor() as cursor:
        for one in sql.format(seq=last).split(";"):
            cursor.execute(one)
    assert check().faults


def test_a_record_put_in_by_hand_has_no_entry(people):
    row = Record.kept.get()
    row.pk, row.ref = None, "C-FORGED"
    row._state.adding = True
    row.save()
    assert "record school C-FORGED: has no entry in the ledger" in map(str, check().faults)


@pytest.fixture
def judged(people):
    """Somebody has said what they know of two children in two files."""
    receive(record=concern("C-2", child="p-8"), by=people.rosa, now=MONDAY)
    judge(
        left="school p-7",
        right="school p-8",
        verdict="different",
        reason="they are sisters",
        by=people.rosa,
        now=MONDAY,
    )
    assert check().faults == []
    return people


@pytest.mark.parametrize(("column", "value"), [
    ("left", "'school p-9'"),
    ("right", "'school p-9'"),
    ("verdict", "'same'"),
    ("reason", "'they are one'"),
    ("by_id", "{carl}"),
    ("at", f"'{LATER}'"),
    ("id", "id + 1"),
])  # fmt: skip
def test_what_somebody_said_of_a_link_cannot_be_changed_unseen(judged, column, value):
    name = connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(f"update casework_verdict set {name} = {value.replace('{carl}', str(judged.carl.pk))}")
    assert any("verdict" in str(fault) for fault in check().faults)


def test_a_verdict_removed_or_put_in_by_hand_is_found(judged):
    said = Verdict.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("delete from casework_verdict")
    assert any(f"verdict:{said.pk}" in str(fault) for fault in check().faults)
    said._state.adding = True
    said.save()
    assert check().faults == []
    said.pk, said._state.adding = said.pk + 1, True
    said.save()
    assert f"verdict {said.pk}: has no entry in the ledger" in map(str, check().faults)


def test_a_record_rewritten_is_found_also_when_its_words_are_put_beside_its_entry(people):
    row = Record.kept.get()
    told = document_of(row)
    document = json.loads(told) | {"text": "Nothing happened."}
    forged = seal_text(line(document), key_of=whose.document(document), bound=bound_to(row))
    entry = Entry.objects.get(kind="collection")
    with connection.cursor() as cursor:
        cursor.execute("update casework_body set text = %s where entry_id = %s", [told, entry.seq])
        cursor.execute("update casework_record set document = %s, digest = %s", [forged, mark(document)])
    assert any("school C-1 r1 is not what was committed to" in str(fault) for fault in check().faults)


@pytest.mark.parametrize("number", [0, -3, 10**12])
def test_an_entry_outside_the_order_is_found_at_once(people, number):
    forged, body = Entry.objects.get(seq=1), Body.objects.get(entry=1)
    forged.seq, forged._state.adding = number, True
    forged.save()
    assert any(str(fault).startswith(f"entry {number}:") for fault in check().faults)
    body.entry_id, body._state.adding = number, True
    body.save()
    assert any(str(fault).startswith(f"entry {number}:") for fault in check().faults)


@pytest.mark.parametrize(("row", "named"), [
    ("body (entry_id, salt, text) select 88888, salt, text from casework_body where entry_id = 1", "body 88888"),
    ("head (id, size, frontier) select 0, size, frontier from casework_head", "head 0"),
    ("dutystep (duty_id, number, at, kind, rung, owner_id, decision, words, level) select 99999, 1, at, kind, rung, "
     "owner_id, decision, words, level from casework_dutystep where number = 1", "duty row 99999, step 1"),
    ("duty (id, reference, clause, finding, about, owing_agency_id, raiser_name, owner_id, opened_at, state, rung, "
     "moves, level) select 0, 'D-F', clause, '', '', owing_agency_id, '', owner_id, opened_at, state, rung, moves, level "
     "from casework_duty", "duty D-F"),
])  # fmt: skip
def test_a_row_that_hangs_on_nothing_is_found(people, row, named):
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"insert into casework_{row}")
        faults = [str(fault) for fault in check().faults]
        transaction.set_rollback(True)
    assert any(fault.startswith(named) for fault in faults), faults
