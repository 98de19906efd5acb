"""Dates of birth: whole, partial, day and month exchanged, one key slipped, a year out."""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.letters import slipped, slipped_sql
from heed.core.identity.profile import DAY_LENGTH, Profile

WHOLE = f"length(born_l) = {DAY_LENGTH} and length(born_r) = {DAY_LENGTH}"

A_YEAR_APART = "abs(cast(born_l[1:4] as integer) - cast(born_r[1:4] as integer)) = 1"


def born_level(a: Profile, b: Profile) -> str | None:
    """How two dates of birth agree; None when one is not known."""
    left, right = a.usual_born, b.usual_born
    if left is None or right is None:
        return None
    whole = len(left) == DAY_LENGTH and len(right) == DAY_LENGTH
    if whole and left == right:
        return "same"
    if a.days & b.days:
        return "also_given"
    if whole and left[:4] == right[:4] and (left[5:7], left[8:]) == (right[8:], right[5:7]):
        return "exchanged"
    if whole and slipped(left, right):
        return "keystroke"
    if not whole and (left.startswith(right) or right.startswith(left)):
        return "fits_month" if min(len(left), len(right)) > 4 else "fits_year"
    if left[:4] == right[:4]:
        return "same_year"
    if abs(int(left[:4]) - int(right[:4])) == 1:
        return "year_out" if whole else "year_guessed"
    return "different"


BORN = Comparison(
    name="born",
    title="Date of birth",
    unknown="born_l is null or born_r is null",
    levels=(
        Level("same", f"{WHOLE} and born_l = born_r", "The date of birth is the same: {left}."),
        Level(
            "also_given",
            "list_has_any(days_l, days_r)",
            "Usually {left} and {right}, but both agencies have given one same date of birth.",
        ),
        Level(
            "exchanged",
            f"{WHOLE} and born_l[1:4] = born_r[1:4]"
            " and born_l[6:7] = born_r[9:10] and born_l[9:10] = born_r[6:7]",
            "{left} and {right}: day and month are exchanged.",
        ),
        Level(
            "keystroke",
            f"{WHOLE} and {slipped_sql('born')}",
            "{left} and {right} differ by one slip of a key.",
        ),
        Level(
            "fits_month",
            f"not ({WHOLE}) and least(length(born_l), length(born_r)) > 4"
            " and (starts_with(born_l, born_r) or starts_with(born_r, born_l))",
            "{left} and {right} fit as far as they are known: the same month.",
        ),
        Level(
            "fits_year",
            f"not ({WHOLE}) and (starts_with(born_l, born_r) or starts_with(born_r, born_l))",
            "{left} and {right} fit as far as they are known: the same year.",
        ),
        Level("same_year", "born_l[1:4] = born_r[1:4]", "{left} and {right}: only the year is the same."),
        Level(
            "year_guessed",
            f"not ({WHOLE}) and {A_YEAR_APART}",
            "{left} and {right} are a year apart, as ages guessed by somebody are.",
        ),
        Level(
            "year_out",
            A_YEAR_APART,
            "{left} and {right} are different days in years that follow one another.",
        ),
        Level("different", OTHERWISE, "{left} and {right} are different dates of birth."),
    ),
    decide=born_level,
    shown=lambda profile: profile.usual_born or "",
)
