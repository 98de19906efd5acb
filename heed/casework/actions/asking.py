"""Writing down that somebody at a keyboard asked who knew what on a day: before they read the answer."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional

PURPOSE = "who knew what on a day"


def knew_asked(
    *, subject: str, on: date, agency: str, records: Iterable[int], by: Professional | None, now: datetime
) -> Entry:
    """One entry for the look: at whom, as of which day, at one agency's knowledge or all, and the rows it rests on."""
    with transaction.atomic():
        return ledger.append(
            kind="consultation",
            subject=subject,
            purpose=PURPOSE,
            body={"on": on.isoformat(), "of": agency, "records": sorted(set(records))},
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
