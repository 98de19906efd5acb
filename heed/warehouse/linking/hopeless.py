"""Pairs that cannot come to anything, told from a sketch of both sides before they are made.

Most pairs that share no more than a name are strangers of that name. Of two children who share no number, home or
company, and whose birth dates do not agree, the weight has a bound: every other comparison at its best, the names as
rare as those of either are. Where the bound stays below what is asked for, the pair is never made. Nothing that could
reach it is left out: whatever a sketch cannot tell counts at its best, and a comparison unknown here counts so too.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf, log2
from typing import Any

import numpy as np
import numpy.typing as npt

from heed.core.identity.comparisons import AGE, BORN, Comparison
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.core.identity.model import Model
from heed.warehouse.linking.pairing import Hopeful, Numbers
from heed.warehouse.linking.scoring import frequency

type Answers = npt.NDArray[np.bool_]

LOOSE = frozenset({"name", "begin", "sound", "with"})
"""Rules under which strangers meet; under the others nearly all pairs agree in a day, a number or a home."""

BITS = "coalesce(list_bit_or(list_transform({0}, lambda one: 1::ubigint << (hash(one) % 64)::utinyint)), 0::ubigint)"
HOMES = "list_concat(list_concat(postcodes, lines), list_transform(places, lambda place: split_part(place, '|', 1)))"
SCHEMES = " + ".join(
    f"case when {scheme} is null then 0 when list_contains(checked_schemes, '{scheme}') then {17 << place}"
    f" else {1 << place} end"
    for place, scheme in enumerate(SLIP_SCHEMES)
)
SKETCH = f"""
select unique_id,
  coalesce(child and (len(days) = 0 or days = [born]), false) as plain,
  (coalesce(born[1:4]::uinteger, 0) * 65536 + coalesce(try_cast(born[6:7] as utinyint), 0) * 256
    + coalesce(try_cast(born[9:10] as utinyint), 0))::uinteger as born,
  (hash(born_letters) % 4294967291)::uinteger as letters,
  {BITS.format(HOMES)} as homes,
  {BITS.format("list_concat(numbers, list_concat(company, shared))")} as ties,
  ({SCHEMES})::utinyint as schemes
from people
"""  # noqa: S608 - our own names
"""One row a person, as narrow as can be: millions of pairs are made of it. `plain`: a child with at most one birth date,
of whom the rest says all there is to say of it. `born`: the year in 16 bits, the month in 8 and the day in 8, 0 for what
is not told. `schemes`: a bit for each number
of a scheme, and four further up another where it passes its check."""

TIED = {
    "number": {"same_checked", "same", "slip"},
    "home": {"same_address", "same_line", "same_postcode"},
    "company": {"shared"},
    "beside": {"each_other", "never"},
}
"""Levels that need something in common, or two numbers that may be a slip of one another: see `Two.tied`."""
NOT_OF_CHILDREN = frozenset({"alias", "thing", "doubted"})

MONTH, DAY = 0xFF00, 0xFF


@dataclass(slots=True)
class Sketches:
    """What is looked at of many people, each column in one shape."""

    plain: Answers
    born: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint32]
    homes: npt.NDArray[np.uint64]
    ties: npt.NDArray[np.uint64]
    schemes: npt.NDArray[np.uint8]
    names: npt.NDArray[np.float64]

    def at(self, places: Any) -> "Sketches":
        """Those at these places."""
        return Sketches(*(getattr(self, name)[places] for name in self.__slots__))


class Two:
    """The sketches of one side and the other, and what they have in common. Each is worked out once, when asked."""

    def __init__(self, one: Sketches, other: Sketches) -> None:
        self.one, self.other = one, other
        self._differs = one.born ^ other.born

    @cached_property
    def same_year(self) -> Answers:
        return self._differs <= (MONTH | DAY)

    @cached_property
    def slipped(self) -> Answers:
        """A slip of one key, or of two keys changed over, leaves the day or the year as it is, or all digits."""
        same_month, same_day = (self._differs & MONTH) == 0, (self._differs & DAY) == 0
        two_of_three = (same_day & (same_month | self.same_year)) | (same_month & self.same_year)
        return two_of_three | (self.one.letters == self.other.letters)

    @cached_property
    def in_part(self) -> Answers:
        """Of one of them no day is told."""
        return ((self.one.born & DAY) == 0) | ((self.other.born & DAY) == 0)

    @cached_property
    def year_out(self) -> Answers:
        left, right = (side.born.astype(np.int64) >> 16 for side in (self.one, self.other))
        return np.abs(left - right) == 1

    @cached_property
    def unknown(self) -> Answers:
        return (self.one.born == 0) | (self.other.born == 0)

    @cached_property
    def tied(self) -> Answers:
        """They may have a number, a home or company in common, or be more than a sketch tells."""
        schemes = self.one.schemes & self.other.schemes
        bits = (self.one.ties & self.other.ties) | (self.one.homes & self.other.homes)
        return (bits != 0) | ((schemes > 0) & (schemes < 16)) | ~(self.one.plain & self.other.plain)

    def named(self, least: float) -> Answers:
        """The names of both can bring so many bits."""
        return np.minimum(self.one.names, self.other.names) >= least


type MayBe = Callable[[Two], Answers]


def _unknown(two: Two) -> Answers:
    return two.unknown


def _slipped(two: Two) -> Answers:
    return two.slipped


def _fits(two: Two) -> Answers:
    return two.same_year & two.in_part


MAY_BE: Mapping[str, MayBe] = {
    "same": _slipped,
    "also_given": _slipped,
    "exchanged": _slipped,
    "keystroke": _slipped,
    "fits_month": _fits,
    "fits_year": _fits,
    "same_year": lambda two: two.same_year,
    "year_guessed": lambda two: two.year_out & two.in_part,
    "year_out": lambda two: two.year_out,
}
"""When birth dates of two sketches may agree so: where it does not hold, they do not."""
ROUNDING = 1e-6


def sketch(model: Model, compared: Collection[Comparison]) -> str:
    """The sketches of everybody in their order, from the tables `drawn` and `often`, with `names`: the most bits the
    person's own names can bring."""
    names = (
        f"greatest({_unlike(one, model)!r}::double, {_alike(one, model)!r}::double - {frequency(one.name)})"
        for one in compared
        if one.frequency_of is not None
    )
    return (
        f"select drawn.* exclude (unique_id), {' + '.join(names)} as names"  # noqa: S608 - our own names
        " from drawn join often using (unique_id) order by unique_id"
    )


