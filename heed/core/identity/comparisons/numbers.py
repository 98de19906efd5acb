"""Numbers an authority gave: NHS number, pupil number and any other scheme, weighed by their check digit.

A number alone never joins two sources: in one published sample an identifier carries three dates of birth.
A valid NHS or pupil number cannot become another valid one by one wrong key (modulus 11 and 23), so a near
miss counts as a slip only where at least one of the two fails its check. Numbers of other schemes have no check: the
first scheme by name that each side knows is looked at, since no file carries many.
"""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.letters import slipped, slipped_sql
from heed.core.identity.profile import Profile

SLIP_SCHEMES = ("nhs", "upn", "another_number")
"""Columns in which slips are looked for; the last holds a number of any other scheme, with its scheme."""
BOTH_CHECKED = "list_has_any(checked_schemes_l, checked_schemes_r)"


def number_level(a: Profile, b: Profile) -> str | None:
    """How the numbers agree; None when the two share no scheme."""
    if not a.schemes & b.schemes:
        return None
    if a.checked_numbers & b.checked_numbers:
        return "same_checked"
    if a.all_numbers & b.all_numbers:
        return "same"
    if a.checked_schemes & b.checked_schemes:
        return "different_checked"
    if any(slipped(a.in_column(name), b.in_column(name)) for name in SLIP_SCHEMES):
        return "slip"
    return "different"


def _shown(profile: Profile) -> str:
    """Schemes only: the number itself stays in the records."""
    return ", ".join(sorted(profile.schemes)).upper()


NUMBER = Comparison(
    name="number",
    title="Numbers",
    unknown="not list_has_any(schemes_l, schemes_r)",
    levels=(
        Level(
            "same_checked",
            "list_has_any(checked_numbers_l, checked_numbers_r)",
            "Both carry the same number, and it passes its check.",
        ),
        Level(
            "same",
            "list_has_any(numbers_l, numbers_r)",
            "Both carry the same number, of a kind that has no check digit or fails it.",
        ),
        Level(
            "different_checked",
            BOTH_CHECKED,
            "They carry two different numbers of one scheme, and both pass their check.",
        ),
        Level(
            "slip",
            " or ".join(slipped_sql(scheme) for scheme in SLIP_SCHEMES),
            "Two numbers differ by one slip of a key, and no check tells them apart.",
        ),
        Level("different", OTHERWISE, "They carry different numbers; at least one fails or has no check."),
    ),
    decide=number_level,
    shown=_shown,
)
