"""The weight of every pair in one statement of SQL, made from whatever the core compares.

Two statements for two kinds of pairs, from the same words. Gathering lists for millions of pairs costs far more than
comparing them, and nearly all lists hold one value: so the first statement has numbers instead of lists
(`conditions.slim`). Where the numbers leave a question open it says nothing (NULL), and the second weighs that pair with
the lists.
"""

from collections.abc import Callable, Sequence
from math import log2

from heed.core.identity.comparisons import COMPARISONS, OTHERWISE, Comparison
from heed.core.identity.model import Model
from heed.warehouse.linking.conditions import OPEN, columns_of, conditions_of, left_open, slim, with_lists

type Words = Callable[[str], str]
"""A condition of the core, as the statement says it."""


def frequency(comparison: str) -> str:
    """The column that holds how common a name is, in bits."""
    return f"often_{comparison}"


def slim_sql(people: str) -> str:
    """One row a person: texts as they are, numbers for lists, what is asked of one side alone."""
    columns = [f"{worked_out} as {name}" for name, worked_out in slim(COMPARISONS).items()]
    return f"select unique_id, {', '.join(columns)} from {people}"  # noqa: S608 - our own names


def weighed(
    model: Model,
    pairs: str,
    people: str,
    words: Words = with_lists,
    compared: Sequence[Comparison] = COMPARISONS,
    known: Sequence[Comparison] = (),
) -> str:
    """(l, r, the levels of `known`, weight in bits, most) of every row of `pairs`, from two rows of `people`; the weight
    is NULL where a condition was, and never more than `most`. `compared` leaves out what there is nothing to compare of;
    of `known` comparisons the level stands in `pairs`."""
    asked = [one for one in compared if one not in known]
    frequencies = {frequency(one.name) for one in compared if one.frequency_of}
    names = sorted(columns(words, asked) | frequencies)
    told = ", ".join(["l", "r", *(f"level_{one.name}" for one in known)])
    sides = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in names)
    levelled = [one for one in compared if one.name in model.kin or one in known]
    often = [f"{frequency(one.name)}_{side}" for one in levelled if one.frequency_of for side in "lr"]
    levels = [f"{_level(one, words)} as level_{one.name}" for one in levelled if one not in known]
    by_level = ", ".join(
        f"{_by_level(one, _bits_by_level(one, model))} as bits_{one.name}" for one in levelled
    )
    bits = [f"{_bits(one, model, words)} as bits_{one.name}" for one in compared if one not in levelled]
    return f"""
select {told}, {_sum(model, compared)} as weight, {_most(model, compared)} as most from (
  select p.*, {by_level} from (
    select {", ".join([told, *often, *levels, *bits])} from (
      select p.*, {sides} from {pairs} as p
      join {people} as a on a.unique_id = p.l join {people} as b on b.unique_id = p.r)) as p)
"""  # noqa: S608 - our own names


def level_sql(one: Comparison, pairs: str, people: str, words: Words) -> str:
    """Each row of `pairs` with the number of the `level` that holds, -1 for nothing to compare, NULL where it is open."""
    names = sorted(columns(words, [one]) - {frequency(one.name)})
    sides = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in names)
    return f"""
select *, {_level(one, words)} as level from (
  select p.*, {sides} from {pairs} as p
  join {people} as a on a.unique_id = p.l join {people} as b on b.unique_id = p.r)
"""  # noqa: S608 - our own names


def _sum(model: Model, compared: Sequence[Comparison]) -> str:
    """The core's arithmetic: the start, every term, less what speaks for a brother or a sister as well."""
    terms = " + ".join(f"bits_{one.name}" for one in compared)
    excess = [_double(model.start - model.kin_start)]
    for one in compared:
        if one.household:
            excess.append(f"greatest({_double(0.0)}, bits_{one.name})")
        elif one.name in model.kin:
            as_kin = [_double(model.kin_weight(one.name, level.name)) for level in one.levels]
            excess.append(f"bits_{one.name} - {_by_level(one, as_kin)}")
    as_kin_too = f"log2({_double(1.0)} + pow({_double(2.0)}, {' + '.join(excess)}))"
    return f"{_double(model.start)} + {terms} - {as_kin_too}"


def _most(model: Model, compared: Sequence[Comparison]) -> str:
    """The sum where every question left open has its best answer, and nothing speaks for kin."""
    terms = (f"coalesce(bits_{one.name}, {_double(best(one, model))})" for one in compared)
    return " + ".join([_double(model.start), *terms])


def best(one: Comparison, model: Model) -> float:
    """The most bits a comparison gives anybody; 0 is for nothing to compare."""
    bits = [model.weight(one.name, level.name) for level in one.levels]
    if one.frequency_of is not None:
        bits.append(log2(model.chances[one.name][one.levels[0].name].m / model.rarest))
    return max(0.0, *bits)


def _level(one: Comparison, words: Words) -> str:
    """The number of the level that holds, -1 for nothing to compare."""
    return _cases(one, words, "-1", [str(place) for place in range(len(one.levels))])


def _bits(one: Comparison, model: Model, words: Words) -> str:
    """The bits of the level that holds."""
    return _cases(one, words, _double(0.0), _bits_by_level(one, model))


def _by_level(one: Comparison, answers: Sequence[str]) -> str:
    """An answer for each level of a comparison whose level has been asked for, 0 for nothing to compare; NULL
    stays NULL."""
    told = (f"when {place} then {answer}" for place, answer in enumerate(answers))
    return f"case level_{one.name} when -1 then {_double(0.0)} {' '.join(told)} end"


def _cases(one: Comparison, words: Words, unknown: str, answers: Sequence[str]) -> str:
    """The answer of the first condition that holds, NULL where one before it is open. A level that may be open is asked
    for the other way round: it seldom holds, and where it does not nothing is asked twice."""
    asked = [one.unknown, *(level.sql for level in one.levels)]
    whens, otherwise = "", "null"
    for condition, answer in reversed(list(zip(asked, [unknown, *answers], strict=True))):
        said = OTHERWISE if condition == OTHERWISE else words(condition)
        if said in (OTHERWISE, OPEN):
            whens, otherwise = "", answer if said == OTHERWISE else "null"
        elif not (is_open := left_open(said)):
            whens = f"when {said} then {answer} {whens}"
        elif condition == one.unknown:
            whens = f"when {said} then {answer} when {is_open} then null {whens}"
        else:
            rest = f"case {whens} else {otherwise} end" if whens else otherwise
            whens, otherwise = f"when not ({said}) then {rest} when {said} then {answer}", "null"
    return f"case {whens} else {otherwise} end"


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
