"""What each agreement is worth: a trained model as plain data, frozen per version.

Fellegi and Sunter's model as Splink estimates it: m is how often true pairs agree so, u how often pairs of
strangers do. A weight is log2(m / u); adding 1 doubles the odds. Name frequencies are part of the version,
so that a link is a function of two profiles and of nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import Any

from heed.core.records.explained import Explained

CHOSEN = ("link_at", "show_at", "household_cap", "kin_cap", "rarest")
"""What people choose for a model; everything else is estimated."""
NUMBERS = ("prior", *CHOSEN)

UNMET = 4
"""How many times as common as names on average a name counts that the training never met."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How often true pairs (m) and strangers (u) agree at one level."""

    m: float
    u: float


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the model. Probabilities 0 to 1; caps in bits.

    `link_at`: at and above this probability two sources are joined. `show_at`: at and above it a pair is
    kept for a person to look at. `rarest` bounds how rare a name may count. `household_cap`: what family
    name and address count at most together; `kin_cap`: the same where the given names differ, since then a
    household speaks for brothers and sisters, twins among them, as much as for one child.
    """

    version: str
    prior: float
    link_at: float
    show_at: float
    household_cap: float
    kin_cap: float
    rarest: float
    chances: Mapping[str, Mapping[str, Chances]]
    frequencies: Mapping[str, Mapping[str, float]]

    @property
    def start(self) -> float:
        """The weight before anything is compared: log2 of the odds that two compared sources are one."""
        return log2(self.prior / (1 - self.prior))

    def weight(self, comparison: str, level: str) -> float:
        """log2(m / u) of a level."""
        chances = self.chances[comparison][level]
        return log2(chances.m / chances.u)

    def frequency(self, comparison: str, value: str) -> float:
        """How common a name is, never under `rarest`.

        Of a name the training never met nothing is known: it counts as the commonest do. Smith and Khan are rare in
        no real town, and two children of one full name must not become one child for want of a list. (On a county of
        another generator, whose names were never met, names taken for average joined strangers.)
        """
        unmet = UNMET * self.chances[comparison]["same"].u
        return max(self.frequencies[comparison].get(value, unmet), self.rarest)


def model_from(document: Mapping[str, Any]) -> Model:
    """Read a model as it is kept. Raises Explained when a part is missing."""
    try:
        chances = {
            comparison: {level: Chances(float(pair["m"]), float(pair["u"])) for level, pair in levels.items()}
            for comparison, levels in document["chances"].items()
        }
        numbers = {name: float(document[name]) for name in NUMBERS}
        return Model(
            version=str(document["version"]), chances=chances, frequencies=document["frequencies"], **numbers
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Explained(
            f"The linking model cannot be read: {fault} is missing or not a number. Expected a file that"
            " `heed identity train` wrote. Put the committed model back, or train a new one."
        ) from None
