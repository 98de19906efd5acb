"""The parameters of the two fictional towns: every number the world is drawn from, in one place.

Rates are a year, times are days, shares are 0 to 1. Sources: detection study section 5; data standards
section 12. Two published accounts of repeats disagree on the tail: 12 to 15% of one county's missing children
were missing three or more times in a year, while 45% were in the study's prototype. `rate_spread`, `prone` and
`branching` are that parameter; here they aim at the county's own figures.
"""

from dataclasses import dataclass
from datetime import date

from synthetic.plans import COUNTY as COUNTY_NETWORKS
from synthetic.plans import SMALL as SMALL_NETWORKS
from synthetic.plans import Plan, plans


@dataclass(frozen=True)
class Town:
    """A fictional town or county.

    children: aged 10 to 17 at any time. known: share of them who come to notice without being missing.
    prone: share of children outside care with any rate at all; rate: mean yearly rate of those, lognormal with
    rate_spread; highest_rate and highest_in_care cap it. branching: chance that an episode sets off another,
    falling by branching_falls each time, repeat_days later on average. in_care: share of children in care at a
    time. friends_joint, homes_joint: ranges of the chance to go along. zipf: how unequal places are.
    """

    code: str
    children: int
    years: int
    until: date
    homes: int
    places: int
    schools: int
    known: float
    plans: tuple[Plan, ...]
    staff: int
    mails: int
    missing_a_year: tuple[int, int] | None = None
    most_missing: int = 0
    rate: float = 0.0355
    rate_spread: float = 1.5
    prone: float = 0.15
    highest_rate: float = 4.0
    highest_in_care: float = 6.0
    branching: float = 0.39
    branching_falls: float = 0.05
    repeat_days: float = 8.0
    in_care: float = 0.017
    care_factor: float = 4.5
    friends_joint: tuple[float, float] = (0.03, 0.12)
    homes_joint: tuple[float, float] = (0.1, 0.4)
    zipf: float = 1.0
    contacts_a_year: float = 1.0


SMALL = Town(
    code="small",
    children=3000,
    years=6,
    until=date(2026, 11, 15),
    homes=3,
    places=110,
    schools=3,
    known=0.1,
    plans=plans(SMALL_NETWORKS),
    staff=3,
    mails=4,
    rate=0.042,
    in_care=0.02,
)

COUNTY = Town(
    code="county",
    children=65_746,
    years=16,
    until=date(2012, 3, 31),
    homes=26,
    places=900,
    schools=34,
    known=0.055,
    plans=plans(COUNTY_NETWORKS),
    staff=14,
    mails=12,
    missing_a_year=(600, 634),
    most_missing=80,
)

TOWNS = {town.code: town for town in (SMALL, COUNTY)}
