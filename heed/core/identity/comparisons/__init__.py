"""How two profiles may agree: the list itself is worth reading, and it is what a lead signs."""

from heed.core.identity.comparisons.age import AGE
from heed.core.identity.comparisons.born import BORN
from heed.core.identity.comparisons.company import BESIDE, COMPANY, EVENTS
from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.files import FILES
from heed.core.identity.comparisons.home import HOME
from heed.core.identity.comparisons.names import FAMILY, GIVEN
from heed.core.identity.comparisons.numbers import NUMBER

COMPARISONS: tuple[Comparison, ...] = (GIVEN, FAMILY, BORN, AGE, NUMBER, HOME, COMPANY, BESIDE, EVENTS, FILES)

__all__ = [
    "AGE",
    "BESIDE",
    "BORN",
    "COMPANY",
    "COMPARISONS",
    "EVENTS",
    "FAMILY",
    "FILES",
    "GIVEN",
    "HOME",
    "NUMBER",
    "OTHERWISE",
    "Comparison",
    "Level",
]
