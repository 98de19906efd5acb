"""All worlds of a measurement, through Heed and through the rules of practice, on the same records."""

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from bench.detect import baselines
from bench.detect.measures import Seen, seen
from bench.detect.worlds import LOW, WARM_WEEKS, Measured, raised_in, warehouse
from heed.core.patterns.asking import Limits
from heed.core.patterns.budget import Fitted, fitted, told
from heed.core.patterns.material import gather
from heed.core.patterns.raised import Raised
from heed.core.patterns.silence import silent
from heed.warehouse.detect import Policy
from synthetic.worlds.families import Area
from synthetic.worlds.people import DAY, START
from synthetic.worlds.world import made

BUDGETS = (0.05, 0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True)
class Run:
    """One world measured: by budget what was seen and how many alerts a week; the same of each baseline.

    silent_told: weeks after an agency stopped until Heed named it (None: none stopped, 1000: never).
    """

    area: Area
    seen: dict[float, Seen]
    alerts: dict[float, float]
    baselines: dict[str, tuple[Seen, float]]
    silent_told: float | None
    wrongly_silent: int


def run(area: Area, policy: Policy) -> Run:
    """One world. Thresholds are fitted month by month from the world's own past, as an installation does."""
    world = made(area)
    one = raised_in(world, policy, LOW)
    shared = policy["shared_place"]
    by_budget = {budget: told(one.counted, thresholds(one, shared, budget)) for budget in BUDGETS}
    house = warehouse(world)
    others = _baselines(one, baselines.of(gather(house.ask, world.end_s), world.start_s, world.end_s))
    since = area.silent[1] * 7 + START // DAY if area.silent[0] else None
    named = {
        day: {s.agency for s in silent(house.ask, day)}
        for day in range(world.start_s // DAY + 364, world.end_s // DAY, 7)
    }
    house.close()
    after = [
        day
        for day, agencies in named.items()
        if since is not None and day >= since and area.silent[0] in agencies
    ]
    return Run(
        area,
        {budget: seen(one, alerts) for budget, alerts in by_budget.items()},
        {budget: len(alerts) / one.weeks for budget, alerts in by_budget.items()},
        others,
        None if since is None else (after[0] - since) / 7 if after else 1000.0,
        sum(bool(agencies - {area.silent[0]}) for agencies in named.values()),
    )  # fmt: skip


def thresholds(one: Measured, shared: Limits, budget: float) -> Fitted:
    """Thresholds as an installation fits them: every month, from what was recorded before it."""
    first = one.world.start_s // DAY
    warm = first + 7 * WARM_WEEKS
    stated = shared["stated_strength"]
    return fitted(one.raised, warm, one.world.end_s // DAY, warm, budget, stated, shared["least_strength"])


def run_all(areas: Sequence[Area], policy: Policy, workers: int = 2) -> list[Run]:
    """All worlds, several at a time, in the order given."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if workers == 1 or len(areas) < 2:
        return [run(area, policy) for area in areas]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(run, areas, [policy] * len(areas)))


def _baselines(one: Measured, raised: dict[str, list[Raised]]) -> dict[str, tuple[Seen, float]]:
    begin = one.world.start_s // DAY + 7 * WARM_WEEKS
    levels = {"k episodes in 90 days": range(3, 12, 2), "children at a place in 90 days": (3,)}
    found = {}
    for name, rows in raised.items():
        counted = [row for row in rows if row.day >= begin]
        for level in levels.get(name, (0,)):
            label = f"{level} {name.removeprefix('k ')}" if level else name
            alerts = told(counted, float(level))
            found[label] = (seen(one, alerts), len(alerts) / one.weeks)
    return found


def null_rate(runs: Iterable[Run], budget: float) -> float:
    """Mean alerts a week in worlds without harm."""
    rates = [run.alerts[budget] for run in runs]
    return sum(rates) / max(1, len(rates))
