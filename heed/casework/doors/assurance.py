"""The door to the monthly assurance report: counts of nobody by name, for whoever holds a leading post."""

from datetime import datetime

from heed.casework.assurance import Assurance, report
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.watching import leads
from heed.core.access.viewer import Viewer
from heed.core.review.assurance import Month

PURPOSE = "the monthly assurance report"


def assurance(*, viewer: Viewer, month: Month, now: datetime) -> Assurance | None:
    """The report of a month; None for somebody who holds no leading post. Logged either way."""
    log = looked if leads(viewer) else refused
    log(viewer=viewer, subject=f"assurance:{month}", purpose=PURPOSE, now=now)
    return report(month, now) if leads(viewer) else None
