"""The door to drafts: each for its writer alone. For anybody else there is none."""

import json
from dataclasses import dataclass
from datetime import datetime

from heed.casework.actions.drafts import bound
from heed.casework.doors.looks import looked, refused
from heed.casework.models import Draft
from heed.casework.policy.sharing import sharing
from heed.casework.sealed import Gone, Unreadable, open_bytes
from heed.core.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Unsent:
    """A draft: the page it was written on, when it was last kept, when it goes, and what was filled in."""

    token: str
    saved_at: datetime
    until: datetime
    answers: dict[str, list[str]]


def mine(*, viewer: Viewer, now: datetime) -> list[Unsent]:
    """The viewer's drafts, the latest first."""
    kept = sharing().drafts_kept
    rows = Draft.objects.filter(owner=viewer.professional, saved_at__gte=now - kept).order_by("-saved_at")
    found = []
    for row in rows:
        try:
            content = open_bytes(row.content, bound=bound(viewer.professional, row.token))
        except (Gone, Unreadable):
            continue
        found.append(Unsent(row.token, row.saved_at, row.saved_at + kept, json.loads(content)))
    return found


def draft(*, viewer: Viewer, token: str, now: datetime) -> Unsent | None:
    """One of the viewer's drafts, or None. Logged either way: what was begun may be about any child."""
    found = next((each for each in mine(viewer=viewer, now=now) if each.token == token), None)
    log = refused if found is None else looked
    log(viewer=viewer, subject="draft", purpose="to carry on with a draft", now=now)
    return found
