"""The population figures of a world, counted as the published studies count them.

Police-reported episodes only. A year is 1 April to 31 March in the county and twelve months ending with the
world in a small town. Repeats, the top share and the first repeat are counted over the whole period by child,
as studies of several years' police data do; `three_or_more` is within each year, as the county's council did.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import pairwise

from synthetic.days import midnight, years_before
from synthetic.world import Episode, World


@dataclass(frozen=True)
class Figures:
    """Shares are 0 to 1."""

    children_by_year: tuple[int, ...]
    episodes_by_year: tuple[int, ...]
    three_or_more_by_year: tuple[float, ...]
    children_a_year: float
    three_or_more: float
    repeat_share: float
    repeat_share_in_year: float
    top_five_percent_share: float
    first_repeat_within_28_days: float
    within_24_hours: float
    within_48_hours: float
    over_a_week: float
    most_missing_child: int
    in_care_share_of_children: float
    in_care_share_of_episodes: float

    def as_dict(self) -> dict[str, object]:
        """Plain values for the truth file."""
        return asdict(self)


def years_of(world: World) -> list[tuple[datetime, datetime]]:
    """The whole years of the world, oldest first."""
    last = world.until.date()
    edges = [midnight(years_before(last, back)) for back in range(world.town.years, -1, -1)]
    return list(pairwise(edges))


def figures(world: World) -> Figures:
    """Count."""
    reported = sorted((e for e in world.episodes if e.reported), key=lambda e: (e.start, e.number))
    years = [[e for e in reported if begin <= e.start < end] for begin, end in years_of(world)]
    by_year = [Counter(e.child.number for e in year) for year in years]
    total = Counter(e.child.number for e in reported)
    hours = [(e.end - e.start).total_seconds() / 3600 for e in reported] or [0.0]
    top = sorted(total.values(), reverse=True)[: max(1, round(len(total) * 0.05))]
    care = [e for e in reported if e.child.spell_on(e.start)]
    incidents = max(1, len(reported))
    children, yearly = max(1, len(total)), [len(year) for year in by_year]
    return Figures(
        children_by_year=tuple(yearly),
        episodes_by_year=tuple(len(year) for year in years),
        three_or_more_by_year=tuple(round(_three(year), 3) for year in by_year),
        children_a_year=round(_mean(yearly), 1),
        three_or_more=round(_mean([_three(year) for year in by_year]), 3),
        repeat_share=round(1 - len(total) / incidents, 3),
        repeat_share_in_year=round(1 - sum(yearly) / max(1, sum(map(len, years))), 3),
        top_five_percent_share=round(sum(top) / incidents, 3),
        first_repeat_within_28_days=round(_first_repeat(reported), 3),
        within_24_hours=round(_mean([h <= 24 for h in hours]), 3),
        within_48_hours=round(_mean([h <= 48 for h in hours]), 3),
        over_a_week=round(_mean([h > 168 for h in hours]), 4),
        most_missing_child=max(total.values(), default=0),
        in_care_share_of_children=round(len({e.child.number for e in care}) / children, 3),
        in_care_share_of_episodes=round(len(care) / incidents, 3),
    )


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept) if kept else 0.0


def _three(year: Counter[int]) -> float:
    return sum(1 for n in year.values() if n >= 3) / max(1, len(year))


def _first_repeat(reported: list[Episode]) -> float:
    """Of children missing again at all, the share whose second episode began within 28 days of the first."""
    first: dict[int, datetime] = {}
    gaps: dict[int, float] = {}
    for episode in reported:
        number = episode.child.number
        if number in first:
            gaps.setdefault(number, (episode.start - first[number]).total_seconds() / 86400)
        else:
            first[number] = episode.start
    return _mean([gap <= 28 for gap in gaps.values()])
