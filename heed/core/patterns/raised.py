"""What a detector raises on one day, before anybody asks whether it still stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hub:
    """The thing children are gathered around: kind, the key records share, the words a reader sees."""

    kind: str
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record behind a finding: who it is about, when it was recorded and when withdrawn (epoch seconds).

    `source`: the child as that record's agency knows them; given where a finding has no hub to be known by.
    """

    agency: str
    ref: str
    person: str
    recorded_s: int
    withdrawn_s: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule's threshold was met on `day` (days since 1970-01-01), by what was recorded by the end of that day.

    `around` is what the finding is about: the hub, the child, the pair. Raised on day after day around the
    same thing without a break, it is one finding (see `standing`).
    """

    detector: str
    version: str
    around: str
    day: int
    people: tuple[str, ...]
    hubs: tuple[Hub, ...]
    evidence: tuple[Evidence, ...]
    against: tuple[str, ...]
    denominator: str
    statement: str
    strength: float
    chance: float
    terms: tuple[tuple[str, float], ...] = ()
    """The named parts the strength is the plain sum of."""
    settings: tuple[str, ...] = ()
    """The household or placement of each of `people`, in the same order."""
    least_children: int = 1
    least_settings: int = 1
    stands_days: int = 182
    """How many days it stands after the last day the threshold was met."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A raised finding as it stands on a later day, with the day it was first raised."""

    raised: Raised
    first: Raised
    """The first time it was raised without a break since: what its identity hangs on."""

    @property
    def anchor(self) -> str:
        """What it is about and its first record and day. Later records never move it.

        Never a person's id: who is who changes with every link and verdict, and a duty hangs on this.
        """
        first = min(self.first.evidence, key=lambda e: (e.recorded_s, e.agency, e.ref, e.source))
        about = self.first.around if self.first.hubs else first.source
        return f"{about}|{first.agency} {first.ref}|{self.first.day}"
