"""How many concerns stand about one child, or one place, from how many agencies: counted, never weighed.

Rule: three concerns about one child from two agencies in ninety days without a strategy discussion go to a lead by
themselves (the review of Oxfordshire, 2015: each agency closed its own); three about one place in sixty days go to the
multi-agency panel as a place (Lincolnshire's panel looks at places and themes). No count means safe.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Concern:
    """One concern: whose it is, under which reference, when the agency wrote it down, and its row."""

    agency: str
    ref: str
    at: datetime
    row: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A threshold: so many concerns, from so many agencies, within so many days."""

    count: int
    agencies: int
    within_days: int


def reached(
    concerns: Iterable[Concern], at: datetime, rule: Counted, since: datetime | None = None
) -> list[Concern]:
    """The concerns by which a threshold is reached at an instant, oldest first; empty where it is not.

    Those count that were written down in the rule's days up to `at`, that instant included, and after `since`: what
    was answered together is not counted again.
    """
    first = at - timedelta(days=rule.within_days)
    near = sorted(
        (each for each in concerns if first < each.at <= at and (since is None or each.at > since)),
        key=lambda each: (each.at, each.agency, each.ref),
    )
    enough = len(near) >= rule.count and len({each.agency for each in near}) >= rule.agencies
    return near if enough else []
