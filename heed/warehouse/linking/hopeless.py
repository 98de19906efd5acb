"""Pairs that cannot come to anything, told from a sketch of both sides before they are made.

Most pairs that share no more than a name are strangers of that name. Of two children who share no number, home or
company, and whose birth dates do not agree, the weight has a bound: every other comparison at its best, the names as
rare as those of either are. Where the bound stays below what is asked for, the pair is never made. Nothing that could
reach it is left out: whatever a sketch cannot tell counts at its best, and a comparison unknown here counts so too.
"""

from collections.abc import Collection
from math import inf, log2

from heed.core.identity.comparisons import AGE, BORN, Comparison
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.core.identity.model import Model
from heed.warehouse.linking.scoring import frequency

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
  child and (len(days) = 0 or days = [born]) as plain,
  born[1:4]::usmallint as year,
  coalesce(try_cast(born[6:7] as utinyint), 0::utinyint) as month,
  coalesce(try_cast(born[9:10] as utinyint), 0::utinyint) as day,
  (hash(born_letters) % 4294967291)::uinteger as letters,
  {BITS.format(HOMES)} as homes,
  {BITS.format("list_concat(numbers, list_concat(company, shared))")} as ties,
  ({SCHEMES})::utinyint as schemes
from people
"""  # noqa: S608 - our own names
"""One row a person, as narrow as can be: millions of pairs are made of it. `plain`: a child with at most one birth date,
of whom the rest says all there is to say of it. `month` and `day` are 0 where not told. `schemes`: a bit for each number
of a scheme, and four further up another where it passes its check."""

TIED = {
    "number": {"same_checked", "same", "slip"},
    "home": {"same_address", "same_line", "same_postcode"},
    "company": {"shared"},
    "beside": {"each_other", "never"},
}
"""Levels that need something in common, or two numbers that may be a slip of one another: see `TIE`."""
TIE = "(a.ties & b.ties) <> 0 or (a.homes & b.homes) <> 0 or (a.schemes & b.schemes) between 1 and 15"
NOT_OF_CHILDREN = frozenset({"alias", "thing", "doubted"})

IN_PART = "(a.day = 0 or b.day = 0)"
FITS = f"(a.year = b.year and {IN_PART})"
SLIPPED = (
    "(a.day = b.day and (a.month = b.month or a.year = b.year) or a.month = b.month and a.year = b.year"
    " or a.letters = b.letters)"
)
YEAR_OUT = "abs(a.year::integer - b.year::integer) = 1"
MAY_BE = {
    "same": SLIPPED,
    "also_given": SLIPPED,
    "exchanged": SLIPPED,
    "keystroke": SLIPPED,
    "fits_month": FITS,
    "fits_year": FITS,
    "same_year": "a.year = b.year",
    "year_guessed": f"({YEAR_OUT} and {IN_PART})",
    "year_out": YEAR_OUT,
}
"""When birth dates of two sketches may agree so: where it does not hold, they do not. A slip of one key, or of two keys
changed over, leaves the day or the year as it is, or all digits."""
ROUNDING = 1e-6
UNKNOWN = "(a.year is null or b.year is null)"


def sketch(model: Model, compared: Collection[Comparison]) -> str:
    """The sketches of everybody, from the tables `drawn` and `often`, with `names`: the most bits the person's own names
    can bring."""
    names = (
        f"greatest({_unlike(one, model)!r}::double, {_alike(one, model)!r}::double - {frequency(one.name)})"
        for one in compared
        if one.frequency_of is not None
    )
    return f"select drawn.*, {' + '.join(names)} as names from drawn join often using (unique_id)"  # noqa: S608


def kept(model: Model, compared: Collection[Comparison], at_least: float) -> str | None:
    """Which pairs of sketches `a` and `b` are to be made; None where all are."""
    best = {one.name: _best(one, model) for one in compared if one.frequency_of is None}
    named = [one for one in compared if one.frequency_of is not None]
    rarest = sum(max(_unlike(one, model), _alike(one, model) - log2(model.rarest)) for one in named)
    at_worst = sum(_unlike(one, model) for one in named)
    # Where both birth dates are known nothing is said of their age.
    age, _ = best.pop(AGE.name, 0.0), best.pop(BORN.name, 0.0)
    least = at_least - ROUNDING - model.start - sum(best.values())
    needed = {UNKNOWN: least - age}
    for level in BORN.levels:
        names = least - model.weight(BORN.name, level.name)
        if names > rarest:
            continue
        if level.name not in MAY_BE:
            return None
        told = MAY_BE[level.name]
        needed[told] = min(names, needed.get(told, inf))
    hopeful = [
        told if names <= at_worst else f"{told} and least(a.names, b.names) >= {names!r}::double"
        for told, names in sorted(needed.items())
        if names <= rarest
    ]
    return " or ".join([*hopeful, TIE, "not (a.plain and b.plain)"])


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
