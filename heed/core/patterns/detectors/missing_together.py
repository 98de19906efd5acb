"""Children from different homes who are missing at the same time, again and again (D2 of the study).

A pair says little: friends go out together. Pairs far beyond chance are joined where they share a child,
and a group of at least three is told.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import comb, log

import numpy as np

from heed.core.patterns.asking import Ask, Columns, Limits
from heed.core.patterns.detector import Detector, Rows, Span
from heed.core.patterns.formulas import TOGETHER, mixture
from heed.core.patterns.material import DAY_S, WEEK_S, Episode, Material
from heed.core.patterns.raised import Evidence, Raised
from heed.core.patterns.terms import overlaps_expected
from heed.core.patterns.words import counted, rough, sentence

NAME, VERSION = "missing_together", "2"

COUNTS = """
with spread as (
  select person, record_id, at_s, to_s, recorded_s, superseded_s, setting, at_s // 604800 + step.n as week
  from episode
  cross join (select -1 as n union all select 0 as n union all select 1 as n) step
  where recorded_s <= $end_s
),
overlap as (
  select a.person as x, b.person as y, greatest(a.at_s, b.at_s) as at_s,
    greatest(a.recorded_s, b.recorded_s) as recorded_s, least(a.superseded_s, b.superseded_s) as superseded_s
  from episode a
  join spread b on b.week = a.at_s // 604800 and a.person < b.person and a.setting <> b.setting
    and a.at_s < b.to_s and b.at_s < a.to_s
  where a.recorded_s <= $end_s
),
repeated as (
  select x, y from overlap group by x, y having count(*) >= $least_overlaps
),
pair_day as (
  select o.x, o.y, o.recorded_s // 86400 as day, (o.recorded_s // 86400) * 86400 + 86399 as end_s
  from overlap o join repeated r on r.x = o.x and r.y = o.y
  group by o.x, o.y, o.recorded_s // 86400
)
select d.x, d.y, d.day, count(*) as seen
from pair_day d
join overlap o on o.x = d.x and o.y = d.y and o.recorded_s <= d.end_s and o.superseded_s > d.end_s
  and o.at_s <= d.end_s and o.at_s > d.end_s - $window_s
group by d.x, d.y, d.day
having count(*) >= $least_overlaps
order by d.day, d.x, d.y
"""
"""For every pair from different homes and every day another overlap was recorded: overlaps in the window."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two children on a day: overlaps seen and expected, and what they add."""

    x: str
    y: str
    day: int
    seen: int
    expected: float
    adds: float


def find(ask: Ask, rows_of: Rows, span: Span, limits: Limits) -> list[Raised]:
    """Groups raised up to `span.last`; all earlier days come too, for their identity."""
    end_s = (span.last + 1) * DAY_S - 1
    rows = ask(COUNTS, {
        "end_s": end_s, "window_s": int(limits["window_weeks"]) * WEEK_S,
        "least_overlaps": int(limits["least_overlaps"]),
    })  # fmt: skip
    if not len(rows["day"]):
        return []
    material = rows_of()
    return _groups(_strong(rows, material, limits), material, limits)


def _strong(rows: Columns, material: Material, limits: Limits) -> list[Pair]:
    """Pairs far beyond chance, in order of day."""
    window_s = int(limits["window_weeks"]) * WEEK_S
    pairs = []
    for x, y, day, seen in zip(*(rows[name].tolist() for name in ("x", "y", "day", "seen")), strict=True):
        end_s = (day + 1) * DAY_S - 1
        one, other = (material.episodes[person].known(end_s - window_s, end_s) for person in (x, y))
        expected = overlaps_expected(one, other, window_s, limits["evening_factor"])
        adds = float(mixture(seen, expected, TOGETHER))
        if adds >= limits["pair_strength"]:
            pairs.append(Pair(x, y, day, seen, expected, adds))
    return pairs


def _groups(pairs: list[Pair], material: Material, limits: Limits) -> list[Raised]:
    """Join pairs that stand at the same time and share a child; the oldest pair names the group for good."""
    stands = int(limits["stands_days"])
    newest: dict[tuple[str, str], Pair] = {}
    named: dict[tuple[str, str], tuple[int, str, str]] = {}
    raised = []
    for pair in pairs:
        for old in [key for key, last in newest.items() if last.day <= pair.day - stands]:
            del newest[old], named[old]
        key = (pair.x, pair.y)
        newest[key] = pair
        group = _reachable(key, newest)
        name = min([(pair.day, *key), *(named[k] for k in group if k in named)])
        named.update(dict.fromkeys(group, name))
        one = _raised(name, pair.day, [newest[k] for k in sorted(group)], material, limits)
        if one is not None:
            raised.append(one)
    return raised


