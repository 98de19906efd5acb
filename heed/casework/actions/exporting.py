"""Writing down that records were taken out of the house, before the first of them leaves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional
from heed.casework.policy.exports import read_exports

KIND = "export"
ON_COMMAND_LINE = "records written out on the command line"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to take out, and why. `others` and `addresses` are the reasons for leaving in what is left
    out otherwise; empty: it is left out."""

    format: str
    subject: str
    reason: str
    purpose: str
    others: str = ""
    addresses: str = ""


def export_begins(*, agency: str | None, by: Professional | None, now: datetime, purpose: str = "") -> Entry:
    """One entry for an export of one agency's records as they came, or of all. An export is the largest look there
    is."""
    with transaction.atomic():
        return ledger.append(
            kind=KIND,
            subject=f"agency:{agency}" if agency else "all agencies",
            purpose=ON_COMMAND_LINE,
            body={"agency": agency} | ({"purpose": purpose} if purpose else {}),
            by=by,
            agency=agency,
            now=now,
        )


def take_out(*, asked: Asked, records: Collection[int], by: Professional | None, now: datetime) -> Entry:
    """One entry for an export in a format for people: its number is stamped on all that leaves.

    Raises Explained where policy knows no such reason, or the purpose is said in too few words.
    """
    read_exports().check(asked.reason, asked.purpose, asked.others, asked.addresses)
    body = {
        "format": asked.format,
        "purpose": asked.purpose.strip(),
        "others": asked.others.strip(),
        "addresses": asked.addresses.strip(),
        "records": sorted(records),
    }
    with transaction.atomic():
        return ledger.append(
            kind=KIND,
            subject=asked.subject,
            purpose=asked.reason,
            body=body,
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
