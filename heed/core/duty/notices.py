"""Who is told of a step of a duty, and how soon. What a notice says is a reference; what it is about is read in Heed."""

from collections.abc import Iterable
from enum import StrEnum

from heed.core.duty.moves import Move


class Notice(StrEnum):
    """Why somebody is told, the most pressing first."""

    DANGER = "danger"
    SECOND = "second"
    OFFERED = "offered"
    OWED = "owed"
    ANSWERED = "answered"
    VOICE = "voice"


class By(StrEnum):
    """By what else than a letter somebody is told, at once, that one waits."""

    PUSH = "push"
    SMS = "sms"
    BROWSER = "browser"


WORDS = {
    Notice.DANGER: "you owe an answer at once",
    Notice.SECOND: "you are asked as a second person",
    Notice.OFFERED: "it is offered to you",
    Notice.OWED: "you owe an answer",
    Notice.ANSWERED: "what you raised was answered",
    Notice.VOICE: "there is something new on it",
}
AT_ONCE = frozenset({Notice.DANGER, Notice.SECOND, Notice.OFFERED})
"""What waits for no other letter."""
RANKS = {kind: place for place, kind in enumerate(Notice)}
_TO_THE_OWNER = frozenset(
    {
        Move.OPENED, Move.CLIMBED, Move.RAISED, Move.PASSED_ON, Move.DISAGREED, Move.SKIPPED, Move.RECHECKED,
        Move.DECLINED,
    }
)  # fmt: skip


def told(
    move: Move, *, owner: int, offered_to: int | None, raiser: int | None, by: int | None, high: bool
) -> dict[int, Notice]:
    """Each person who is told of a move and why: the most pressing reason once, nobody of their own doing."""
    found: list[tuple[int | None, Notice]] = []
    if move in _TO_THE_OWNER:
        found.append((owner, Notice.DANGER if high else Notice.OWED))
    if move == Move.OFFERED:
        found.append((offered_to, Notice.OFFERED))
    if move in (Move.ANSWERED, Move.CONFIRMED):
        found.append((raiser, Notice.ANSWERED))
    if move in (Move.JOINED, Move.LOWERED):
        found += [(owner, Notice.VOICE), (raiser, Notice.VOICE)]
    return {person: kind for person, kind in reversed(found) if person is not None and person != by}


def ranked[R: str](given: Iterable[tuple[str, R]]) -> list[tuple[str, R]]:
    """References with their kinds: each reference once, by its most pressing kind, the most pressing first."""
    best: dict[str, R] = {}
    for kind, reference in ((kind, reference) for reference, kind in given):
        if reference not in best or RANKS[Notice(kind)] < RANKS[Notice(best[reference])]:
            best[reference] = kind
    return sorted(best.items(), key=lambda each: RANKS[Notice(each[1])])
