"""Writing down that somebody at a keyboard asked who knew what on a day: before they read the answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional

PURPOSE = "who knew what on a day"


def knew_asked(
    *, subject: str, on: date, agency: str, records: Iterable[int], by: Professional | None, now: datetime,
    glasses: Sequence[str] = (),
) -> Entry:  # fmt: skip
    """One entry for the look: at whom, as of which day, at one agency's knowledge or all, the rows it rests on, and the
    emergency access that is open to whoever asks."""
    told = {"on": on.isoformat(), "of": agency, "records": sorted(set(records))}
    with transaction.atomic():
        return ledger.append(
            kind="consultation",
            subject=subject,
            purpose=PURPOSE,
            body={**told, "glass": list(glasses)} if glasses else told,
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
