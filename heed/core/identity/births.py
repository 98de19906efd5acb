"""One number in three files of three birth dates: nobody but a person can say whose it is.

Of two such files a link may still be beyond doubt: one date was typed wrong. With a third the number itself is in doubt,
and with it every link that rests on it, so that none of the three is joined with another until somebody has looked
(`conflicts` lays them side by side).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from heed.core.identity.carried import BORN, contradicting, numbers_of
from heed.core.identity.verdicts import pair


class Link(Protocol):
    """Two sources that are linked."""

    @property
    def left(self) -> str:
        """One of them."""

    @property
    def right(self) -> str:
        """The other."""


def three_births(links: Iterable[Link], marks: Mapping[str, Collection[str]]) -> set[tuple[str, str]]:
    """The links, each in order, of which no end may be joined with the other: with a third file, linked with one of them,
    any two of the three share a checked number and give two births. `marks` is what each source carries."""
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


def _unlike(left: str, right: str, marks: Mapping[str, Collection[str]]) -> bool:
    """Whether two sources hold one number and gave births that contradict: a month and a year apart, however read."""
    if not numbers_of({*marks.get(left, ())}.intersection(marks.get(right, ()))):
        return False
    return BORN in contradicting(_births(left, marks), _births(right, marks))


def _births(source: str, marks: Mapping[str, Collection[str]]) -> set[str]:
    return {mark for mark in marks.get(source, ()) if mark.startswith(f"{BORN}:")}
