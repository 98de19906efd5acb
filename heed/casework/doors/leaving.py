"""The door through which somebody takes records of one child, or of one finding, out of the house.

Who may not see the child or the finding gets None, exactly as for what does not exist; what they may not see does not
leave. The entry of the export is written before the file is made.
"""

from datetime import datetime

from heed.casework import leaving
from heed.casework.actions.exporting import Asked
from heed.casework.doors import children, findings
from heed.casework.leaving import Scope, Taken
from heed.casework.models import Professional, Record
from heed.core.access.viewer import Viewer, without_glass

CHILD_FORMATS = {
    "xlsx": "Chronology as a workbook",
    "csv": "Chronology as CSV",
    "links": "Links for a chart, as CSV",
    "graphml": "Network as GraphML",
    "followthemoney": "Network as FollowTheMoney",
}
FINDING_FORMATS = {name: CHILD_FORMATS[name] for name in ("graphml", "links", "followthemoney", "xlsx")}


def sees_child(*, viewer: Viewer, person: str, now: datetime) -> bool:
    """Whether there is anything of this child the viewer may see; logged either way."""
    return children.child(viewer=viewer, person=person, now=now) is not None


def sees_finding(*, viewer: Viewer, id: str, now: datetime) -> bool:
    """Whether the finding is there for the viewer; logged either way."""
    return findings.finding(viewer=viewer, id=id, now=now) is not None


def take_child(*, viewer: Viewer, person: str, asked: Asked, now: datetime) -> Taken | None:
    """What the viewer may see of a child, as a file. Raises Explained for a reason or purpose that is none."""
    if not sees_child(viewer=viewer, person=person, now=now):
        return None
    return _taken(viewer, Scope(child=person), asked, now)


def take_finding(*, viewer: Viewer, id: str, asked: Asked, now: datetime) -> Taken | None:
    """The records behind a finding that the viewer may see, as a file. Raises Explained likewise."""
    if not sees_finding(viewer=viewer, id=id, now=now):
        return None
    return _taken(viewer, Scope(finding=id), asked, now)


def _taken(viewer: Viewer, scope: Scope, asked: Asked, now: datetime) -> Taken:
    by = Professional.objects.get(pk=viewer.professional)
    rows = Record.objects.visible_to(without_glass(viewer))
    return leaving.take(scope=scope, asked=asked, rows=rows, by=by, now=now)
