"""Noting who signed in."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Professional


def note_sign_in(*, by: Professional, now: datetime) -> None:
    """Write in the ledger that somebody signed in."""
    with transaction.atomic():
        ledger.append(
            kind="sign_in",
            subject=f"professional:{by.pk}",
            purpose="to use Heed",
            body={},
            by=by,
            agency=by.agency_id,
            now=now,
        )
