"""Whose files: one agency seldom opens two files under two references for one child."""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile


def files_level(a: Profile, b: Profile) -> str | None:
    """Whether one agency knows both under references of its own; None for a person named in passing."""
    if a.in_passing or b.in_passing:
        return None
    return "one_agency" if a.agency == b.agency else "two_agencies"


FILES = Comparison(
    name="files",
    title="Whose files",
    unknown="in_passing_l or in_passing_r",
    levels=(
        Level(
            "one_agency",
            "agency_l = agency_r",
            "One agency keeps both under two references; agencies seldom do that for one person.",
        ),
        Level("two_agencies", OTHERWISE, "Two agencies each keep a file."),
    ),
    decide=files_level,
    shown=lambda profile: profile.agency,
)
