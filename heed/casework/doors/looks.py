"""Every look is an entry of the ledger, written before anything is handed to whoever looks."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.conflicts import tried
from heed.casework.models import Professional
from heed.core.access.viewer import Viewer


def looked(*, viewer: Viewer, subject: str, purpose: str, records: Iterable[int] = (), now: datetime) -> None:
    """Log a look: at what (an opaque id, never a name), for what, and which record rows were shown. The entry names
    the emergency access that is open to whoever looks."""
    _log("consultation", viewer, subject, purpose, {"records": sorted(set(records))}, now)


def refused(*, viewer: Viewer, subject: str, purpose: str, now: datetime) -> None:
    """Log a look that was refused, or at somebody who does not exist: the two are not told apart. Where it was at
    somebody with whom the viewer has a conflict of interest, a lead outside of their line is told."""
    _log("refusal", viewer, subject, purpose, {"records": []}, now)
    if viewer.barred:
        tried(viewer=viewer, person=subject, now=now)


def _log(
    kind: str, viewer: Viewer, subject: str, purpose: str, body: dict[str, object], now: datetime
) -> None:
    with transaction.atomic():
        by = Professional.objects.get(pk=viewer.professional)
        if viewer.glasses:
            body["glass"] = list(viewer.glasses)
        ledger.append(
            kind=kind, subject=subject, purpose=purpose, body=body, by=by, agency=viewer.agency, now=now
        )
