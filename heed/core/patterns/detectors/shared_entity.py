"""Children from different homes around one place, vehicle, phone or name (D3 of the study of detection).

A busy hub is discounted by its own history, not by a stop list: a town centre needs a large rise, a quiet
address three households. Friends found together once are one visit, not three.
"""

from functools import partial

import numpy as np

from heed.core.patterns.detector import Ask, Detector, Limits, Span
from heed.core.patterns.formulas import FAN_IN, mixture, usual, usual_at_busy
from heed.core.patterns.gathering import Candidate, Weigher
from heed.core.patterns.material import DAY_S, WEEK_S, gather
from heed.core.patterns.raised import Raised

FIRST_RECORDED = "select coalesce(min(recorded_s), 0) as data_from_s from record"

COUNTS = """
with hub_day as (
  select hub, kind, recorded_s // 86400 as day, (recorded_s // 86400) * 86400 + 86399 as end_s
  from touch
  where kind in ({kinds}) and recorded_s <= $end_s
  group by hub, kind, recorded_s // 86400
),
wanted as (
  select kind, hub from touch where kind in ({kinds}) and recorded_s <= $end_s
  group by kind, hub having count(distinct person) >= $least_children
),
reached as (
  select t.kind, t.hub, t.person, t.setting, t.at_s, t.recorded_s, t.superseded_s,
    t.at_s // ($window_s + $history_s) + step.n as stretch
  from touch t
  join wanted on wanted.kind = t.kind and wanted.hub = t.hub
  cross join (select 0 as n union all select 1 as n) step
),
joined as (
  select d.kind, d.hub, d.day, t.person, t.setting, t.at_s // 86400 as visit,
    (d.end_s - t.at_s) // $window_s as turn
  from hub_day d
  join reached t on t.kind = d.kind and t.hub = d.hub and t.stretch = d.end_s // ($window_s + $history_s)
    and t.recorded_s <= d.end_s and t.superseded_s > d.end_s
    and t.at_s <= d.end_s and t.at_s > d.end_s - $window_s - $history_s
),
counted as (
  select t.kind, t.hub, t.day,
    count(distinct case when t.turn = 0 then t.person end) as children,
    count(distinct case when t.turn = 0 then t.setting end) as settings,
    count(distinct case when t.turn = 0 then t.visit end) as visits,
    count(distinct case when t.turn > 0 then t.person end) as children_before,
    count(distinct case when t.turn > 0 then t.setting end) as settings_before,
    count(distinct case when t.turn > 0 then t.visit end) as visits_before,
    count(distinct case when t.turn = 1 then t.person end) as children_lately,
    count(distinct case when t.turn = 1 then t.setting end) as settings_lately,
    count(distinct case when t.turn = 1 then t.visit end) as visits_lately,
    count(distinct case when t.turn = 2 then t.person end) as children_earlier,
    count(distinct case when t.turn = 2 then t.setting end) as settings_earlier,
    count(distinct case when t.turn = 2 then t.visit end) as visits_earlier
  from joined t
  group by t.kind, t.hub, t.day
)
select kind, hub, day, children, settings, visits,
  least(children, settings, visits) as seen,
  least(children_before, settings_before, visits_before) as seen_before,
  least(children_lately, settings_lately, visits_lately)
    + least(children_earlier, settings_earlier, visits_earlier) as seen_in_two
from counted
where children >= $least_children and settings >= $least_settings
order by kind, hub, day
"""
"""For every hub and every day something was recorded about it: households seen in the window, and before it."""


def find(
    ask: Ask, span: Span, limits: Limits, *, name: str, version: str, kinds: tuple[str, ...]
) -> list[Raised]:
    """Everything raised around hubs of some kinds from `span.first` to `span.last`.

    A hub raised in the span comes with all its earlier days, for the identity of its finding.
    """
    data_from_s = int(ask(FIRST_RECORDED, {})["data_from_s"][0])
    candidates = _candidates(ask, span, limits, kinds, data_from_s)
    if not candidates:
        return []
    weigher = Weigher(gather(ask, (span.last + 1) * DAY_S - 1), data_from_s, limits, name, version)
    raised = (weigher.weigh(candidate) for candidate in candidates)
    return [one for one in raised if one is not None]


