"""What of Heed's own does not run as it should, for whoever leads: names and instants only, so nothing is logged."""

from datetime import datetime

from heed.casework.actions.duties.abouts import in_words
from heed.casework.actions.duties.escalating import due
from heed.casework.doors.watching import leads
from heed.casework.models import Duty
from heed.casework.rules import troubles
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED


def own_watch(*, viewer: Viewer, now: datetime) -> tuple[str, ...]:
    """A sentence for each rule in trouble, and how far the clock is behind; nothing for somebody who leads nothing."""
    if not leads(viewer):
        return ()
    said = [_owed(each.rule, in_words(each)) for each in troubles(now)]
    first = due(now).values_list("due_at", flat=True).first()
    if first is not None and (behind := int((now - first).total_seconds() // 60)):
        said.append(f"The clock is {behind} minutes behind: something fell due then and has not gone up yet.")
    return tuple(said)


def _owed(rule: str, words: str) -> str:
    """Who has it in hand."""
    duty = Duty.objects.filter(about=f"rule:{rule}", state__in=OWED).select_related("owner__agency").first()
    return (
        f"{words} It is owed by {duty.owner} ({duty.owner.agency}), duty {duty.reference}." if duty else words
    )
