"""The table of a measurement: each figure with its interval, each promise beside what was found."""

from collections.abc import Iterator, Sequence

import numpy as np

from bench.detect.measures import Figure, Seen, bootstrapped, found, mean_of, ratio_at, weeks_at, within
from bench.detect.running import BUDGETS, Run, null_rate

BUDGET = 0.2


def findable(runs: Sequence[Run], budget: float) -> list[Seen]:
    """The networks that an omniscient reader of the records could have found: of the others nothing can be asked."""
    return [run.seen[budget] for run in runs if run.seen[budget].floor is not None]


def lines(harm: Sequence[Run], null: Sequence[Run], twins: Sequence[Run]) -> Iterator[str]:
    """The report of one family."""
    rows = findable(harm, BUDGET)
    yield f"{len(harm)} worlds with a network ({len(rows)} of them to be found from the records), {len(null)} without"
    yield ""
    yield "budget a week   alerts a week without harm   found             median weeks        90th   within 13  within 26"
    for budget in BUDGETS:
        yield _at(budget, findable(harm, budget), null)
    yield ""
    floors = [row.floor for row in rows if row.floor is not None]
    if rows:
        yield f"information floor: median {np.median(floors):.1f} weeks, 90th percentile {np.quantile(floors, 0.9):.1f}"
        yield from _promises(rows, findable(harm, 0.1))
    yield from _troubles(null)
    if twins:
        named = sum(run.seen[BUDGET].found is not None for run in twins)
        yield f"twins without anything shared: {named} of {len(twins)} groups named (with harm {found(rows):.2f})"
    yield ""
    yield from _beside(harm, null)
    yield from _silence([*harm, *null])


def _at(budget: float, rows: Sequence[Seen], null: Sequence[Run]) -> str:
    if not rows:
        return f"{budget:<15} {null_rate(null, budget):<28.3f} -"
    share, median = bootstrapped(rows, found), bootstrapped(rows, weeks_at(0.5))
    return (
        f"{budget:<15} {null_rate(null, budget):<28.3f} {share!s:<17} {_weeks(median):<19} "
        f"{_never(weeks_at(0.9)(rows)):<6} {within(13)(rows):<10.2f} {within(26)(rows):.2f}"
    )


def _promises(rows: Sequence[Seen], at_half: Sequence[Seen]) -> Iterator[str]:
    for words, figure in (
        ("median time, times the floor's (<= 1.5)", bootstrapped(rows, ratio_at(0.5))),
        ("90th percentile, times the floor's (<= 2.5)", bootstrapped(rows, ratio_at(0.9))),
        ("found at 0.1 a week (>= 0.95)", bootstrapped(at_half, found)),
        ("purity at the first alert (>= 0.90)", bootstrapped(rows, mean_of("purity"))),
        ("coverage at the first alert (>= 0.70)", bootstrapped(rows, mean_of("coverage"))),
    ):
        yield f"{words:<46} {_weeks(figure)}"


def _troubles(null: Sequence[Run]) -> Iterator[str]:
    by_trouble: dict[str, list[Run]] = {}
    for run in null:
        by_trouble.setdefault(run.area.trouble, []).append(run)
    for trouble, runs in sorted(by_trouble.items()):
        rate = null_rate(runs, BUDGET)
        yield f"  {trouble:<18} {rate:.3f} alerts a week without harm, {rate / BUDGET:.2f} times the budget (<= 1.25)"


def _beside(harm: Sequence[Run], null: Sequence[Run]) -> Iterator[str]:
    yield "rules of practice on the same records        alerts a week without harm   groups named   median weeks"
    for name in harm[0].baselines if harm else ():
        rows = [run.baselines[name][0] for run in harm if run.baselines[name][0].floor is not None]
        rate = sum(run.baselines[name][1] for run in null) / max(1, len(null))
        yield f"{name:<44} {rate:<28.2f} {found(rows):<14.2f} {_never(weeks_at(0.5)(rows))}"
    if harm:
        rows = findable(harm, BUDGET)
        yield f"{'Heed':<44} {null_rate(null, BUDGET):<28.2f} {found(rows):<14.2f} {_never(weeks_at(0.5)(rows))}"


def _silence(runs: Sequence[Run]) -> Iterator[str]:
    told = [run.silent_told for run in runs if run.silent_told is not None]
    if told:
        named = sum(weeks < 1000 for weeks in told)
        yield f"agencies that fell silent: {named} of {len(told)} named, after {np.median(told):.0f} weeks"
    yield f"weeks in which an agency was wrongly said to be silent: {sum(r.wrongly_silent for r in runs)}"


def _never(weeks: float) -> str:
    return "never" if weeks >= 1000 else f"{weeks:.1f}"


def _weeks(figure: Figure) -> str:
    return f"{_big(figure.value)} ({_big(figure.low)} to {_big(figure.high)})"


def _big(value: float) -> str:
    return "never" if value >= 30 and value > 100 else f"{value:.2f}"
