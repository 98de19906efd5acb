"""Who is there, in words."""

from dataclasses import dataclass

from heed.casework.doors.there import Away, Somebody, Turn, Woken
from heed.core.duty.posts import WORDS, Post
from heed.web.presenters.wording import instant

WHYS = {"sick": "ill", "leave": "on leave", "off_duty": "off duty"}


@dataclass(frozen=True, slots=True)
class Line:
    """One absence or turn: what it is in words, its number, and whether it has begun."""

    number: int
    words: str
    begun: bool


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser in which somebody is told: its number, what tells it from the others, and by what it knows itself."""

    number: int
    words: str
    mark: str
    refused: str


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody, and all that is known of when they are there. `away` while an absence has begun."""

    id: int
    name: str
    who: str
    away: bool
    absences: tuple[Line, ...]
    turns: tuple[Line, ...]


def somebody(found: Somebody, *, mine: bool) -> Row:
    """One person of the page."""
    return Row(
        id=found.id,
        name=found.name,
        who=f"{found.name}, {found.role}" + (" (you)" if mine else ""),
        away=any(each.begun for each in found.absences),
        absences=tuple(Line(each.number, _away(each), each.begun) for each in found.absences),
        turns=tuple(Line(each.number, _turn(each), each.begun) for each in found.turns),
    )


def _away(each: Away) -> str:
    ends = f"back from {instant(each.until)}" if each.until else "nobody knows until when"
    return f"{WHYS.get(each.why, each.why)} from {instant(each.since)}, {ends}"


def _turn(each: Turn) -> str:
    return f"on call as {WORDS[Post(each.post)]} from {instant(each.since)} to {instant(each.until)}"


def browser(each: Woken) -> Browser:
    """One browser of the page."""
    words = f"turned on {instant(each.since)}, woken by {each.maker}"
    refused = f"cannot be reached since {instant(each.refused_at)}" if each.refused_at else ""
    return Browser(each.number, words, each.mark, refused)
