"""The parameters of the two fictional towns: every number the world is drawn from, in one place.

Rates are a year, times are days, shares are 0 to 1. Sources: detection study section 5; data standards
section 12. The two published accounts of repeats disagree on the tail (12 to 15% of a county's missing
children three or more times in a year, against about 45% in the study's prototype): `rate_spread` is that
parameter, set here to the county police figures.
"""

from dataclasses import dataclass
from datetime import date

type HubPlan = tuple[str, float, float, float]
"""(kind, weight, share of the network's life at which it starts, share at which it ends)."""


@dataclass(frozen=True)
class Plan:
    """A network to plant. `onset` is the share of the town's years at which it begins."""

    name: str
    family: str
    size: int
    onset: float
    recruit_months: float
    run_months: float
    hubs: tuple[HubPlan, ...]
    extra: float = 0.25
    together: float = 0.2
    recorded: float = 0.3
    route: str = "peers"
    acted_after_years: float | None = 3.0
    shares_hub_with: str | None = None


@dataclass(frozen=True)
class Town:
    """A fictional town or county."""

    code: str
    children: int
    years: int
    until: date
    homes: int
    places: int
    schools: int
    known: float
    plans: tuple[Plan, ...]
    missing_a_year: tuple[int, int] | None = None
    most_missing: int = 0
    rate: float = 0.0272
    rate_spread: float = 1.6
    prone: float = 0.18
    highest_rate: float = 5.0
    branching: float = 0.38
    branching_falls: float = 0.35
    repeat_days: float = 8.0
    in_care: float = 0.017
    care_factor: float = 4.8
    friends_joint: tuple[float, float] = (0.03, 0.12)
    homes_joint: tuple[float, float] = (0.1, 0.4)
    zipf: float = 1.0
    staff: int = 6
    contacts_a_year: float = 1.1
    mails: int = 5


FLAT, TAKEAWAY, HOTEL, CAR, PHONE, ALIAS, ACCOUNT = (
    "flat",
    "takeaway",
    "hotel",
    "vehicle",
    "phone",
    "alias",
    "account",
)

