"""What somebody was told of lately, in Heed: references only, so nothing is logged. Reading clears nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework.actions.duties.barring import unbarred
from heed.casework.models import Duty, Notice
from heed.casework.policy.notices import notice_rules
from heed.core.access.viewer import Viewer
from heed.core.duty.notices import WORDS, ranked
from heed.core.duty.notices import Notice as Kind

LATELY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class News:
    """What is new: references with a sentence each, the most pressing first, and how many more there are."""

    told: tuple[tuple[str, str], ...]
    more: int


def news(*, viewer: Viewer, now: datetime) -> News:
    """The newest notices of the last days, each duty once."""
    rows = Notice.objects.filter(professional=viewer.professional, at__gt=now - LATELY, at__lte=now)
    if viewer.barred:
        rows = rows.filter(duty__in=unbarred(Duty.objects.all(), viewer.professional, viewer.barred))
    found = ranked(rows.order_by("-at", "-pk").values_list("duty__reference", "kind")[:500])
    most = notice_rules().most_named
    shown = tuple((reference, WORDS[Kind(kind)]) for reference, kind in found[:most])
    return News(shown, max(0, len(found) - most))
