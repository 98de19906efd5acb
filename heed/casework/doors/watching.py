"""Who watches over the ledger, for whoever leads: agencies, counts and ages only, so this door has nothing to log."""

from datetime import datetime

from heed.casework.doors.parties import LEADING, posts_held
from heed.casework.witnessing import Watch, state
from heed.core.access.viewer import Viewer


def watching(*, viewer: Viewer, now: datetime) -> Watch | None:
    """How long ago each agency last signed; None for somebody who holds no leading post."""
    return state(now) if leads(viewer) else None


def leads(viewer: Viewer) -> bool:
    """Whether they hold a leading post at their own agency."""
    return bool(posts_held(viewer) & set(LEADING))
