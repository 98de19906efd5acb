"""Who is asked: the person of a post, and who stands in when they are ill, on leave, gone, or nobody was ever named.

An answer is owed by somebody who can be reached as long as anybody at the agency or at the partnership can be: first
whoever holds the post or a higher one, then the partnership's, then those below. Only when nobody can be reached at all
is it somebody who is away or has never signed in, and last a placeholder, so that a duty without a person cannot exist.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from heed.core.duty.posts import UPWARDS, Post, at_or_above


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a post at one instant. The lowest `order` is asked first, whoever is on call before all.

    `active` is False for a leaver, `away` for whoever is ill, on leave or off duty; a placeholder is nobody yet, and
    whoever never chose a password (`signs_in`) has never read what they are asked.
    """

    person: int
    post: Post
    order: int = 0
    active: bool = True
    away: bool = False
    on_call: bool = False
    placeholder: bool = False
    signs_in: bool = True

    @property
    def reachable(self) -> bool:
        """Whether they can be asked now."""
        return self.active and self.signs_in and not self.away and not self.placeholder


def asked(post: Post, agency: Sequence[Holding], partnership: Sequence[Holding]) -> Holding | None:
    """Who owes an answer that a post of an agency owes; None only where nobody active holds any post at either."""
    up, down = at_or_above(post), tuple(reversed(UPWARDS[: UPWARDS.index(post)]))
    tries: tuple[tuple[Callable[[Holding], bool], tuple[Post, ...], Sequence[Holding]], ...] = (
        (_reachable, up, agency),
        (_reachable, up, partnership),
        (_reachable, down, agency),
        (_reachable, down, partnership),
        (_named, up + down, agency),
        (_active, up + down, agency),
        (_active, up + down, partnership),
    )
    found = (_first(levels, filter(fits, held)) for fits, levels, held in tries)
    return next((each for each in found if each is not None), None)


def _first(levels: Sequence[Post], held: Iterable[Holding]) -> Holding | None:
    """The one on the nearest level; there whoever is on call, then the lowest order."""
    return min(
        (each for each in held if each.post in levels),
        key=lambda each: (levels.index(each.post), not each.on_call, each.order, each.person),
        default=None,
    )


def _reachable(each: Holding) -> bool:
    return each.reachable


def _named(each: Holding) -> bool:
    return each.active and not each.placeholder


def _active(each: Holding) -> bool:
    return each.active
