"""The weight of every pair in one statement of SQL, made from whatever the core compares.

Two statements for two kinds of pairs, from the same words. Gathering lists for millions of pairs costs far more than
comparing them, and nearly all lists hold one value: so the first statement has of each list one number only (`CODE`).
Where the numbers leave a question open it says nothing (NULL), and the second weighs that pair with the lists.
"""

from collections.abc import Callable, Iterable, Iterator
from math import log2

import pyarrow as pa
import sqlglot
from sqlglot import exp

from heed.core.identity.comparisons import COMPARISONS, GIVEN, OTHERWISE, Comparison
from heed.core.identity.model import Model
from heed.warehouse.linking.columns import LIST, TEXT, TYPES

CODE = (
    "case len({0}) when 0 then 0::ubigint when 1 then hash({0}[1]) | 1::ubigint"
    " else list_bit_or(list_transform({0}, lambda one: 1::ubigint << (1 + (hash(one) >> 1) % 63)::utinyint)) end"
)
"""A list as a number: 0 for none; odd, the hash of the only value; even, a bit for each of several."""

IN_COMMON = """create or replace temp macro in_common(a, b) as case
  when a = 0 or b = 0 then false
  when (a & 1) = 1 and (b & 1) = 1 then a = b
  when (a & 1) = 1 then case when ((b >> (1 + (a >> 1) % 63)::utinyint) & 1) = 0 then false end
  when (b & 1) = 1 then case when ((a >> (1 + (b >> 1) % 63)::utinyint) & 1) = 0 then false end
  when (a & b) = 0 then false end"""
"""Whether two lists have a value in common, by their numbers; NULL where only the lists can tell."""
IS_NONE = "create or replace temp macro is_none(a) as a = 0"
HALF = "greatest(0, least(length(a), length(b)) // 2 - 1)"
NEARLY = f"""create or replace temp macro nearly(a, b) as
  abs(length(a) - length(b)) <= 1 and (left(a, {HALF}) = left(b, {HALF}) or right(a, {HALF}) = right(b, {HALF}))"""
"""What two texts one step apart cannot help: the step touches one letter, so that one half of the shorter, less a
letter, stands in both. Counting steps takes twenty times as long as looking."""
MACROS = (IN_COMMON, IS_NONE, NEARLY)

OPEN = "cast(null as boolean)"
"""A question the numbers leave open."""

type Words = Callable[[str], str]
"""A condition of the core, as the statement says it."""


def frequency(comparison: str) -> str:
    """The column that holds how common a name is, in bits."""
    return f"often_{comparison}"


def slim_sql(people: str) -> str:
    """One row a person: texts as they are, lists as numbers, and how common the names are."""
    marks = _only_compared()
    columns = [_slim(name, kind, marks) for name, kind in TYPES.items()]
    only = "case when {0} is null then 0::ubigint else hash({0}) | 1::ubigint end as only_{0}"
    columns += [only.format(name) for name in _looked_for()]
    columns += [frequency(one.name) for one in COMPARISONS if one.frequency_of]
    return f"select unique_id, {', '.join(columns)} from ({people})"  # noqa: S608 - our own names


def _slim(name: str, kind: pa.DataType, only_compared: set[str]) -> str:
    if kind == LIST:
        return f"{CODE.format(name)} as {name}"
    return f"case when {name} is not null then hash({name}) end as {name}" if name in only_compared else name


def with_lists(condition: str) -> str:
    """A condition for a statement that has the lists."""
    return (
        sqlglot.parse_one(condition, read="duckdb")
        .transform(_by_look)
        .sql("duckdb", normalize_functions=False)
    )


def with_numbers(condition: str) -> str:
    """A condition for a statement that has of each list its number only; NULL where it asks for more of a list."""
    tree = sqlglot.parse_one(condition, read="duckdb").transform(_by_number).transform(_by_look)
    asked = [node for node in tree.find_all(exp.Anonymous) if node.name in ("in_common", "is_none")]
    lists = [column for column in tree.find_all(exp.Column) if _is_list(column)]
    # What is open must stay so: nothing may turn its NULL into an answer.
    if any(node.find_ancestor(exp.Coalesce, exp.Is) for node in asked) or any(
        column.parent not in asked for column in lists
    ):
        return OPEN
    return tree.sql("duckdb", normalize_functions=False)


def weighed(
    model: Model, pairs: str, people: str, words: Words = with_lists, also: Iterable[str] = ()
) -> str:
    """(l, r, weight in bits) of every row of `pairs`, from two rows of `people`; NULL where a condition was."""
    names = sorted({*_columns(words), *also})
    sides = ", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in names)
    levels = ", ".join(f"{_level(one, words)} as level_{one.name}" for one in COMPARISONS)
    often = [f"{frequency(one.name)}_{side}" for one in COMPARISONS if one.frequency_of for side in "lr"]
    bits = ", ".join(f"{_bits(one, model)} as bits_{one.name}" for one in COMPARISONS)
    return f"""
select l, r, {_sum(model)} as weight from (
  select l, r, level_{GIVEN.name}, {bits} from (
    select l, r, {", ".join(often)}, {levels} from (
      select p.l, p.r, {sides} from {pairs} as p
      join {people} as a on a.unique_id = p.l join {people} as b on b.unique_id = p.r)))
"""  # noqa: S608 - our own names


