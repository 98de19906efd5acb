"""Who is looking: the plain values on which every decision about sight rests."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in professional, with every source of every child they have a live relationship with.

    `sources` holds source keys ("agency ref"), already widened from the source the relationship hangs on
    to all sources linked to the same child; `opened` the same for emergency access that is open now, and `glasses` its
    references. Somebody who has left has none, and sees not even their own agency's. `barred` holds every source of
    everybody with whom they have a conflict of interest; none of them is among the others.
    """

    professional: int
    name: str
    agency: str
    role: str
    grade: str
    sources: frozenset[str] = frozenset()
    sees_own_agency: bool = True
    opened: frozenset[str] = frozenset()
    glasses: tuple[str, ...] = ()
    barred: frozenset[str] = frozenset()

    @property
    def reaches(self) -> frozenset[str]:
        """Every source of every child they may read of now, on whatever ground."""
        return self.sources | self.opened


def without_glass(viewer: Viewer) -> Viewer:
    """The same person without emergency access: it is for reading, not for taking out, and for no word on a link."""
    return replace(viewer, opened=frozenset(), glasses=())
