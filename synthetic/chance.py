"""Repeatable chance: one named stream for each part of the world.

A stream is seeded by its own name, so that switching one kind of error off, or adding a part,
leaves every other part as it was. `random.Random` seeded by text gives the same draws on every Python.
"""

import math
import random


class Chance(random.Random):
    """A stream of draws with the few distributions the county needs."""

    def happens(self, probability: float) -> bool:
        """True with that probability."""
        return self.random() < probability

    def poisson(self, mean: float) -> int:
        """A count with that mean (Knuth's product method, in steps so that large means stay exact)."""
        count = 0
        while mean > 30.0:
            count, mean = count + self._small_poisson(30.0), mean - 30.0
        return count + self._small_poisson(mean)

    def days(self, mean: float) -> float:
        """A waiting time in days, exponential."""
        return self.expovariate(1.0 / mean) if mean > 0 else 0.0

    def _small_poisson(self, mean: float) -> int:
        limit, product, count = math.exp(-mean), self.random(), 0
        while product > limit:
            product, count = product * self.random(), count + 1
        return count


def stream(seed: int, name: str) -> Chance:
    """The stream of that name in the world of that seed."""
    return Chance(f"{seed}/{name}")