def _sum(model: Model) -> str:
    """The core's arithmetic: the start, every term, less what the household says twice."""
    terms = " + ".join(f"bits_{one.name}" for one in COMPARISONS)
    household = " + ".join(f"bits_{one.name}" for one in COMPARISONS if one.household)
    last = len(GIVEN.levels) - 1
    cap = f"case level_{GIVEN.name} when {last} then {_double(model.kin_cap)} else {_double(model.household_cap)} end"
    return f"{_double(model.start)} + {terms} - greatest({_double(0.0)}, {household} - {cap})"


def _level(one: Comparison, words: Words) -> str:
    """The number of the level that holds, -1 for nothing to compare."""
    cases = [(one.unknown, -1), *((level.sql, place) for place, level in enumerate(one.levels))]
    told = []
    for condition, place in cases:
        if condition == OTHERWISE:
            told.append(f"else {place}")
            break
        said = words(condition)
        told.append(f"when {said} then {place}")
        if said == OPEN or "in_common" in said:
            told.append(f"when ({said}) is null then null")
    return f"case {' '.join(told)} end"


def _bits(one: Comparison, model: Model) -> str:
    told = [f"when -1 then {_double(0.0)}"]
    for place, level in enumerate(one.levels):
        weight = _double(model.weight(one.name, level.name))
        if place == 0 and one.frequency_of is not None:
            common = f"greatest({frequency(one.name)}_l, {frequency(one.name)}_r)"
            weight = f"{_double(log2(model.chances[one.name][level.name].m))} - {common}"
        told.append(f"when {place} then {weight}")
    return f"case level_{one.name} {' '.join(told)} end"


def _double(number: float) -> str:
    """Bare decimals are DECIMAL, and adding those takes twice as long."""
    return f"cast({number!r} as double)"


def _columns(words: Words) -> set[str]:
    """The columns of one side that the conditions speak of."""
    found = {frequency(one.name) for one in COMPARISONS if one.frequency_of}
    for one in COMPARISONS:
        for condition in (one.unknown, *(level.sql for level in one.levels)):
            if condition != OTHERWISE:
                tree = sqlglot.parse_one(words(condition), read="duckdb")
                found |= {column.name[:-2] for column in tree.find_all(exp.Column)}
    return found


def _trees() -> Iterator[exp.Expression]:
    for one in COMPARISONS:
        for condition in (one.unknown, *(level.sql for level in one.levels)):
            if condition != OTHERWISE:
                yield sqlglot.parse_one(condition, read="duckdb")


def _only_compared() -> set[str]:
    """Texts of which only equality is asked, or whether they are there: a number does as well, and is shorter."""
    columns = [column for tree in _trees() for column in tree.find_all(exp.Column)]
    texts = {column.name[:-2] for column in columns if TYPES.get(column.name[:-2]) == TEXT}
    read = {column.name[:-2] for column in columns if not _merely_compared(column)}
    return texts - read


def _merely_compared(column: exp.Column) -> bool:
    above = column.parent
    if isinstance(above, exp.Is):
        return True
    return isinstance(above, exp.EQ) and all(
        isinstance(side, exp.Column) for side in (above.this, above.expression)
    )


def _looked_for() -> list[str]:
    """Texts that are looked for in a list."""
    return sorted(
        {node.expression.name[:-2] for tree in _trees() for node in tree.find_all(exp.ArrayContains)}
    )


def _by_number(node: exp.Expression) -> exp.Expression:
    """What is asked of lists, asked of their numbers."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.func("in_common", node.this, node.expression)
    if isinstance(node, exp.ArrayContains) and isinstance(node.expression, exp.Column):
        return exp.func("in_common", node.this, exp.column(f"only_{node.expression.name}"))
    if (
        isinstance(node, exp.EQ)
        and isinstance(node.this, exp.Length)
        and _is_list(node.this.this)
        and node.expression.name == "0"
    ):
        return exp.func("is_none", node.this.this)
    return node


def _by_look(node: exp.Expression) -> exp.Expression:
    """One step apart: looked at before it is counted. Two steps, and something else: the something else first."""
    if isinstance(node, exp.EQ) and isinstance(node.this, exp.Levenshtein) and node.expression.name == "1":
        return exp.and_(exp.func("nearly", node.this.this, node.this.expression), node.copy())
    if (
        isinstance(node, exp.And)
        and isinstance(node.this, exp.EQ)
        and isinstance(node.this.this, exp.Levenshtein)
    ):
        return exp.and_(node.expression.copy(), node.this.copy())
    return node


def _is_list(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and TYPES.get(node.name[:-2]) == LIST
