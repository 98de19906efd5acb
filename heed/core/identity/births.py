"""One number in three files of three birth dates: nobody but a person can say whose it is.

Of two such files a link may still be beyond doubt: one date was typed wrong. With a third the number itself is in doubt,
and with it every link that rests on it, so that none of the three is joined with another until somebody has looked
(`conflicts` lays them side by side).
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

from heed.core.identity.carried import BORN, Schemes, reckoned
from heed.core.identity.verdicts import pair

NOTHING: Schemes = {}


class Link(Protocol):
    """Two sources that are linked."""

    @property
    def left(self) -> str:
        """One of them."""

    @property
    def right(self) -> str:
        """The other."""


def three_births(links: Iterable[Link], marks: Mapping[str, Schemes]) -> set[tuple[str, str]]:
    """The links, each in order, of which no end may be joined with the other: with a third file, linked with one of them,
    any two of the three share a checked number and give two births. `marks` is what each source carries, by scheme."""
    doubtful: list[tuple[str, str]] = []
    linked: dict[str, set[str]] = {}
    for link in links:
        if _unlike(link.left, link.right, marks):
            doubtful.append(pair(link.left, link.right))
            linked.setdefault(link.left, set()).add(link.right)
            linked.setdefault(link.right, set()).add(link.left)
    return {
        (left, right)
        for left, right in doubtful
        for third in (linked[left] | linked[right]) - {left, right}
        if _unlike(left, third, marks) and _unlike(right, third, marks)
    }


def _unlike(left: str, right: str, marks: Mapping[str, Schemes]) -> bool:
    """Whether two sources hold one number and gave births that contradict: a month and a year apart, however read."""
    one, other = marks.get(left, NOTHING), marks.get(right, NOTHING)
    if BORN not in one or BORN not in other or not one[BORN].isdisjoint(other[BORN]):
        return False
    schemes = one.keys() & other.keys()
    return any(not reckoned(scheme) and not one[scheme].isdisjoint(other[scheme]) for scheme in schemes)
