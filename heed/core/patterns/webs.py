"""Webs: quiet things that hang together by a child. Two children share a car, one of them a telephone with a third.

No thing of a web need gather three children. What counts is how rarely each is shared at all, in this area and in its
own past; that the best of several was chosen is taken off again (the log of how many there were to choose from).
"""

from dataclasses import dataclass
from math import log

from heed.core.patterns.area import Area
from heed.core.patterns.asking import Limits
from heed.core.patterns.formulas import FAN_IN, mixture, usual
from heed.core.patterns.material import WEEK_S, Material, Series, Touch

type Key = tuple[str, str]
MOST_JOINED = 3
"""Further things a web is grown by: what hangs together longer than that is a town."""
MOST_CHILDREN = 12
"""From which a thing gathers too many children for a web to be grown through it."""


@dataclass(frozen=True, slots=True)
class Joint:
    """One thing of a web: its touches in the window, households seen and usual, and what it adds."""

    key: Key
    touches: tuple[Touch, ...]
    seen: int
    usual: float
    adds: float

    @property
    def settings(self) -> frozenset[str]:
        """The households at it."""
        return frozenset(touch.setting for touch in self.touches)

    @property
    def people(self) -> frozenset[str]:
        """The children at it."""
        return frozenset(touch.person for touch in self.touches)


class Weaver:
    """Grows webs on the rows of an area, as known at the end of a day."""

    def __init__(self, material: Material, area: Area, limits: Limits) -> None:
        self.material, self.area, self.limits = material, area, limits
        self.window_s = int(limits["window_weeks"]) * WEEK_S
        self.history_s = int(limits["history_weeks"]) * WEEK_S
        self._joints: dict[tuple[Key, int], Joint | None] = {}
        # What two households never shared, over all time, they share in no window: nothing of it need be weighed.
        self.ever_shared = {key for key, series in material.by_hub.items() if distinct(series.all()) >= 2}

    def web(self, key: Key, end_s: int) -> list[Joint]:
        """The thing and those that hang on it, what adds most first; only the thing where nothing hangs on it.

        Empty where fewer than two households, or a crowd, are at it.
        """
        first = self.joint(key, end_s)
        if first is None:
            return []
        found = [first]
        settings, people = set(first.settings), set(first.people)
        for _ in range(MOST_JOINED):
            reached = {(t.kind, t.hub) for person in people for t in self._held(person, end_s)}
            near = reached - {each.key for each in found}
            choice = log(max(1, len(near)))
            joints = [self.joint(other, end_s) for other in sorted(near & self.ever_shared)]
            new = [
                j
                for j in joints
                if j is not None and len(j.settings - settings) and self._held_twice(j, people)
            ]
            best = max(new, key=lambda j: (j.adds, j.key), default=None)
            if best is None or best.adds - choice < self.limits["worth_joining"]:
                break
            adds = min(self.limits["cap_joined"], best.adds - choice)
            found.append(Joint(best.key, best.touches, best.seen, best.usual, adds))
            settings |= best.settings
            people |= best.people
        return found

    def joint(self, key: Key, end_s: int) -> Joint | None:
        """One thing on a day, weighed by itself."""
        at = (key, end_s)
        if at not in self._joints:
            self._joints[at] = self._weighed(key, self.material.by_hub[key], end_s)
        return self._joints[at]

    def _weighed(self, key: Key, series: Series[Touch], end_s: int) -> Joint | None:
        rows = series.known(end_s - self.window_s, end_s)
        seen = distinct(rows)
        if seen < 2 or len({row.person for row in rows}) > MOST_CHILDREN:
            return None
        before = distinct(series.known(end_s - self.window_s - self.history_s, end_s - self.window_s))
        available = min(max(0, end_s - self.window_s - self.area.data_from_s), self.history_s)
        if available < self.window_s:
            return None
        expected = float(usual(before, available / self.window_s, self.area.mean_of_new(key[0], end_s)))
        return Joint(key, tuple(rows), seen, expected, float(mixture(seen, expected, FAN_IN)))

    def _held(self, person: str, end_s: int) -> list[Touch]:
        return self.material.by_person[person].known(end_s - self.window_s, end_s)

    @staticmethod
    def _held_twice(joint: Joint, people: set[str]) -> bool:
        """Whether it hangs on the web by a child, and not only by the record that tells of both."""
        return bool(joint.people & people)


def distinct(rows: list[Touch]) -> int:
    """Households, but never more than children or days: friends found together once are one visit."""
    if not rows:
        return 0
    return min(
        len({r.person for r in rows}), len({r.setting for r in rows}), len({r.at_s // 86400 for r in rows})
    )
