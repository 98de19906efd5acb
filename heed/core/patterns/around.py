"""What stands around a hub on a day: the candidate, and everything its sentences are told from."""

from collections import Counter
from dataclasses import dataclass

from heed.core.patterns.material import DAY_S, Material, Touch
from heed.core.patterns.terms import SharedMarker, Together


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hub on a day that fan-in alone makes worth a closer look. `usual`: settings expected in the window."""

    kind: str
    hub: str
    day: int
    seen: int
    seen_before: int
    usual: float
    fan_in: float
    history_weeks: float


@dataclass(frozen=True, slots=True)
class Around:
    """A candidate with the children named, their touches, and what else ties them."""

    candidate: Candidate
    touches: dict[str, list[Touch]]
    setting: dict[str, str]
    together: Together
    markers: list[SharedMarker]
    material: Material
    window_s: int

    @property
    def rows(self) -> list[Touch]:
        """All touches of the children named, in order of time."""
        return sorted(
            (row for own in self.touches.values() for row in own), key=lambda row: (row.at_s, row.record_id)
        )

    @property
    def label(self) -> str:
        """The words most records use for the hub."""
        words = Counter(row.label for row in self.rows)
        return min(words, key=lambda label: (-words[label], label))

    @property
    def key(self) -> str:
        """The key most records use for the hub."""
        keys = Counter(row.key for row in self.rows)
        return min(keys, key=lambda key: (-keys[key], key))

    @property
    def end_s(self) -> int:
        """The last second of the day it is raised."""
        return (self.candidate.day + 1) * DAY_S - 1
