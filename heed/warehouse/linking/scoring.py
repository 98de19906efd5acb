"""The weight of every pair in one statement of SQL, made from whatever the core compares.

Two statements for two kinds of pairs, from the same words. Gathering lists for millions of pairs costs far more than
comparing them, and nearly all lists hold one value: so the first statement has numbers instead of lists
(`conditions.slim`). Where the numbers leave a question open it says nothing (NULL), and the second weighs that pair with
the lists.
"""

from collections.abc import Callable, Sequence
from math import log2

from heed.core.identity.comparisons import COMPARISONS, GIVEN, OTHERWISE, Comparison
from heed.core.identity.model import Model
from heed.warehouse.linking.conditions import columns_of, conditions_of, left_open, slim, with_lists

type Words = Callable[[str], str]
"""A condition of the core, as the statement says it."""


def frequency(comparison: str) -> str:
    """The column that holds how common a name is, in bits."""
    return f"often_{comparison}"


def slim_sql(people: str, compared: Sequence[Comparison] = COMPARISONS) -> str:
    """One row a person: texts as they are, numbers for lists, what is asked of one side alone, and how common the names
    are."""
    columns = [f"{worked_out} as {name}" for name, worked_out in slim(compared).items()]
    columns += [frequency(one.name) for one in compared if one.frequency_of]
    return f"select unique_id, {', '.join(columns)} from ({people})"  # noqa: S608 - our own names


def weighed(
    model: Model,
    pairs: str,
    people: str,
    words: Words = with_lists,
    compared: Sequence[Comparison] = COMPARISONS,
) -> str:
    """(l, r, weight in bits) of every row of `pairs`, from two rows of `people`; NULL where a condition was. `compared`
    leaves out what there is nothing to compare of."""
    names = sorted(columns(words, compared))
    sides = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in names)
    bits = ", ".join(f"{_bits(one, model, words)} as bits_{one.name}" for one in compared if one is not GIVEN)
    return f"""
select l, r, {_sum(model, compared)} as weight from (
  select p.*, {_bits_of_names(model)} as bits_{GIVEN.name} from (
    select l, r, often_{GIVEN.name}_l, often_{GIVEN.name}_r, {_level(GIVEN, words)} as level_{GIVEN.name}, {bits} from (
      select p.l, p.r, {sides} from {pairs} as p
      join {people} as a on a.unique_id = p.l join {people} as b on b.unique_id = p.r)) as p)
"""  # noqa: S608 - our own names


def _sum(model: Model, compared: Sequence[Comparison]) -> str:
    """The core's arithmetic: the start, every term, less what the household says twice."""
    terms = " + ".join(f"bits_{one.name}" for one in compared)
    household = " + ".join([_double(0.0), *(f"bits_{one.name}" for one in compared if one.household)])
    last = len(GIVEN.levels) - 1
    cap = f"case level_{GIVEN.name} when {last} then {_double(model.kin_cap)} else {_double(model.household_cap)} end"
    return f"{_double(model.start)} + {terms} - greatest({_double(0.0)}, {household} - {cap})"


def _level(one: Comparison, words: Words) -> str:
    """The number of the level that holds, -1 for nothing to compare."""
    return _cases(one, words, "-1", [str(place) for place in range(len(one.levels))])


def _bits(one: Comparison, model: Model, words: Words) -> str:
    """The bits of the level that holds."""
    return _cases(one, words, _double(0.0), _bits_by_level(one, model))


def _bits_of_names(model: Model) -> str:
    """The bits of the given names, whose level is asked for besides."""
    told = (f"when {place} then {bits}" for place, bits in enumerate(_bits_by_level(GIVEN, model)))
    return f"case level_{GIVEN.name} when -1 then {_double(0.0)} {' '.join(told)} end"


def _cases(one: Comparison, words: Words, unknown: str, answers: Sequence[str]) -> str:
    told = []
    for condition, answer in zip(
        [one.unknown, *(level.sql for level in one.levels)], [unknown, *answers], strict=True
    ):
        if condition == OTHERWISE:
            told.append(f"else {answer}")
            break
        said = words(condition)
        told.append(f"when {said} then {answer}")
        if asked := left_open(said):
            told.append(f"when {asked} then null")
    return f"case {' '.join(told)} end"


def _bits_by_level(one: Comparison, model: Model) -> list[str]:
    bits = [_double(model.weight(one.name, level.name)) for level in one.levels]
    if one.frequency_of is not None:
        common = f"greatest({frequency(one.name)}_l, {frequency(one.name)}_r)"
        bits[0] = f"{_double(log2(model.chances[one.name][one.levels[0].name].m))} - {common}"
    return bits


def _double(number: float) -> str:
    """Bare decimals are DECIMAL, and adding those takes twice as long."""
    return f"cast({number!r} as double)"


def columns(words: Words, compared: Sequence[Comparison]) -> set[str]:
    """The columns of one side that the conditions speak of."""
    often = {frequency(one.name) for one in compared if one.frequency_of}
    said = (columns_of(words(condition)) for one in compared for condition in conditions_of(one))
    return often.union(*said)