SMALL = Town(
    code="small",
    children=3000,
    years=6,
    until=date(2026, 11, 15),
    homes=3,
    places=110,
    schools=3,
    known=0.1,
    in_care=0.02,
    staff=3,
    mails=4,
    rate=0.03,
    plans=(
        Plan(
            "Lantern",
            "H1 one takeaway and the flat above it",
            7,
            0.14,
            14,
            34,
            (
                (FLAT, 3, 0, 1),
                (TAKEAWAY, 1, 0, 1),
                (CAR, 1.5, 0.1, 0.8),
                (ALIAS, 2, 0, 1),
                (PHONE, 1, 0.3, 1),
            ),
            extra=0.16,
            recorded=0.3,
            acted_after_years=4.2,
        ),
        Plan(
            "Heron",
            "H2 moving addresses",
            6,
            0.36,
            12,
            28,
            (
                (FLAT, 3, 0, 0.4),
                (FLAT, 3, 0.35, 0.75),
                (HOTEL, 3, 0.7, 1),
                (CAR, 1.5, 0, 1),
                (ALIAS, 1, 0, 1),
            ),
            extra=0.16,
            recorded=0.33,
            route="homes",
            acted_after_years=3.1,
        ),
        Plan(
            "Thistle",
            "H3 a vehicle and a phone, no address",
            5,
            0.9,
            5,
            24,
            ((CAR, 2, 0, 1), (PHONE, 1.5, 0, 1), (ALIAS, 1, 0, 1)),
            extra=0.3,
            recorded=0.4,
            route="places",
            acted_after_years=None,
        ),
    ),
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
    missing_a_year=(600, 634),
    most_missing=80,
    staff=14,
    mails=12,
    plans=(
        Plan(
            "Lantern",
            "H1 one takeaway",
            9,
            0.08,
            18,
            60,
            ((TAKEAWAY, 3, 0, 1), (FLAT, 2, 0.1, 1), (ALIAS, 2, 0, 1), (CAR, 1, 0.2, 0.7)),
            extra=0.12,
            recorded=0.25,
            acted_after_years=9.5,
        ),
        Plan(
            "Heron",
            "H2 moving addresses",
            10,
            0.2,
            20,
            48,
            (
                (FLAT, 3, 0, 0.35),
                (FLAT, 3, 0.3, 0.7),
                (HOTEL, 3, 0.65, 1),
                (CAR, 1, 0, 0.5),
                (ALIAS, 1, 0, 1),
            ),
            extra=0.15,
            recorded=0.3,
            route="homes",
            acted_after_years=7.8,
        ),
        Plan(
            "Thistle",
            "H3 vehicle only",
            7,
            0.32,
            12,
            30,
            ((CAR, 2, 0, 1), (CAR, 1, 0.4, 1)),
            extra=0.12,
            recorded=0.3,
            route="places",
            acted_after_years=6.4,
        ),
        Plan(
            "Sparrow",
            "H6 two networks sharing a hub",
            8,
            0.42,
            14,
            40,
            ((FLAT, 2, 0, 1), (ALIAS, 2, 0, 1), (PHONE, 1, 0, 0.6)),
            extra=0.15,
            recorded=0.28,
            acted_after_years=5.2,
        ),
        Plan(
            "Magpie",
            "H6 two networks sharing a hub",
            7,
            0.46,
            12,
            36,
            ((FLAT, 2, 0, 1), (CAR, 1, 0, 1), (ALIAS, 1, 0.2, 1)),
            extra=0.15,
            recorded=0.28,
            route="places",
            acted_after_years=4.6,
            shares_hub_with="Sparrow",
        ),
        Plan(
            "Willow",
            "H7 slow: four children in two years",
            4,
            0.26,
            24,
            44,
            ((FLAT, 3, 0, 1), (ALIAS, 1, 0, 1)),
            extra=0.2,
            recorded=0.36,
            acted_after_years=8.0,
        ),
        Plan(
            "Ember",
            "H8 fast: ten children in eight weeks",
            10,
            0.6,
            1.9,
            12,
            ((FLAT, 2, 0, 1), (PHONE, 1, 0, 1), (ACCOUNT, 1, 0, 1)),
            extra=0.4,
            recorded=0.3,
            route="places",
            acted_after_years=2.6,
        ),
        Plan(
            "Cinder",
            "hidden time: no episode more than before",
            8,
            0.52,
            16,
            36,
            ((FLAT, 3, 0, 1), (CAR, 1, 0, 1), (ALIAS, 1, 0, 1)),
            extra=0.0,
            recorded=0.38,
            acted_after_years=4.9,
        ),
        Plan(
            "Quarry",
            "through children's homes",
            12,
            0.7,
            20,
            40,
            ((HOTEL, 2, 0, 1), (CAR, 1.5, 0, 0.6), (CAR, 1.5, 0.5, 1), (PHONE, 1, 0, 1), (ALIAS, 1, 0, 1)),
            extra=0.15,
            recorded=0.25,
            route="homes",
            acted_after_years=3.3,
        ),
        Plan(
            "Reed",
            "hardly recorded",
            5,
            0.56,
            12,
            24,
            ((FLAT, 2, 0, 1), (ALIAS, 1, 0, 1)),
            extra=0.06,
            recorded=0.02,
            acted_after_years=5.0,
        ),
        Plan(
            "Bracken",
            "late, still at work when the records end",
            9,
            0.82,
            10,
            30,
            ((FLAT, 2, 0, 1), (TAKEAWAY, 1, 0, 1), (ALIAS, 1, 0, 1), (ACCOUNT, 1, 0, 1)),
            extra=0.2,
            recorded=0.28,
            acted_after_years=2.2,
        ),
    ),
)

TOWNS = {town.code: town for town in (SMALL, COUNTY)}
