"""The door to the Ashmere review: a made-up case, replayed when the demonstration was filled. No record of the house."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from heed.casework.doors.looks import looked, refused
from heed.core.access.viewer import Viewer

FILE = "ashmere-review.json"
SUBJECT, PURPOSE = "review:ashmere", "the story of a made-up case"


def ashmere(*, viewer: Viewer, now: datetime) -> dict[str, Any] | None:
    """The replay as `heed review --json` prints it; None in a house that is no demonstration. Logged either way."""
    file = Path(settings.DATA) / FILE
    if not file.exists():
        refused(viewer=viewer, subject=SUBJECT, purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=SUBJECT, purpose=PURPOSE, now=now)
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told
