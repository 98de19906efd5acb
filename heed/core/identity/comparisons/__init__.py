"""How two profiles may agree: the list itself is worth reading, and it is what a lead signs."""

from heed.core.identity.comparisons.age import AGE
from heed.core.identity.comparisons.born import BORN
from heed.core.identity.comparisons.company import BESIDE, COMPANY, EVENTS
from heed.core.identity.comparisons.comparison import OTHERWISE, Comparison, Level
from heed.core.identity.comparisons.concern import ALIAS, DOUBTED, THING
from heed.core.identity.comparisons.files import FILES
from heed.core.identity.comparisons.home import HOME
from heed.core.identity.comparisons.names import FAMILY, GIVEN
from heed.core.identity.comparisons.numbers import NUMBER

COMPARISONS: tuple[Comparison, ...] = (
    *(GIVEN, FAMILY, BORN, AGE, NUMBER, HOME, COMPANY, BESIDE, EVENTS, FILES),
    *(ALIAS, THING, DOUBTED),
)
"""The second line is for people of concern only: nothing of it is asked of a child."""

__all__ = [
    "AGE",
    "ALIAS",
    "BESIDE",
    "BORN",
    "COMPANY",
    "COMPARISONS",
    "DOUBTED",
    "EVENTS",
    "FAMILY",
    "FILES",
    "GIVEN",
    "HOME",
    "NUMBER",
    "OTHERWISE",
    "THING",
    "Comparison",
    "Level",
]
