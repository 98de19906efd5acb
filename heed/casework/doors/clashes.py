"""The door to one number that stands in files with several dates of birth: those files side by side, and their pairs."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.links import Pair, Side, pairs_between, sides_of
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.queue import files_by_number
from heed.casework.linking.clashing import stored
from heed.core.access.viewer import Viewer
from heed.core.identity.conflicts import number_key

MOST = 30
"""Files shown side by side; a number in more files is a placeholder, and the page says so."""


@dataclass(frozen=True, slots=True)
class NumberClash:
    """One number: its scheme and value as the files write it, the files in sight, how many there are of them, and the
    pairs among them that can be judged."""

    scheme: str
    value: str
    sides: tuple[Side, ...]
    files: int
    pairs: tuple[Pair, ...]


def clash(*, viewer: Viewer, key: str, now: datetime) -> NumberClash | None:
    """One conflict as far as the viewer sees it; None where what they see does not contradict itself."""
    files = files_by_number(viewer, key).get(key)
    if files is None:
        refused(viewer=viewer, subject=f"clash:{key}", purpose="one number in several files", now=now)
        return None
    shown = sorted(files)[:MOST]
    sides = sides_of(viewer, shown)
    rows = frozenset().union(*(side.shown for side in sides.values()))
    looked(
        viewer=viewer, subject=f"clash:{key}", purpose="one number in several files", records=rows, now=now
    )
    shared = set.intersection(*(set(profile.numbers) for profile in files.values()))
    scheme, value = next((number for number in shared if stored(number_key(*number)) == key), ("", ""))
    pairs = pairs_between(viewer, shown)
    return NumberClash(scheme, value, tuple(sides[key] for key in shown), len(files), tuple(pairs))
