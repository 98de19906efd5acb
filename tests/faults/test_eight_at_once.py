"""Eight threads save and answer at once: nobody is told that the database is locked, and the ledger has no gap."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from heed.casework.actions.receive import receive, receive_many
from heed.casework.ledger import check
from heed.casework.models import Duty, Record
from tests.concerns import MONDAY, concern
from tests.personas import standing

THREADS, EACH = 8, 12


def save(number, gate):
    gate.wait()
    try:
        # every third is also sent by the next thread: the same record at the same moment
        return [
            receive(
                record=concern(f"C-{n + (number + 1 if n % 3 == 0 else number) // 2 * 1000}"),
                by=None,
                now=MONDAY,
            )
            for n in range(EACH)
        ]
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_eight_threads_save_at_once():
    standing()
    gate = threading.Barrier(THREADS)
    with ThreadPoolExecutor(THREADS) as pool:
        receipts = [receipt for some in pool.map(lambda n: save(n, gate), range(THREADS)) for receipt in some]
    assert len(receipts) == THREADS * EACH
    refs = {receipt.ref for receipt in receipts}
    assert len({(receipt.ref, receipt.seq) for receipt in receipts}) == len(refs), (
        "the same record, the same receipt"
    )
    assert Record.kept.count() == Duty.objects.count() == len(refs)
    assert check().faults == []


def take_in(order, gate):
    gate.wait()
    try:
        for start in range(0, len(order), 40):
            records = [concern(f"C-{n}", child=f"p-{n}") for n in order[start : start + 40]]
            receive_many(records=records, by=None, now=MONDAY)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_the_same_files_are_taken_in_at_once_in_another_order():
    standing()
    gate = threading.Barrier(3)
    numbers = list(range(120))
    orders = [numbers, numbers[::-1], numbers[1::2] + numbers[::2]]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda order: take_in(order, gate), orders))
    assert Record.kept.count() == Duty.objects.count() == len(numbers)
    assert check().faults == []
