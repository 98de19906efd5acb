"""Who has fallen silent: an agency that writes far less than its own past would. Drift of the sources, not of children.

A silent agency makes everything look calmer than it is. Told beside the findings; no child is named, nothing opens.
"""

from dataclasses import dataclass

from heed.core.patterns.asking import Ask
from heed.core.patterns.material import DAY_S, WEEK_S
from heed.core.patterns.series import quieter
from heed.core.patterns.words import counted, rough

RECENT_WEEKS, PAST_WEEKS, LEAST_WEEKS = 6, 52, 13
TOLD_FROM, MOST_OF_USUAL, BURSTS = 8.0, 0.34, 4.0
"""-ln of the chance: one in three thousand looks at an agency that writes as always, in bursts; and at most a third of
what is usual, so that a quiet summer is not called silence."""

COUNTS = """
select agency,
  count(case when recorded_s > $end_s - $recent_s then 1 end) as recent,
  count(case when recorded_s <= $end_s - $recent_s then 1 end) as before,
  min(recorded_s) as since_s
from record
where recorded_s <= $end_s and recorded_s > $end_s - $recent_s - $past_s and revision = 1
group by agency
order by agency
"""


@dataclass(frozen=True, slots=True)
class Silent:
    """An agency, how many records it sent lately, how many its past makes usual, and how far that is from chance."""

    agency: str
    recent: int
    usual: float
    strength: float

    @property
    def statement(self) -> str:
        """'health has sent no records in 6 weeks, where 31 would be usual: …'"""
        return (
            f"{self.agency} has sent {counted(self.recent, 'record')} in {RECENT_WEEKS} weeks, where {rough(self.usual)} "
            "would be usual: what it knows is missing from every finding."
        )


def silent(ask: Ask, day: int) -> list[Silent]:
    """Agencies far quieter by the end of a day (days since 1970-01-01) than in their own year before, worst first."""
    end_s, recent_s = (day + 1) * DAY_S - 1, RECENT_WEEKS * WEEK_S
    rows = ask(COUNTS, {"end_s": end_s, "recent_s": recent_s, "past_s": PAST_WEEKS * WEEK_S})
    found = []
    for agency, recent, before, since_s in zip(
        *(rows[name].tolist() for name in ("agency", "recent", "before", "since_s")), strict=True
    ):
        weeks = (end_s - recent_s - since_s) / WEEK_S
        if weeks >= LEAST_WEEKS:
            usual = before * RECENT_WEEKS / weeks
            strength = float(quieter(recent, before, RECENT_WEEKS, weeks, BURSTS))
            if strength >= TOLD_FROM and recent <= MOST_OF_USUAL * usual:
                found.append(Silent(agency, recent, usual, strength))
    return sorted(found, key=lambda one: (-one.strength, one.agency))
