"""Whether this installation is safe to serve: each safeguard that is off is said in a paragraph of its own.

`heed doctor` tells all of it; `heed serve` refuses while anything of level `refuses` stands.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from heed.casework.selfcheck import databases, ledger, places, post, safeguards
from heed.casework.selfcheck.trouble import REFUSES, WARNS, Trouble
from heed.core.records.explained import Explained

__all__ = ["REFUSES", "WARNS", "Trouble", "must_be_safe", "troubles"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")
DEMONSTRATION = "demo.json"
"""The stamp that `heed demo` leaves in the data folder."""


def troubles(now: datetime, host: str = "127.0.0.1") -> list[Trouble]:
    """Everything that is not as it should be, what refuses first. `host` is where the pages are or will be served."""
    here = host in LOOPBACK
    shown = here and (Path(settings.DATA) / DEMONSTRATION).exists()
    found = [
        *safeguards.troubles(host, here),
        *places.troubles(),
        *databases.troubles(demonstration=shown),
        *ledger.troubles(now),
        *post.troubles(now),
    ]
    return sorted(found, key=lambda trouble: trouble.level != REFUSES)


def must_be_safe(now: datetime, host: str) -> int:
    """Raises Explained with everything that forbids to serve; gives the number of warnings that are left."""
    found = troubles(now, host)
    refusing = [trouble.words for trouble in found if trouble.level == REFUSES]
    if refusing:
        count = "" if len(refusing) == 1 else f" ({len(refusing)} reasons)"
        raise Explained(f"not safe to serve{count}. " + "\n\n".join(refusing))
    return len(found)
