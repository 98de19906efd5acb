"""Which findings stand on a day, and since when.

A finding is raised on a day its threshold is met, knowing only what was recorded by the end of that day.
It STANDS for `stands_days` after the last such day, unless the records behind it are withdrawn. Raised
again while it stands, it is the same finding. So a finding never flickers between two looks, a replay in
steps of up to that many days misses none, and one day looked at alone agrees with a replay up to it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from heed.core.patterns.raised import Raised, Standing

DAY_S = 86400


class Board:
    """Everything raised; answers what stands on a day (days since 1970-01-01)."""

    def __init__(self, raised: Iterable[Raised]) -> None:
        around: dict[tuple[str, str], list[Raised]] = defaultdict(list)
        for one in raised:
            around[(one.detector, one.around)].append(one)
        self._runs: list[tuple[list[int], list[Raised]]] = []
        for key in sorted(around):
            for run in _runs(sorted(around[key], key=lambda r: r.day)):
                self._runs.append(([one.day for one in run], run))

    def on(self, day: int) -> list[Standing]:
        """What stands at the end of a day, knowing nothing recorded after it."""
        found = (_stands(days, run, day) for days, run in self._runs if days[0] <= day)
        return [standing for standing in found if standing is not None]


def _runs(raised: list[Raised]) -> list[list[Raised]]:
    """Cut what was raised around one thing where it had stopped standing."""
    runs: list[list[Raised]] = []
    for one in raised:
        if runs and one.day - runs[-1][-1].day < one.stands_days:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _stands(days: list[int], run: list[Raised], day: int) -> Standing | None:
    for at in range(bisect_right(days, day) - 1, -1, -1):
        if days[at] <= day - run[at].stands_days:
            return None
        if still_supported(run[at], day):
            return Standing(run[at], run[0])
    return None


def still_supported(one: Raised, day: int) -> bool:
    """Whether enough children in enough settings remain once withdrawn records are left out."""
    end_s = (day + 1) * DAY_S - 1
    people = {e.person for e in one.evidence if e.withdrawn_s > end_s}
    settings = {setting for person, setting in zip(one.people, one.settings, strict=True) if person in people}
    return len(people & set(one.people)) >= one.least_children and len(settings) >= one.least_settings
