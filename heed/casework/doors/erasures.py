"""The door to requests to erase: for who may ask or agree, whatever their agency. It opens no record."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework import sealed
from heed.casework.actions.duties.barring import unnamed
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parties import posts_held
from heed.casework.doors.sight import agency_names
from heed.casework.models import ErasureRequest
from heed.casework.policy.erasure import erasure_rules
from heed.casework.sealing.rows import reason_at
from heed.core.access.viewer import Viewer

GRADES = ("senior", "executive")
MOST = 200
ERASED = "of this the reason was erased"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `state` is waits, erased or refused, and then `why_not` says why; `may`: the viewer may be
    the second person."""

    number: int
    scope: str
    agency: str
    ref: str
    basis: str
    reason: str
    by: str
    at: datetime
    state: str
    decided_by: str
    decided_at: datetime | None
    entry: int | None
    why_not: str
    may: bool


def requests(*, viewer: Viewer, now: datetime) -> list[Asked] | None:
    """The newest requests, those that wait first; none for a senior person without such a post, who may read how it is
    done; None for everybody else."""
    rules = erasure_rules()
    held = posts_held(viewer)
    may = held & (rules.may_ask | rules.may_agree)
    if not may and viewer.grade in GRADES:
        looked(viewer=viewer, subject="erasures", purpose="how erasing is asked for", now=now)
        return []
    if not may:
        refused(viewer=viewer, subject="erasures", purpose="erasures", now=now)
        return None
    looked(viewer=viewer, subject="erasures", purpose="erasures", now=now)
    rows = ErasureRequest.objects.select_related("by__agency", "decision__by__agency").order_by("-pk")
    rows = unnamed(rows, viewer.barred)[:MOST]
    names, agrees = agency_names(), bool(held & rules.may_agree)
    found = [_asked(row, names, agrees and row.by_id != viewer.professional) for row in rows]
    return sorted(found, key=lambda each: each.state != "waits")


def request(*, viewer: Viewer, number: int, now: datetime) -> Asked | None:
    """One request, or None when there is none for this viewer."""
    found = requests(viewer=viewer, now=now)
    return next((each for each in found or [] if each.number == number), None)


def _asked(row: ErasureRequest, names: dict[str, str], may: bool) -> Asked:
    decision = getattr(row, "decision", None)
    state = "waits" if decision is None else "erased" if decision.agreed else "refused"
    bound = reason_at(row.agency_id, row.ref, row.by_id)
    return Asked(
        number=row.pk,
        scope=row.scope,
        agency=names.get(row.agency_id, row.agency_id),
        ref=row.ref,
        basis=erasure_rules().bases.get(row.basis, row.basis),
        reason=sealed.tried([(row.reason, bound)])[0] or ERASED,
        by=f"{row.by}, {row.by.agency}",
        at=row.at,
        state=state,
        decided_by=f"{decision.by}, {decision.by.agency}" if decision else "",
        decided_at=decision.at if decision else None,
        entry=decision.entry if decision else None,
        why_not=_why_not(row),
        may=may and state == "waits",
    )


def _why_not(row: ErasureRequest) -> str:
    decision = getattr(row, "decision", None)
    if decision is None or decision.agreed:
        return ""
    bound = ("casework_erasuredecision", "reason", row.pk)
    return sealed.tried([(decision.reason, bound)])[0] or ERASED
