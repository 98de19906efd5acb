"""Running the detectors: on one day, or over years in steps."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache

from heed.core.patterns import DETECTORS
from heed.core.patterns.area import FIRST_RECORDED
from heed.core.patterns.asking import Limits
from heed.core.patterns.budget import FIT_DAYS, Fitted, fitted, without_repeats
from heed.core.patterns.detector import Span
from heed.core.patterns.finding import Finding, SourcesOf, day_number, finding_of, ranked
from heed.core.patterns.material import DAY_S, gather
from heed.core.patterns.raised import Raised
from heed.core.patterns.standing import Board
from heed.core.records.sources import Source, source_from_key
from heed.warehouse.build import Warehouse

type Policy = Mapping[str, Limits]
"""Limits by detector name."""

LOOK_BACK_DAYS = 400
"""How far before a day a finding that still stands may have been raised last; longer than any `stands_days`."""

SINGLE = frozenset(detector.name for detector in DETECTORS if detector.single_child)

SOURCES = """
select p.person, m.source, min(r.recorded_s) // 86400 as day
from mention m join record r on r.record_id = m.record_id join person_of p on p.source = m.source
group by p.person, m.source order by p.person, m.source
"""


type Failed = dict[str, Exception]
"""What kept a detector from looking, by its name."""


def detect(
    warehouse: Warehouse,
    as_of: date,
    policy: Policy,
    thresholds: Fitted | None = None,
    failed: Failed | None = None,
) -> list[Finding]:
    """What stands at the end of a day (UTC), knowing nothing recorded after it, strongest first.

    thresholds: those fitted for patterns across children, month by month; without them policy's own hold.
    failed: where given, a detector that fails is named there and the others look all the same; it raises only when none
    could look.
    """
    day = day_number(as_of)
    board = Board(passing(warehouse, Span(day - LOOK_BACK_DAYS, day), policy, thresholds, failed=failed))
    sources_of = _sources_of(warehouse)
    order = ranked(without_repeats(board.on(day)), SINGLE)
    return [finding_of(standing, day, rank, sources_of) for rank, standing in enumerate(order, 1)]


def replay(
    warehouse: Warehouse,
    first: date,
    last: date,
    every: int,
    policy: Policy,
    progress: Callable[[str], None] = lambda words: None,
    thresholds: Fitted | None = None,
) -> Iterator[Finding]:
    """Each finding the first time a look in steps of `every` days sees it, in order of day, strongest first."""
    begin, end = day_number(first), day_number(last)
    board = Board(passing(warehouse, Span(begin - LOOK_BACK_DAYS, end), policy, thresholds, progress))
    sources_of = _sources_of(warehouse)
    seen: set[tuple[str, str]] = set()
    for day in [*range(begin, end, every), end]:
        standing = without_repeats(board.on(day))
        new = [s for s in standing if (s.raised.detector, s.anchor) not in seen]
        seen |= {(s.raised.detector, s.anchor) for s in new}
        for rank, standing in enumerate(ranked(new, SINGLE), 1):
            yield finding_of(standing, day, rank, sources_of)


def fit(
    warehouse: Warehouse,
    first: date,
    last: date,
    policy: Policy,
    progress: Callable[[str], None] = lambda words: None,
) -> Fitted:
    """Thresholds for every month from `first` to `last`, from the records before each month and nothing later.

    The smallest strength at which the two years before would have told no more a week than the budget allows.
    """
    shared = policy[DETECTORS[0].name]
    begin, end = day_number(first), day_number(last)
    (since_s,) = warehouse.ask(FIRST_RECORDED, {})["data_from_s"].tolist()
    # A house without records has no past: nothing is fitted on it.
    warm = since_s // DAY_S + int(shared["warm_weeks"]) * 7 if since_s else end
    loose = {name: {**limits, "strength": limits["least_strength"]} for name, limits in policy.items()}
    raised = [
        one for one in all_raised(warehouse, Span(begin - FIT_DAYS, end), loose, progress) if one.detector not in SINGLE
    ]  # fmt: skip
    return fitted(
        raised, begin, end, warm, shared["alerts_a_week"], shared["stated_strength"], shared["least_strength"]
    )


def passing(
    warehouse: Warehouse,
    span: Span,
    policy: Policy,
    thresholds: Fitted | None,
    progress: Callable[[str], None] = lambda words: None,
    failed: Failed | None = None,
) -> list[Raised]:
    """What is raised in a span and reaches its threshold: policy's, or the one fitted for its month."""
    if thresholds is None:
        return all_raised(warehouse, span, policy, progress, failed)
    low = min((thresholds.stated, *thresholds.strengths))
    loose = {name: {**limits, "strength": low} for name, limits in policy.items()}
    found = all_raised(warehouse, span, loose, progress, failed)
    return [one for one in found if one.detector in SINGLE or thresholds.passes(one)]


def all_raised(
    warehouse: Warehouse,
    span: Span,
    policy: Policy,
    progress: Callable[[str], None] = lambda words: None,
    failed: Failed | None = None,
) -> list[Raised]:
    """What every detector raises in a span. One that fails ends it, or is named in `failed` where that is given."""
    raised: list[Raised] = []
    rows = cache(lambda: gather(warehouse.ask, (span.last + 1) * DAY_S - 1))
    for detector in DETECTORS:
        progress(detector.title)
        try:
            raised += detector.find(warehouse.ask, rows, span, policy[detector.name])
        except Exception as trouble:
            if failed is None or len(failed) == len(DETECTORS) - 1:
                raise
            failed[detector.name] = trouble
    return raised


def _sources_of(warehouse: Warehouse) -> SourcesOf:
    """Sources by person, each with the first day it was recorded."""
    rows = warehouse.ask(SOURCES, {})
    known: dict[str, list[tuple[int, Source]]] = {}
    for person, source, day in zip(
        *(rows[name].tolist() for name in ("person", "source", "day")), strict=True
    ):
        known.setdefault(person, []).append((day, source_from_key(source)))
    return lambda person, by: [source for day, source in known.get(person, []) if day <= by]