def hopeful(
    model: Model, compared: Collection[Comparison], at_least: float, all_of_them: Sketches
) -> Hopeful | None:
    """Which pairs of people are to be made; None where all are."""
    needed = needs(model, compared, at_least)
    if needed is None:
        return None

    def of_table(table: Numbers) -> Callable[[int], Answers]:
        held = all_of_them.at(table)

        def of_row(row: int) -> Answers:
            two = Two(held.at(row), held.at(slice(row + 1, None)))
            found = two.tied
            for may_be, names in needed.items():
                found = found | (may_be(two) if names is None else may_be(two) & two.named(names))
            return found

        return of_row

    return of_table


def needs(
    model: Model, compared: Collection[Comparison], at_least: float
) -> Mapping[MayBe, float | None] | None:
    """Ways for birth dates to agree that may lift a pair without a tie to so many bits, each with the bits that the names
    must bring, None for any names. None where a level is unknown here that might."""
    best = {one.name: _best(one, model) for one in compared if one.frequency_of is None}
    named = [one for one in compared if one.frequency_of is not None]
    rarest = sum(max(_unlike(one, model), _alike(one, model) - log2(model.rarest)) for one in named)
    at_worst = sum(_unlike(one, model) for one in named)
    # Where both birth dates are known nothing is said of their age.
    age, _ = best.pop(AGE.name, 0.0), best.pop(BORN.name, 0.0)
    least = at_least - ROUNDING - model.start - sum(best.values())
    needed: dict[MayBe, float] = {_unknown: least - age}
    for level in BORN.levels:
        names = least - model.weight(BORN.name, level.name)
        if names > rarest:
            continue
        if level.name not in MAY_BE:
            return None
        told = MAY_BE[level.name]
        needed[told] = min(names, needed.get(told, inf))
    return {
        may_be: None if names <= at_worst else names for may_be, names in needed.items() if names <= rarest
    }


def _alike(one: Comparison, model: Model) -> float:
    """The bits of one same name, before how common it is."""
    return log2(model.chances[one.name][one.levels[0].name].m)


def _unlike(one: Comparison, model: Model) -> float:
    """The most bits of two names that are not the same, 0 for one that is not known."""
    return max([0.0, *(model.weight(one.name, level.name) for level in one.levels[1:])])


def _best(one: Comparison, model: Model) -> float:
    """The most a comparison gives two children without a tie, 0 for nothing to compare."""
    if one.name in NOT_OF_CHILDREN:
        return 0.0
    levels = [level.name for level in one.levels if level.name not in TIED.get(one.name, ())]
    return max([0.0, *(model.weight(one.name, name) for name in levels)])
