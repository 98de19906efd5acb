"""What section 4 of the study asks of alerts: time against the floor, found at a budget, purity, coverage, effort."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bench.detect.worlds import DAY_S, Measured
from heed.core.patterns.budget import Alert

LEAST_CHILDREN, LEAST_PURITY = 3, 0.5


@dataclass(frozen=True)
class Seen:
    """One network, found or not. Weeks count from the day its third child was drawn in."""

    area: str
    floor: float | None
    found: float | None
    purity: float
    coverage: float
    detector: str
    true: int
    false: int
    read: int
    """Alerts read until the first that names it."""


def child(person: str) -> str:
    """Who somebody is, of whom one agency's file stayed apart."""
    return "_".join(person.split("_")[:2])


def hits(people: Sequence[str], harmed: dict[str, int], day: int) -> tuple[int, int]:
    """Children named who had been drawn in by a day, and children named."""
    named = {child(person) for person in people}
    return sum(1 for one in named if harmed.get(one, 1 << 60) // DAY_S <= day), len(named)


def seen(one: Measured, alerts: Sequence[Alert], weeks_from: int = 0) -> Seen:
    """When a network was named, and what else was told."""
    harmed = dict(one.world.harmed)
    true, false, found, read = 0, 0, None, 0
    for alert in alerts:
        right, named = hits(alert.first.people, harmed, alert.first.day)
        if right >= LEAST_CHILDREN and right / named >= LEAST_PURITY:
            true += 1
            found = found or (alert, right, named, read)
        elif right < 2:
            false += 1
        read += 1
    floor = None if one.floor is None else max(0.0, (one.floor - one.third) / 7)
    if found is None:
        return Seen(one.world.area.name, floor, None, 0.0, 0.0, "", true, false, read)
    alert, right, named, before = found
    by_then = sum(since // DAY_S <= alert.first.day for since in harmed.values())
    return Seen(
        one.world.area.name, floor, max(0.0, (alert.first.day - one.third) / 7), right / named, right / by_then,
        alert.first.detector, true, false, before + 1,
    )  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A measure with its 95% interval over worlds drawn anew."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def bootstrapped[T](rows: Sequence[T], measure: Callable[[Sequence[T]], float], times: int = 400) -> Figure:
    """A measure of worlds, with the interval of the same measure over worlds drawn with replacement."""
    random = np.random.default_rng(7)
    drawn = [measure([rows[i] for i in random.integers(0, len(rows), len(rows))]) for _ in range(times)]
    low, high = np.nanpercentile(drawn, (2.5, 97.5)) if len(rows) > 1 else (np.nan, np.nan)
    return Figure(measure(rows), float(low), float(high))


def ratio_at(share: float) -> Callable[[Sequence[Seen]], float]:
    """Time to detection at a quantile, as a multiple of the floor's at the same; never found counts as never."""

    def measure(rows: Sequence[Seen]) -> float:
        times = [never(row.found) for row in rows if row.floor is not None]
        floors = [row.floor for row in rows if row.floor is not None]
        if not floors:
            return float("nan")
        return float(
            np.quantile(times, share, method="higher") / max(0.5, np.quantile(floors, share, method="higher"))
        )

    return measure


def weeks_at(share: float) -> Callable[[Sequence[Seen]], float]:
    """Weeks to detection at a quantile; a network never found counts as never."""
    return lambda rows: float(np.quantile([never(row.found) for row in rows], share, method="higher"))


def found(rows: Sequence[Seen]) -> float:
    """Share of networks named."""
    return sum(row.found is not None for row in rows) / max(1, len(rows))


def within(weeks: float) -> Callable[[Sequence[Seen]], float]:
    """Share of networks named within so many weeks."""
    return lambda rows: sum(row.found is not None and row.found <= weeks for row in rows) / max(1, len(rows))


def mean_of(name: str) -> Callable[[Sequence[Seen]], float]:
    """Mean of purity or coverage over the networks named."""

    def measure(rows: Sequence[Seen]) -> float:
        values = [getattr(row, name) for row in rows if row.found is not None]
        return float(np.mean(values)) if values else float("nan")

    return measure


def never(weeks: float | None) -> float:
    """Weeks, or a thousand where it was never found."""
    return 1000.0 if weeks is None else weeks
