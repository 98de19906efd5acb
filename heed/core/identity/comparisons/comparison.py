"""What a comparison is: levels in order, each with its SQL for the engine and its sentence for a reader.

A level is decided twice, by Python for one arriving record and by SQL for a whole county. Both stand side
by side in one file, and a test demands that they agree on any pair.
"""

from collections.abc import Callable
from dataclasses import dataclass

from heed.core.identity.profile import Profile

OTHERWISE = "else"
"""SQL of the last level: none of those before it held."""


@dataclass(frozen=True, slots=True)
class Level:
    """One way two profiles may agree. `{left}` and `{right}` in the sentence are what each side says."""

    name: str
    sql: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One fact compared. The first level that holds decides; `unknown` is the SQL for nothing to compare.

    `frequency_of` names the column whose rarity counts at the first level; `household` says that the fact
    is evidence of a household rather than of a person.
    """

    name: str
    title: str
    unknown: str
    levels: tuple[Level, ...]
    decide: Callable[[Profile, Profile], str | None]
    shown: Callable[[Profile], str]
    frequency_of: Callable[[Profile], str | None] | None = None
    household: bool = False

    def level(self, name: str) -> Level:
        """The level of that name. Raises KeyError for a name the comparison does not have."""
        for level in self.levels:
            if level.name == name:
                return level
        raise KeyError(name)
