"""The ladder: for each rung who owes, how soon, and who sees it. Silence climbs; the top rung stays owed."""

from dataclasses import dataclass
from datetime import datetime

from heed.core.duty.posts import Post
from heed.core.duty.worktime import Calendar, Span, after


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: the post that owes the answer, the time to acknowledge and to answer, and who sees it.

    `seen_by_both` are posts at the owing and at the raising agency; `seen_by_partnership` at the partnership. The post
    is one of the agency that owes the answer, or of the partnership where the rung is `at_partnership`.
    """

    name: str
    post: Post
    acknowledge: Span
    answer: Span
    seen_by_both: tuple[Post, ...] = ()
    seen_by_partnership: tuple[Post, ...] = ()
    at_partnership: bool = False

    def same_desk(self, other: "Rung") -> bool:
        """Whether two rungs ask the same post of the same body, so that whoever owes it keeps it."""
        return (self.post, self.at_partnership) == (other.post, other.at_partnership)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs from the bottom up, counted from 0, and the working time they are measured in."""

    rungs: tuple[Rung, ...]
    calendar: Calendar

    @property
    def top(self) -> int:
        """The number of the highest rung."""
        return len(self.rungs) - 1

    def at(self, number: int) -> Rung:
        """The rung of a number; a duty from a time when the ladder was higher stands on the top one."""
        return self.rungs[min(number, self.top)]

    def due(self, rung: int, since: datetime) -> datetime:
        """By when an answer is owed on a rung reached at `since`."""
        return after(since, self.at(rung).answer, self.calendar)

    def acknowledge_by(self, rung: int, since: datetime) -> datetime:
        """By when whoever owes it should say that they have seen it."""
        return after(since, self.at(rung).acknowledge, self.calendar)

    def above(self, rung: int, by: int = 1) -> int:
        """The rung that many higher, never above the top."""
        return min(rung + by, self.top)
