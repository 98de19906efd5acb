"""Whom they were named beside, and on which days: evidence of one event told twice, and of a household or a group.

Counted with the household: brothers, sisters and friends share company and events as one child's files do.
"""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile

FEW, SOME = 10, 100
"""Pairs of days compared: where few are, days that meet by chance are rare; where many are, they say less."""


def company_level(a: Profile, b: Profile) -> str | None:
    """Whether the same people were named beside two children; None when of one side nobody was."""
    if not (a.child and b.child) or not a.company or not b.company:
        return None
    return "shared" if set(a.company) & set(b.company) else "apart"


def beside_level(a: Profile, b: Profile) -> str | None:
    """Whether one record names both, side by side; nothing follows where none does."""
    return "each_other" if set(a.shared) & set(b.shared) else None


def events_level(a: Profile, b: Profile) -> str | None:
    """Whether days of two children are at most two apart; None when there are none, or so many that some must be."""
    pairs = len(a.events) * len(b.events)
    if not (a.child and b.child) or not 0 < pairs < SOME:
        return None
    if not a.around & b.around:
        return "apart"
    return "met_rarely" if pairs < FEW else "met"


COMPANY = Comparison(
    name="company",
    title="Company",
    unknown="not (child_l and child_r) or len(company_l) = 0 or len(company_r) = 0",
    levels=(
        Level("shared", "list_has_any(company_l, company_r)", "The same people were named beside both."),
        Level("apart", OTHERWISE, "Nobody was named beside both."),
    ),
    decide=company_level,
    shown=lambda profile: f"{len(profile.company)} named beside them",
    household=True,
)

EACH_OTHER = "list_has_any(shared_l, shared_r)"
BESIDE = Comparison(
    name="beside",
    title="Side by side",
    unknown=f"not ({EACH_OTHER})",
    levels=(
        Level("each_other", EACH_OTHER, "One record names both, side by side: they are hardly one person."),
        Level("never", OTHERWISE, "No record names both."),
    ),
    decide=beside_level,
    shown=lambda profile: "",
)

PAIRS = "events_l * events_r"
EVENTS = Comparison(
    name="events",
    title="Days of events",
    unknown=f"not (child_l and child_r) or {PAIRS} = 0 or {PAIRS} >= {SOME}",
    levels=(
        Level(
            "met_rarely",
            f"list_has_any(around_l, around_r) and {PAIRS} < {FEW}",
            "Both have a record of the same days, and few records in all.",
        ),
        Level("met", "list_has_any(around_l, around_r)", "Both have a record of the same days."),
        Level("apart", OTHERWISE, "No two of their records are of the same days."),
    ),
    decide=events_level,
    shown=lambda profile: f"{len(profile.events)} days",
    household=True,
)
