"""Fan-in (D3): what the counts of a hub on a day say, and the same counts taken by hand.

The hand count is the dull second way: it follows one hub back to where its finding began, and tests hold
the SQL against it.
"""

from collections.abc import Iterator

import numpy as np

from heed.core.patterns.area import Area
from heed.core.patterns.around import Candidate
from heed.core.patterns.asking import Columns, Limits
from heed.core.patterns.formulas import FAN_IN, in_groups, mixture, usual, usual_at_busy
from heed.core.patterns.gathering import Weigher
from heed.core.patterns.material import DAY_S, WEEK_S, Series, Touch
from heed.core.patterns.raised import Raised
from heed.core.patterns.webs import distinct


def judged(rows: Columns, area: Area, limits: Limits) -> list[Candidate]:
    """Fan-in on counts: the hubs and days that reach the floor for a closer look."""
    data_from_s = area.data_from_s
    window_s, history_s = int(limits["window_weeks"]) * WEEK_S, int(limits["history_weeks"]) * WEEK_S
    ends = (rows["day"].astype(np.int64) + 1) * DAY_S - 1
    available = np.clip(ends - window_s - data_from_s, 0, history_s)
    means = np.array([area.mean_of_new(str(k), int(e)) for k, e in zip(rows["kind"], ends, strict=True)])
    expected = usual(rows["seen_before"], available / window_s, means)
    expected = usual_at_busy(expected, rows["seen_in_two"] / np.clip(available / window_s, 1.0, 2.0))
    fan_in = mixture(rows["seen"], expected, FAN_IN) / in_groups(expected, limits["groups"])
    # Before Heed has one window of a hub's own history, fan-in alone cannot tell busy from new.
    fan_in = np.where(available < window_s, np.minimum(fan_in, limits["cap_without_history"]), fan_in)
    return [
        Candidate(
            str(rows["kind"][i]), str(rows["hub"][i]), int(rows["day"][i]), int(rows["seen"][i]),
            int(rows["seen_before"][i]), float(expected[i]), float(fan_in[i]), float(available[i]) / WEEK_S,
        )
        for i in np.flatnonzero(fan_in >= limits["closer_look"])
    ]  # fmt: skip


def days_before(raised: list[Raised], weigher: Weigher, first: int) -> Iterator[Raised]:
    """Days before `first` on which the same hubs were raised, back to the first of an unbroken finding."""
    earliest: dict[tuple[str, str], int] = {}
    for one in raised:
        kind, _, key = one.around.partition(" ")
        earliest[(kind, key)] = min(one.day, earliest.get((kind, key), one.day))
    for hub, day in sorted(earliest.items()):
        touches = weigher.material.by_hub[hub]
        days = {touch.recorded_s // DAY_S for touch in touches.all()}
        for earlier in sorted((each for each in days if each < first), reverse=True):
            if day - earlier >= weigher.limits["stands_days"]:
                break
            one_day = raised_on(hub, earlier, weigher)
            if one_day is not None:
                day = earlier
                yield one_day


def raised_on(hub: tuple[str, str], day: int, weigher: Weigher) -> Raised | None:
    """What is raised around a hub on a day, counted by hand."""
    counts = count(weigher.material.by_hub[hub], day, weigher.limits)
    if counts is None:
        return None
    columns = {"kind": hub[0], "hub": hub[1], "day": day, **counts}
    candidates = judged(
        {name: np.array([value]) for name, value in columns.items()}, weigher.area, weigher.limits
    )
    return weigher.weigh(candidates[0]) if candidates else None


def count(touches: Series[Touch], day: int, limits: Limits) -> dict[str, int] | None:
    """What COUNTS says of one hub on one day, one touch at a time; None where it says nothing."""
    end_s = (day + 1) * DAY_S - 1
    window_s, history_s = int(limits["window_weeks"]) * WEEK_S, int(limits["history_weeks"]) * WEEK_S
    turns = [
        (row, (end_s - row.at_s) // window_s) for row in touches.known(end_s - window_s - history_s, end_s)
    ]
    now = [row for row, turn in turns if turn == 0]
    if len({row.person for row in now}) < limits["least_children"]:
        return None
    if len({row.setting for row in now}) < limits["least_settings"]:
        return None
    return {
        "seen": distinct(now),
        "seen_before": distinct([row for row, turn in turns if turn > 0]),
        "seen_in_two": sum(distinct([row for row, turn in turns if turn == one]) for one in (1, 2)),
    }
