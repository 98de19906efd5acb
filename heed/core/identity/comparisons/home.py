"""Where they live: any address or postcode both sources ever gave. Evidence of a household, not of a person."""

from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.profile import Profile


def home_level(a: Profile, b: Profile) -> str | None:
    """How the addresses agree; None when one side gave none."""
    if not (a.postcodes and b.postcodes) and not (a.lines and b.lines):
        return None
    if a.addresses & b.addresses:
        return "same_address"
    if a.lines & b.lines:
        return "same_line"
    if set(a.postcodes) & set(b.postcodes):
        return "same_postcode"
    return "different"


HOME = Comparison(
    name="home",
    title="Address",
    unknown="(len(postcodes_l) = 0 or len(postcodes_r) = 0) and (len(lines_l) = 0 or len(lines_r) = 0)",
    levels=(
        Level("same_address", "list_has_any(places_l, places_r)", "Both have been recorded at one address."),
        Level(
            "same_line",
            "list_has_any(lines_l, lines_r)",
            "Both have been recorded at one number of one street; the postcodes differ, or one is not known.",
        ),
        Level(
            "same_postcode",
            "list_has_any(postcodes_l, postcodes_r)",
            "Both have been recorded at one postcode, in other words of address.",
        ),
        Level("different", OTHERWISE, "No address in common. Children move, and not all agencies are told."),
    ),
    decide=home_level,
    shown=lambda profile: f"{len(profile.places)} addresses",
    household=True,
)
