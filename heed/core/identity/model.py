"""What each agreement is worth: a trained model as plain data, frozen per version.

Fellegi and Sunter's model as Splink estimates it: m is how often true pairs agree so, u how often pairs of
strangers do. A weight is log2(m / u); adding 1 doubles the odds. Name frequencies are part of the version,
so that a link is a function of two profiles and of nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log2, sqrt
from typing import Any

from heed.core.records.explained import Explained

CHOSEN = ("link_at", "show_at", "rarest")
"""What people choose for a model; everything else is estimated."""
NUMBERS = ("prior", "sources", "kin_odds", *CHOSEN)

LEAST_HOUSE = 1024
"""Sources from which on the size of a house counts."""
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
    kept for a person to look at. `rarest` bounds how rare a name may count. `prior` is of `sources` sources: of a
    house with fewer, fewer strangers stand beside each pair that is one person.

    `kin` says of given names and birth dates how often brothers and sisters agree so, and `kin_odds` how many pairs
    are one person's for each pair of theirs: what a household shares does not tell these apart.
    """

    version: str
    prior: float
    link_at: float
    show_at: float
    rarest: float
    sources: float
    kin_odds: float
    chances: Mapping[str, Mapping[str, Chances]]
    kin: Mapping[str, Mapping[str, float]]
    frequencies: Mapping[str, Mapping[str, float]]
    unmet: Mapping[str, float]

    @property
    def start(self) -> float:
        """The weight before anything is compared: log2 of the odds that two compared sources are one."""
        return log2(self.prior / (1 - self.prior))

    def of_a_house(self, sources: int) -> "Model":
        """The model as it holds in a house of so many sources: its version says which.

        Strangers beside each pair that is one person grow with the house, so that the odds before anything is compared
        fall as it grows; those against a brother or a sister do not change. In a house smaller than the one trained on
        they rise by half as many doublings only: its children come from fewer streets, whose names are more alike. What
        is frozen for a size, a power of two, holds until it is outgrown. A house under `LEAST_HOUSE` is taken to be as
        large as the one trained on: of so few files nothing is known about how many there will be.
        """
        doublings = sources.bit_length()
        if sources < LEAST_HOUSE:
            return self
        times = self.sources / 2**doublings
        times = sqrt(times) if times > 1 else times
        odds = self.prior / (1 - self.prior) * times
        # Nicknames of people of concern are declared for what they come to in sum, whatever the size of the house.
        alias = {name: Chances(each.m / times, each.u) for name, each in self.chances["alias"].items()}
        return replace(
            self,
            version=f"{self.version}/{doublings}",
            prior=odds / (1 + odds),
            chances={**self.chances, "alias": alias},
        )

    def weight(self, comparison: str, level: str) -> float:
        """log2(m / u) of a level."""
        chances = self.chances[comparison][level]
        return log2(chances.m / chances.u)

    def kin_weight(self, comparison: str, level: str) -> float:
        """log2(m / how often brothers and sisters agree so) of a level of given names or birth dates."""
        return log2(self.chances[comparison][level].m / self.kin[comparison][level])

    @property
    def kin_start(self) -> float:
        """The weight before anything is compared, where the other may only be a brother or a sister."""
        return log2(self.kin_odds)

    def frequency(self, comparison: str, value: str) -> float:
        """How common a name is, never under `rarest`.

        Of a name the training never met nothing is known: it counts as a common one (`UNMET`). Smith and Khan are rare in
        no real town, and two children of one full name must not become one child for want of a list. (On a county of
        another generator, whose names were never met, names taken for average joined strangers.)
        """
        return max(self.frequencies[comparison].get(value, self.unmet[comparison]), self.rarest)


def model_from(document: Mapping[str, Any]) -> Model:
    """Read a model as it is kept. Raises Explained when a part is missing."""
    try:
        chances = {
            comparison: {level: Chances(float(pair["m"]), float(pair["u"])) for level, pair in levels.items()}
            for comparison, levels in document["chances"].items()
        }
        numbers = {name: float(document[name]) for name in NUMBERS}
        frequencies = document["frequencies"]
        return Model(
            version=str(document["version"]),
            chances=chances,
            kin=document["kin"],
            frequencies=frequencies,
            unmet={comparison: UNMET * chances[comparison]["same"].u for comparison in frequencies},
            **numbers,
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Explained(
            f"The linking model cannot be read: {fault} is missing or not a number. Expected a file that"
            " `heed identity train` wrote. Put the committed model back, or train a new one."
        ) from None
