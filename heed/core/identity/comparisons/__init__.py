"""How two profiles may agree: the list itself is worth reading, and it is what a lead signs."""

from heed.core.identity.comparisons.born import BORN
from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.files import FILES
from heed.core.identity.comparisons.home import HOME
from heed.core.identity.comparisons.names import FAMILY, GIVEN
from heed.core.identity.comparisons.numbers import NUMBER

COMPARISONS: tuple[Comparison, ...] = (GIVEN, FAMILY, BORN, NUMBER, HOME, FILES)

__all__ = [
    "BORN",
    "COMPARISONS",
    "FAMILY",
    "FILES",
    "GIVEN",
    "HOME",
    "NUMBER",
    "OTHERWISE",
    "Comparison",
    "Level",
]
