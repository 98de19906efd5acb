"""Writing down that encodings of an agency's children leave the house, and that handles were resolved, before either."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import Entry, Professional

EXPORT, LOOK = "export", "consultation"


def encodings_leave(
    *, agency: str, project: str, key: str, people: int, by: Professional | None, now: datetime
) -> Entry:
    """One entry before a file of encodings is written. `key` is the key's fingerprint, never the key."""
    with transaction.atomic():
        return ledger.append(
            kind=EXPORT,
            subject=f"agency:{agency}",
            purpose="encodings without names",
            body={"project": project, "key": key, "people": people},
            by=by,
            agency=agency,
            now=now,
        )


def handles_resolved(
    *, agency: str, project: str, other: str, handles: list[str], by: Professional | None, now: datetime
) -> Entry:
    """One entry before an agency is told which of its own children another holds as well."""
    with transaction.atomic():
        return ledger.append(
            kind=LOOK,
            subject=f"agency:{agency}",
            purpose="resolving encodings",
            body={"project": project, "other": other, "handles": sorted(handles), "records": []},
            by=by,
            agency=agency,
            now=now,
        )
