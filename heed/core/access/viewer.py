"""Who is looking: the plain values on which every decision about sight rests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in professional, with every source of every child they have a live relationship with.

    `sources` holds source keys ("agency ref"), already widened from the source the relationship hangs on
    to all sources linked to the same child. Somebody who has left has none, and sees not even their own agency's.
    """

    professional: int
    name: str
    agency: str
    role: str
    grade: str
    sources: frozenset[str] = frozenset()
    sees_own_agency: bool = True
