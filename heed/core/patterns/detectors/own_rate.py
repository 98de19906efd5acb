"""A child going missing more often than their own past explains (D1 of the study of detection).

Counts episodes against the same child's own earlier ones, never against other children, and says so.
It is no score of the child: it is a sentence about two counts.
"""

import numpy as np

from heed.core.patterns.asking import Ask, Columns, Limits
from heed.core.patterns.detector import Detector, Rows, Span
from heed.core.patterns.formulas import own_tail
from heed.core.patterns.material import DAY_S, EVER, WEEK_S, Episode, Material
from heed.core.patterns.raised import Evidence, Raised
from heed.core.patterns.words import counted, rough, sentence

NAME, VERSION = "own_rate", "1"

AREA = """
select coalesce(min(recorded_s), 0) as data_from_s from record
"""

COUNTS = """
with own_day as (
  select person, recorded_s // 86400 as day, (recorded_s // 86400) * 86400 + 86399 as end_s
  from episode
  where recorded_s <= $end_s and recorded_s >= $start_s
  group by person, recorded_s // 86400
)
select d.person, d.day,
  count(case when e.at_s > d.end_s - $recent_s then 1 end) as recent,
  count(case when e.at_s <= d.end_s - $recent_s then 1 end) as before
from own_day d
join episode e on e.person = d.person and e.recorded_s <= d.end_s and e.superseded_s > d.end_s
  and e.at_s <= d.end_s and e.at_s > d.end_s - $recent_s - $past_s
group by d.person, d.day
having count(case when e.at_s > d.end_s - $recent_s then 1 end) >= $least_episodes
order by d.person, d.day
"""
"""For every child and every day an episode was recorded: episodes lately, and in the child's own past."""


def find(ask: Ask, rows_of: Rows, span: Span, limits: Limits) -> list[Raised]:
    """Children whose recent episodes their own past makes rarer than `chance`. All earlier days come too."""
    recent_s, past_s = int(limits["recent_weeks"]) * WEEK_S, int(limits["own_history_weeks"]) * WEEK_S
    end_s = (span.last + 1) * DAY_S - 1
    rows = ask(COUNTS, {
        "start_s": EVER, "end_s": end_s, "recent_s": recent_s, "past_s": past_s,
        "least_episodes": int(limits["least_episodes"]),
    })  # fmt: skip
    data_from_s = int(ask(AREA, {})["data_from_s"][0])
    ends = (rows["day"].astype(np.int64) + 1) * DAY_S - 1
    weeks_before = np.clip(ends - recent_s - data_from_s, 0, past_s) / WEEK_S
    tail = own_tail(
        rows["recent"], rows["before"], weeks_before, weeks=limits["recent_weeks"], a=limits["prior_episodes"],
        b=limits["prior_weeks"], burst=limits["burst"],
    )  # fmt: skip
    chosen = np.flatnonzero((tail <= limits["chance"]) & (weeks_before >= limits["least_history_weeks"]))
    if not len(chosen):
        return []
    material = rows_of()
    return [_raised(rows, int(i), float(weeks_before[i]), float(tail[i]), material, limits) for i in chosen]


def _raised(
    rows: Columns, i: int, weeks_before: float, tail: float, material: Material, limits: Limits
) -> Raised:
    person, day, recent, before = (rows[name][i] for name in ("person", "day", "recent", "before"))
    end_s = (int(day) + 1) * DAY_S - 1
    episodes = material.episodes[str(person)].known(end_s - int(limits["recent_weeks"]) * WEEK_S, end_s)
    rate = (limits["prior_episodes"] + before) / (limits["prior_weeks"] + weeks_before)
    usual = rough(float(rate * limits["recent_weeks"]))
    weeks = int(limits["recent_weeks"])
    return Raised(
        detector=NAME, version=VERSION, around=str(person), day=int(day), people=(str(person),), hubs=(),
        evidence=tuple(Evidence(e.agency, e.ref, e.person, e.recorded_s, e.superseded_s, e.source) for e in episodes),
        against=_against(episodes),
        denominator=f"{counted(int(before), 'episode')} in the {weeks_before:.0f} weeks before those {weeks}",
        statement=sentence(
            f"{counted(int(recent), 'missing episode')} of one child in {weeks} weeks; the child's own past "
            f"would make {usual} usual. This counts episodes against the same child's earlier ones, nothing else."
        ),
        strength=float(-np.log(max(tail, 1e-300))), chance=tail,
        terms=(("own_rate", float(-np.log(max(tail, 1e-300)))),),
        settings=(episodes[-1].setting if episodes else str(person),),
        stands_days=int(limits["stands_days"]),
    )  # fmt: skip


def _against(episodes: list[Episode]) -> tuple[str, ...]:
    found = []
    if len({episode.agency for episode in episodes}) == 1:
        found.append(
            "Every one of these episodes was recorded by one agency: it may have changed how it records."
        )
    if len({episode.setting for episode in episodes}) > 1:
        found.append("The child moved within these weeks: a new home may report differently.")
    return tuple(found)


OWN_RATE = Detector(
    name=NAME,
    version=VERSION,
    title="Going missing more often than the child's own past explains",
    why_it_matters="A change matters more than a level: many episodes may be an old story, a sudden run is a new one.",
    limits="Blind to a child who was never reported missing, and to homes that stopped reporting. It cannot say why.",
    words="Episodes in the last weeks against the same child's own past, allowing for runs.",
    find=find,
    single_child=True,
)