def _reachable(start: tuple[str, str], pairs: dict[tuple[str, str], Pair]) -> set[tuple[str, str]]:
    """All pairs joined to one by shared children."""
    of_child: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key in pairs:
        for child in key:
            of_child[child].add(key)
    found, waiting = {start}, [start]
    while waiting:
        for child in waiting.pop():
            waiting += of_child[child] - found
            found |= of_child[child]
    return found


def _raised(
    name: tuple[int, str, str], day: int, pairs: list[Pair], material: Material, limits: Limits
) -> Raised | None:
    people = sorted({child for pair in pairs for child in (pair.x, pair.y)})
    end_s = (day + 1) * DAY_S - 1
    window_s = int(limits["window_weeks"]) * WEEK_S
    episodes = {person: material.episodes[person].known(end_s - window_s, end_s) for person in people}
    behind = _behind(pairs, episodes)
    setting = {person: rows[-1].setting if rows else person for person, rows in episodes.items()}
    terms = [(f"pair_{i + 1}", pair.adds) for i, pair in enumerate(pairs)]
    terms.append(("choice", -log(max(1, comb(material.missing(end_s - window_s, end_s), 2)))))
    strength = sum(value for _, value in terms)
    enough = (
        len(people) >= limits["least_children"] and len(set(setting.values())) >= limits["least_settings"]
    )
    if not enough or strength < limits["strength"] or not behind:
        return None
    seen, expected = sum(pair.seen for pair in pairs), sum(pair.expected for pair in pairs)
    agencies = {episode.agency for episode in behind}
    return Raised(
        detector=NAME, version=VERSION, around=" ".join(map(str, name)), day=day, people=tuple(people), hubs=(),
        evidence=tuple(Evidence(e.agency, e.ref, e.person, e.recorded_s, e.superseded_s, e.source) for e in behind),
        against=_against(behind, people),
        denominator=f"{sum(map(len, episodes.values()))} episodes of these children in {window_s // WEEK_S} weeks",
        statement=sentence(
            f"{counted(len(people), 'child', 'children')} from {counted(len(set(setting.values())), 'home')} known to "
            f"{counted(len(agencies), 'agency', 'agencies')} were missing at the same time "
            f"{counted(seen, 'time')} in {window_s // WEEK_S} weeks; {rough(expected)} would be usual."
        ),
        strength=strength, chance=float(np.exp(-max(pair.adds for pair in pairs))),
        terms=tuple(terms),
        settings=tuple(setting[person] for person in people),
        least_children=int(limits["least_children"]), least_settings=int(limits["least_settings"]),
        stands_days=int(limits["stands_days"]),
    )  # fmt: skip


def _behind(pairs: list[Pair], episodes: dict[str, list[Episode]]) -> list[Episode]:
    """The episodes that overlap, in order of time."""
    found = {}
    for pair in pairs:
        for a in episodes[pair.x]:
            for b in episodes[pair.y]:
                if a.at_s < b.to_s and b.at_s < a.to_s:
                    found[(a.at_s, a.record_id, a.person)] = a
                    found[(b.at_s, b.record_id, b.person)] = b
    return [found[key] for key in sorted(found)]


def _against(behind: list[Episode], people: list[str]) -> tuple[str, ...]:
    found = ["Friends who go out together look like this too."]
    shared = {e.record_id for e in behind if sum(o.record_id == e.record_id for o in behind) > 1}
    if shared:
        found.append(
            f"{sentence(counted(len(shared), 'record'))} names more than one of them: they were known to be together."
        )
    return tuple(found)


MISSING_TOGETHER = Detector(
    name=NAME,
    version=VERSION,
    title="Children from different homes missing at the same time",
    why_it_matters="Each home reports its own child. That three of three homes go together shows only across homes.",
    limits="Friends do this too. Long absences overlap with everything and weigh little. Blind without end times.",
    words="More shared absences than the children's own rates explain, joined where pairs share a child.",
    find=find,
)
