"""`heed import --receipts FILE`: a signed receipt of every record, to be kept outside Heed."""

import json

import pytest
from django.db import connection

from heed.casework.commands.import_ import command as import_
from heed.casework.commands.ledger import command as ledger
from heed.core.records.checkpoints import RECEIPT_HEADER
from tests.unit.commands.running import run
from tests.unit.records.documents import minimal

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(tmp_path):
    """Three records imported, their receipts in a file outside the house."""
    records, out = tmp_path / "records.jsonl", tmp_path / "receipts.txt"
    records.write_text("".join(json.dumps(minimal(ref=f"R-{n}")) + "\n" for n in range(3)))
    assert run(import_, "records", records, "--receipts", out).code == 0
    return out


def test_every_record_has_a_receipt_and_each_holds(kept):
    assert kept.read_text().count(f"{RECEIPT_HEADER}\n") == 3
    assert run(ledger, "verify", "--receipt", kept).code == 0


def test_a_record_taken_out_is_missed_by_its_receipt(kept):
    with connection.cursor() as cursor:
        cursor.execute("update casework_entry set purpose = 'superseding' where seq = 2")
    ran = run(ledger, "verify", "--receipt", kept)
    assert ran.code == 1
    assert "entry 2 is not the one that was receipted" in ran.out


def test_a_file_that_is_no_receipt_is_said_to_be_none(kept):
    kept.write_text("Receipt 12, thank you\n")
    ran = run(ledger, "verify", "--receipt", kept)
    assert ran.code == 1
    assert str(kept) in ran.out


def test_receipts_are_never_written_over_a_file_that_is_there(kept, tmp_path):
    again = run(import_, "records", tmp_path / "records.jsonl", "--receipts", kept)
    assert again.code == 2
    assert "Name a new file" in again.explained
