"""Pages somebody has not sent yet, for their writer."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.casework.doors.drafts import Unsent
from heed.web.presenters import wording

LONGEST = 60


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A draft: how it begins, when it was last kept, until when it is."""

    token: str
    begins: str
    kept: str
    until: str


def drafts(unsent: Iterable[Unsent]) -> list[DraftShown]:
    """Each in a line."""
    return [
        DraftShown(
            each.token, _begins(each), wording.instant(each.saved_at), wording.day(wording.day_of(each.until))
        )
        for each in unsent
    ]


def _begins(unsent: Unsent) -> str:
    words = " ".join("".join(unsent.answers.get("text", [""])).split())
    if not words:
        return "a concern without words yet"
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"
