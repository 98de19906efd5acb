"""Writing down that records were taken out of the house, before the first of them leaves."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional


def export_begins(*, agency: str | None, by: Professional | None, now: datetime) -> Entry:
    """One entry for an export of one agency's records, or of all. An export is the largest look there is."""
    with transaction.atomic():
        return ledger.append(
            kind="export",
            subject=f"agency:{agency}" if agency else "all agencies",
            purpose="records written out on the command line",
            body={"agency": agency},
            by=by,
            agency=agency,
            now=now,
        )


def proof_export_begins(*, bodies: bool, by: Professional | None, now: datetime) -> Entry:
    """One entry for an export of the ledger itself: headers and commitments, or with all that was ever said."""
    with transaction.atomic():
        return ledger.append(
            kind="export",
            subject="ledger",
            purpose="the ledger written out to be verified",
            body={"bodies": bodies},
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