def _candidates(
    ask: Ask, span: Span, limits: Limits, kinds: tuple[str, ...], data_from_s: int
) -> list[Candidate]:
    """Hubs and days whose fan-in reaches the floor, for hubs that do so within the span."""
    window_s, history_s = int(limits["window_weeks"]) * WEEK_S, int(limits["history_weeks"]) * WEEK_S
    rows = ask(
        COUNTS.format(kinds=", ".join(f"'{kind}'" for kind in kinds)),
        {
            "end_s": (span.last + 1) * DAY_S - 1,
            "window_s": window_s,
            "history_s": history_s,
            "least_children": int(limits["least_children"]),
            "least_settings": int(limits["least_settings"]),
        },
    )
    ends = (rows["day"].astype(np.int64) + 1) * DAY_S - 1
    available = np.clip(ends - window_s - data_from_s, 0, history_s)
    windows = np.clip(available / window_s, 1.0, 2.0)
    expected = usual(rows["seen_before"], available / window_s, limits["mean_of_new"])
    expected = usual_at_busy(expected, rows["seen_in_two"] / windows)
    fan_in = mixture(rows["seen"], expected, FAN_IN)
    # Before Heed has half a window's worth of a hub's own history, fan-in alone cannot tell busy from new.
    fan_in = np.where(available < window_s, np.minimum(fan_in, limits["cap_without_history"]), fan_in)
    close = fan_in >= limits["closer_look"]
    hubs = {
        (str(rows["kind"][i]), str(rows["hub"][i]))
        for i in np.flatnonzero(close & (rows["day"] >= span.first))
    }
    return [
        Candidate(
            str(rows["kind"][i]), str(rows["hub"][i]), int(rows["day"][i]), int(rows["seen"][i]),
            int(rows["seen_before"][i]), float(expected[i]), float(fan_in[i]),
            float(available[i]) / WEEK_S,
        )
        for i in np.flatnonzero(close)
        if (str(rows["kind"][i]), str(rows["hub"][i])) in hubs
    ]  # fmt: skip


_COMMON = (
    "Counts only what somebody wrote down. A popular place, a family friend or a youth worker can gather "
    "children for good reasons: ask before you assume. No finding does not mean safe."
)


def _detector(name: str, title: str, why: str, words: str, kinds: tuple[str, ...]) -> Detector:
    version = "1"
    return Detector(
        name=name, version=version, title=title, why_it_matters=why, limits=_COMMON, words=words,
        find=partial(find, name=name, version=version, kinds=kinds),
    )  # fmt: skip


SHARED_PLACE = _detector(
    "shared_place",
    "Children from different homes at one place",
    "Each agency sees one child at an address. Only together do the children have the address in common.",
    "More households than this place's own history explains, within half a year.",
    ("place",),
)
SHARED_VEHICLE = _detector(
    "shared_vehicle",
    "Children from different homes with one vehicle",
    "A registration number noted once by a home, once by a school and once by a patrol is three notes, or one car.",
    "More households than this vehicle's own history explains, within half a year.",
    ("vehicle",),
)
SHARED_PHONE = _detector(
    "shared_phone",
    "Children from different homes with one phone or account",
    "The same number calling children who do not know each other is seen by nobody who sees one child.",
    "More households than this number's or account's own history explains, within half a year.",
    ("phone", "account"),
)
SHARED_ALIAS = _detector(
    "shared_alias",
    "Children from different homes naming one adult",
    "The same nickname, said by children to different professionals, is written into different files.",
    "More households than this name's own history explains, within half a year.",
    ("alias",),
)
