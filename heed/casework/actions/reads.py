"""Writing down what the worker read of records without a person who looks: for which reasons, and how often."""

from datetime import datetime

from django.db import transaction

from heed.casework import system_reads
from heed.casework.actions import ledger
from heed.casework.models import Entry

KIND = "system"
SUBJECT = "system:worker"


def note_reads(*, by: None, now: datetime) -> Entry | None:
    """One entry for everything this process read since the last one; None where it read nothing."""
    reads = system_reads.waiting()
    if not reads:
        return None
    with transaction.atomic():
        entry = ledger.append(
            kind=KIND, subject=SUBJECT, purpose="read without a person", body={"reads": reads}, by=by, agency=None,
            now=now,
        )  # fmt: skip
    system_reads.taken(reads)
    return entry
