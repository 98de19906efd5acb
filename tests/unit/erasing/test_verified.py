"""What stays after an erasure is held against the ledger like everything else."""

import pytest
from django.db import connection, transaction

from heed.casework.actions import erasing
from heed.casework.ledger import check
from tests.unit.erasing.test_erasing import LATER, asked, erased, is_whole, kept, people

pytestmark = pytest.mark.django_db
__all__ = ["kept", "people"]

STEP = "(select id from casework_duty where record_id = (select id from casework_record where document = ''))"
RECORDS = (
    "delete from casework_erasedrecord",
    "update casework_erasedrecord set source = 'school p-8'",
    "update casework_record set digest = '00' where document = ''",
    "update casework_record set ref = ref || '7' where document = ''",
    "update casework_record set kind = 'contact' where document = ''",
    "update casework_record set happened_from = recorded_at where document = ''",
    "update casework_record set received_by_id = null where document = ''",
    "delete from casework_record where document = ''",
    "update casework_record set document = '' where ref = 'C-3'",
)
REQUESTS = (
    "delete from casework_erasuredecision",
    "delete from casework_erasurerequest",
    "insert into casework_erasedrecord (record_id, request_id, source) select r.id, max(q.id), '' "
    "from casework_record r, casework_erasurerequest q where r.ref = 'C-3' group by r.id",
)
DUTIES = (
    f"update casework_duty set owner_id = (select max(id) from casework_professional) where id = {STEP}",
    f"update casework_duty set state = 'open' where id = {STEP}",
    f"update casework_duty set clause = 'other' where id = {STEP}",
    f"update casework_dutystep set decision = 'accepted' where number = 2 and duty_id = {STEP}",
    f"update casework_dutystep set by_id = null where number = 2 and duty_id = {STEP}",
    f"update casework_dutystep set kind = 'acknowledged' where number = 2 and duty_id = {STEP}",
    f"update casework_dutystep set at = '2026-01-01 00:00:00+00:00' where number = 2 and duty_id = {STEP}",
)


def is_seen(changes):
    unseen = []
    for change in changes:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("set constraints all deferred")
            cursor.execute(change)
            unseen += [] if check().faults else [change]
            transaction.set_rollback(True)
    assert unseen == []


@pytest.mark.parametrize("scope", [("record", "C-1"), ("child", "p-7")])
def test_a_change_to_what_an_erasure_left_is_a_fault(kept, scope):
    erased(kept, scope=scope[0], ref=scope[1])
    is_whole()
    is_seen((*RECORDS, *REQUESTS) if scope[0] == "child" else (*RECORDS, *REQUESTS, *DUTIES))


def test_a_request_or_a_refusal_that_is_gone_is_a_fault(kept):
    number = asked(kept.rosa).pk
    erasing.refuse(number=number, reason="it is needed for an inquiry", by=kept.lena, now=LATER)
    is_whole()
    is_seen(("delete from casework_erasuredecision", "delete from casework_erasurerequest"))
