"""Writing down that somebody at a keyboard read why two files are, or are not, one person: before they read it."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional


def pair_explained(*, left: str, right: str, by: Professional | None, now: datetime) -> Entry:
    """One entry for the look at a pair. The two files are named in its body, by reference only."""
    with transaction.atomic():
        return ledger.append(
            kind="consultation",
            subject="pair",
            purpose="why two files are one person, or not",
            body={"sources": sorted((left, right)), "records": []},
            by=by,
            agency=by.agency_id if by else left.partition(" ")[0],
            now=now,
        )
