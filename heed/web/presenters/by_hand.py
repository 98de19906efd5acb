"""What can be begun by hand, in words."""

from heed.casework.policy import policy
from heed.web.forms.by_hand import DIFFERENCE
from heed.web.presenters import wording


def choices() -> list[tuple[str, str]]:
    """A difference first, then each deadline of policy that a person begins, with its limit."""
    own = [each for each in policy().deadlines.values() if each.by_hand]
    said = [(each.name, f"{wording.capital(each.clause)}: {each.limit}") for each in own]
    return [(DIFFERENCE, "A difference with an agency, that you cannot settle between you"), *said]
