"""Children from different homes around one place, vehicle, phone or name (D3 of the study of detection).

A busy hub is discounted by its own history, not by a stop list: a town centre needs a large rise, a quiet
address three households. Friends found together once are one visit, not three.
"""

from functools import partial

from heed.core.patterns.area import area_of
from heed.core.patterns.asking import Ask, Limits
from heed.core.patterns.detector import Detector, Rows, Span
from heed.core.patterns.fan_in import days_before, judged
from heed.core.patterns.gathering import Weigher
from heed.core.patterns.material import DAY_S, WEEK_S
from heed.core.patterns.raised import Raised

COUNTS = """
with hub_day as (
  select hub, kind, recorded_s // 86400 as day, (recorded_s // 86400) * 86400 + 86399 as end_s
  from touch
  where kind in ({kinds}) and recorded_s <= $end_s and recorded_s >= $start_s
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
    ask: Ask, rows_of: Rows, span: Span, limits: Limits, *, name: str, version: str, kinds: tuple[str, ...]
) -> list[Raised]:
    """Everything raised around hubs of some kinds from `span.first` to `span.last`.

    A hub raised in the span comes with the days before it, back to where its finding began.
    """
    area = area_of(ask, limits)
    candidates = judged(ask(counting(kinds), _parameters(span, limits)), area, limits)
    if not candidates:
        return []
    weigher = Weigher(rows_of(), area, limits, name, version)
    raised = [one for candidate in candidates if (one := weigher.weigh(candidate)) is not None]
    return raised + list(days_before(raised, weigher, span.first))


def counting(kinds: tuple[str, ...]) -> str:
    """The counting of hubs of some kinds, as SQL."""
    return COUNTS.format(kinds=", ".join(f"'{kind}'" for kind in kinds))


def _parameters(span: Span, limits: Limits) -> dict[str, int]:
    return {
        "start_s": span.first * DAY_S,
        "end_s": (span.last + 1) * DAY_S - 1,
        "window_s": int(limits["window_weeks"]) * WEEK_S,
        "history_s": int(limits["history_weeks"]) * WEEK_S,
        "least_children": int(limits["least_children"]),
        "least_settings": int(limits["least_settings"]),
    }


_COMMON = (
    "Counts only what somebody wrote down. Children there on one day only count as one visit, however many they "
    "were: friends go together. A number plate or an address noted in part counts as the only one known then that has "
    "that part. A popular place, a family friend or a youth worker can gather "
    "children for good reasons: ask before you assume. No finding does not mean safe."
)


def _detector(name: str, title: str, why: str, words: str, kinds: tuple[str, ...]) -> Detector:
    version = "3"
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
