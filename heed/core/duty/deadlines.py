"""Deadlines beside the answer itself: what begins a clock, who owes it, by when. Pure values; policy says which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from heed.core.duty.posts import Post
from heed.core.duty.worktime import Span

ABOUT = "deadline:"
"""How a duty says which deadline it is about."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline with its reasons. It begins when an answer gives one of the decisions `answered`, when one of the
    deadlines `done` is answered, when a missing child returned no longer than `returned_within_days` ago, when somebody
    who does not sign in was `told` nothing yet, or by hand. `agency` is empty for whoever owed what began it."""

    name: str
    clause: str
    limit: Span
    post: Post
    agency: str
    answered: frozenset[str]
    done: frozenset[str]
    returned_within_days: int | None
    told: bool
    by_hand: bool
    mark: str
    source: str
    owner: str
    effective_from: date
    review_date: date

    @property
    def about(self) -> str:
        """What a duty on this deadline is about."""
        return f"{ABOUT}{self.name}"


def begun_by(
    deadlines: Mapping[str, Deadline],
    *,
    about: str,
    decision: str,
    refusals: Iterable[str],
    told: bool,
    day: date,
) -> list[Deadline]:
    """The deadlines that an answer begins on a day: by its decision when it answers a concern, by what was done when it
    answers a deadline. A refusal begins nothing but feedback. `told`: whoever raised it signs in and reads it here."""
    name = about.removeprefix(ABOUT) if about.startswith(ABOUT) else ""
    refused = decision in set(refusals)
    found = []
    for each in deadlines.values():
        if each.effective_from > day:
            continue
        by_decision = not about and decision in each.answered
        by_deadline = bool(name) and name in each.done and not refused
        by_silence = not about and each.told and not told
        if by_decision or by_deadline or by_silence:
            found.append(each)
    return found
