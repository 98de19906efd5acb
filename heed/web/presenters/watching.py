"""Who watches over the ledger, in words: never by colour alone."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.watching import Watch
from heed.casework.policy import policy

TAGS = {"green": ("green", "In order"), "amber": ("yellow", "Late"), "red": ("red", "Not watched")}
DAY_HOURS = 48


@dataclass(frozen=True, slots=True)
class WatchShown:
    """The state as a tag with its word and a sentence, then one sentence for each agency."""

    tag: str
    word: str
    words: str
    agencies: tuple[str, ...]


def watch(found: Watch | None, now: datetime) -> WatchShown | None:
    """What is shown; None for somebody it is not shown to."""
    if found is None:
        return None
    tag, word = TAGS[found.colour]
    known = policy().agencies
    return WatchShown(
        tag=tag,
        word=word,
        words=found.words,
        agencies=tuple(f"{known[each.agency].name}: {_ago(each.at, now)}" for each in found.seen),
    )


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "has not signed yet"
    hours = max(0, int((now - at).total_seconds() // 3600))
    if hours < 1:
        return "signed within the last hour"
    return f"last signed {hours} hours ago" if hours <= DAY_HOURS else f"last signed {hours // 24} days ago"
