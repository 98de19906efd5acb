"""Conflicts that no pair shows: one number in several files that cannot all be one child's.

What a number with three dates of birth is, a slip in two files or one number typed for three children, only a person can
say: the pair by pair view hides it, since any two of the dates may look like a slip. Sex is no part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.core.identity.profile import DAY_LENGTH, Profile

NUMBER = "number"
BIRTHS = 3
"""Different full dates of birth under one number, from which on it is a conflict. Two are a pair to judge."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict: its kind, the sources in it (sorted), and what they share, in words that never leave the house
    unhashed: `number|nhs|9990000018`."""

    kind: str
    sources: tuple[str, ...]
    what: str


def number_conflicts(profiles: Iterable[Profile]) -> list[Conflict]:
    """Every number under which the given sources have three dates of birth or more, sorted by the number."""
    holders: dict[str, list[Profile]] = {}
    for profile in profiles:
        for scheme, value in set(profile.numbers):
            holders.setdefault(number_key(scheme, value), []).append(profile)
    return [
        Conflict(NUMBER, tuple(sorted(one.source for one in found)), what)
        for what, found in sorted(holders.items())
        if len(births(found)) >= BIRTHS
    ]


def number_key(scheme: str, value: str) -> str:
    """What the holders of a number share: the key under which they are looked for (`blocking`)."""
    return f"number|{scheme}|{value}"


def births(profiles: Iterable[Profile]) -> frozenset[str]:
    """The full dates of birth that files usually give: one for each file at most, so that a slip put right is none."""
    usual = (profile.usual_born for profile in profiles)
    return frozenset(born for born in usual if born and len(born) == DAY_LENGTH)
