"""Whether it can be the same child in time: where one side gives no birth date, the years of their records still speak.

A child in records of 1996 is nobody born in 2000; whoever was in children's records in 1990 is no child in 2015.
"""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile

GROWN = 18
"""Years between birth, or a first record, and a last record as a child. A care leaver's may run on a little."""

YOUNG = 10
"""Years both sides' records span at most, so that they rather speak of one childhood."""


def age_level(a: Profile, b: Profile) -> str | None:
    """How the years fit; None but for two children, when both birth dates are known, or when years of records are not."""
    if not (a.child and b.child):
        return None
    if a.years_seen is None or b.years_seen is None or (a.year_born and b.year_born):
        return None
    first, last = min(a.years_seen[0], b.years_seen[0]), max(a.years_seen[1], b.years_seen[1])
    born = a.year_born or b.year_born
    if born is not None and first < born:
        return "unborn"
    if last - (first if born is None else born) > GROWN:
        return "grown"
    if born is not None:
        return "a_child"
    return "one_childhood" if last - first <= YOUNG else "far_apart"


FIRST, LAST = "least(first_year_l, first_year_r)", "greatest(last_year_l, last_year_r)"
BORN = "coalesce(year_born_l, year_born_r)"

AGE = Comparison(
    name="age",
    title="Age",
    unknown="not (child_l and child_r) or first_year_l is null or first_year_r is null"
    " or (year_born_l is not null and year_born_r is not null)",
    levels=(
        Level(
            "unborn",
            f"coalesce({FIRST} < {BORN}, false)",
            "One was in records before the other was born.",
        ),
        Level(
            "grown",
            f"{LAST} - coalesce({BORN}, {FIRST}) > {GROWN}",
            "One was grown up when the other was in records as a child.",
        ),
        Level(
            "a_child",
            f"{BORN} is not null",
            "The birth date of the one fits a child in the years of the other's records.",
        ),
        Level(
            "one_childhood",
            f"{LAST} - {FIRST} <= {YOUNG}",
            "Neither birth date to compare; the years of their records fit one childhood.",
        ),
        Level("far_apart", OTHERWISE, "No birth date to compare, and many years between their records."),
    ),
    decide=age_level,
    shown=lambda profile: " to ".join(profile.seen),
)
