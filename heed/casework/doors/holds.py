"""The door to legal holds: for who may ask for an erasure or agree to one, whatever their agency. It opens no record."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.duties.barring import unnamed
from heed.casework.doors.erasures import ERASED, GRADES, MOST
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import posts_held
from heed.casework.doors.sight import agency_names
from heed.casework.models import LegalHold
from heed.casework.policy.erasure import erasure_rules
from heed.core.access.viewer import Viewer

PURPOSE = "legal holds"


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold that stands. `may_lift`: the viewer works for the agency that set it."""

    number: int
    scope: str
    agency: str
    ref: str
    reason: str
    by: str
    at: datetime
    may_lift: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """The holds that stand, newest first; `may` set another."""

    standing: tuple[Hold, ...]
    may: bool


def holds(*, viewer: Viewer, now: datetime) -> Holds | None:
    """All that stand; none for a senior person without a post for it, who may read how it is done; None for everybody
    else. Logged either way."""
    rules = erasure_rules()
    may = bool(posts_held(viewer) & (rules.may_ask | rules.may_agree))
    if not may and viewer.grade not in GRADES:
        refused(viewer=viewer, subject="holds", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject="holds", purpose=PURPOSE, now=now)
    if not may:
        return Holds((), may=False)
    rows = LegalHold.objects.filter(lifted=None).select_related("by__agency").order_by("-pk")
    rows = unnamed(rows, viewer.barred)[:MOST]
    names = agency_names()
    return Holds(tuple(_hold(row, names, viewer) for row in rows), may=True)


def hold(*, viewer: Viewer, number: int, now: datetime) -> Hold | None:
    """One that stands, or None when there is none for this viewer."""
    found = holds(viewer=viewer, now=now)
    return next((each for each in found.standing if each.number == number), None) if found else None


def _hold(row: LegalHold, names: dict[str, str], viewer: Viewer) -> Hold:
    bound = ("casework_legalhold", "reason", row.agency_id, row.ref, row.by_id)
    return Hold(
        number=row.pk,
        scope=row.scope,
        agency=names.get(row.agency_id, row.agency_id),
        ref=row.ref,
        reason=sealed.tried([(row.reason, bound)])[0] or ERASED,
        by=f"{row.by}, {row.by.agency}" if row.by else "whoever runs this Heed",
        at=row.at,
        may_lift=row.by is None or row.by.agency_id == viewer.agency,
    )
