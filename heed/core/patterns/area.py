"""What is usual in an area, from its own records: how many households come to a thing nobody has recorded before.

A telephone is shared by chance far more rarely than a bus stop, and by how much differs from area to area.
"""

from heed.core.patterns.asking import Ask, Columns, Limits
from heed.core.patterns.formulas import mean_of_new
from heed.core.patterns.material import WEEK_S

FIRST_RECORDED = "select coalesce(min(recorded_s), 0) as data_from_s from record"

NEW_HUBS = """
with stretch as (
  select kind, hub, at_s // $window_s as turn, count(distinct setting) as settings
  from touch
  where recorded_s < (at_s // $window_s + 1) * $window_s
    and superseded_s >= (at_s // $window_s + 1) * $window_s
  group by kind, hub, at_s // $window_s
),
begun as (
  select kind, hub, min(turn) as turn from stretch group by kind, hub
)
select s.kind, s.turn, count(*) as hubs, sum(least(s.settings - 1, 2)) as others
from stretch s join begun b on b.kind = s.kind and b.hub = s.hub and b.turn = s.turn
where s.turn >= $first_turn
group by s.kind, s.turn
order by s.kind, s.turn
"""
"""Things recorded for the first time in each whole half year, and how many further households came to them in it.

No more than two a thing: what a network does must not make itself usual.
"""


class Area:
    """What is usual in this area: since when it records, how many households a new thing of each kind sees."""

    def __init__(self, data_from_s: int, new: Columns, limits: Limits) -> None:
        self.data_from_s, self._stated, self._window_s = (
            data_from_s, limits["mean_of_new"], int(limits["window_weeks"]) * WEEK_S,
        )  # fmt: skip
        self._turns: dict[str, list[tuple[int, int, int]]] = {}
        self._means: dict[tuple[str, int], float] = {}
        for kind, turn, hubs, others in zip(
            *(new[name].tolist() for name in ("kind", "turn", "hubs", "others")), strict=True
        ):
            self._turns.setdefault(kind, []).append((turn, int(hubs), int(others)))

    def mean_of_new(self, kind: str, end_s: int) -> float:
        """mu0 for a kind of thing: only whole half years that ended before the window that ends now began."""
        whole = (end_s - self._window_s) // self._window_s
        if (kind, whole) not in self._means:
            known = [(hubs, others) for turn, hubs, others in self._turns.get(kind, []) if turn < whole]
            mean = mean_of_new(sum(h for h, _ in known), sum(o for _, o in known), self._stated)
            self._means[(kind, whole)] = float(mean)
        return self._means[(kind, whole)]


def area_of(ask: Ask, limits: Limits) -> Area:
    """What was usual in the area, half year by half year: each knows only what was recorded by its end.

    The first two half years of records teach nothing: everything is new in them.
    """
    data_from_s = int(ask(FIRST_RECORDED, {})["data_from_s"][0])
    window_s = int(limits["window_weeks"]) * WEEK_S
    parameters = {"window_s": window_s, "first_turn": data_from_s // window_s + 2}
    return Area(data_from_s, ask(NEW_HUBS, parameters), limits)
