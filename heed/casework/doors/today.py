"""The door to Today: what the viewer owes, was offered, raised, and what went up at the agencies they lead."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from heed.casework.actions.duties.barring import unbarred
from heed.casework.doors.introduced import Introduced
from heed.casework.doors.introduced import today as introduced
from heed.casework.doors.looks import looked
from heed.casework.doors.parted import Parted, parted_from
from heed.casework.doors.parties import LEADING, Owed, as_owed, posts_held, rungs_seen_as_partnership, whole
from heed.casework.doors.queue import to_confirm
from heed.casework.models import Duty
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED

PURPOSE = "to see what is owed today"
SHOWN = 50
"""The most of each list; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The first of a list, and how many there are in all."""

    shown: tuple[Owed, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """Four lists. `overdue` counts all that is owed too late; `went_up` is None for somebody who leads nothing.

    Beside them: agencies to speak with, files that went out of sight, and how many verdicts wait for the viewer as a
    second person."""

    owed: Listed
    overdue: int
    offered: Listed
    raised: Listed
    went_up: Listed | None
    introduced: tuple[Introduced, ...] = ()
    parted: tuple[Parted, ...] = ()
    to_confirm: int = 0


def today(*, viewer: Viewer, now: datetime) -> Today:
    """Everything on one page, each list ranked: what is due first comes first."""
    me = viewer.professional
    owed = Duty.objects.filter(owner=me, state__in=OWED).order_by("due_at", "-rung")
    offered = Duty.objects.filter(offered_to=me, state__in=OWED).order_by("due_at")
    raised = Duty.objects.filter(_raised_by(viewer)).order_by("-opened_at")
    page = Today(
        owed=_listed(viewer, owed),
        overdue=unbarred(owed.filter(due_at__lte=now), me, viewer.barred).count(),
        offered=_listed(viewer, offered),
        raised=_listed(viewer, raised),
        went_up=_went_up(viewer, now),
        introduced=tuple(introduced(viewer, now)),
        parted=tuple(parted_from(viewer, now)),
        to_confirm=to_confirm(viewer, now),
    )
    lists = (page.owed, page.offered, page.raised, page.went_up or Listed((), 0))
    records = {one.record for listed in lists for one in listed.shown if one.record and one.about}
    looked(viewer=viewer, subject="today", purpose=PURPOSE, records=records, now=now)
    return page


def _raised_by(viewer: Viewer) -> Q:
    """Raised here by the viewer, or in a record of their agency's that names them, with their role, as its author."""
    named = Q(raiser=None, raising_agency=viewer.agency, raiser_name=f"{viewer.name}, {viewer.role}")
    return Q(raiser=viewer.professional) | named


def _went_up(viewer: Viewer, now: datetime) -> Listed | None:
    """Duties that stand overdue, or climbed for want of an answer, at the viewer's agency or raised by it."""
    if not posts_held(viewer) & set(LEADING):
        return None
    ours = Q(owing_agency=viewer.agency) | Q(raising_agency=viewer.agency)
    ours |= Q(rung__in=rungs_seen_as_partnership(viewer))
    late = Q(due_at__lte=now) | Q(rung__gte=1)
    duties = Duty.objects.filter(ours, late, state__in=OWED).exclude(owner=viewer.professional)
    return _listed(viewer, duties.order_by(F("rung").desc(), "due_at"))


def _listed(viewer: Viewer, duties: QuerySet[Duty]) -> Listed:
    duties = unbarred(duties, viewer.professional, viewer.barred)
    return Listed(as_owed(viewer, whole(duties)[:SHOWN]), duties.count())
