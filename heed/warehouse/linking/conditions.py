"""The core's conditions as the statement says them: with lists, or with one number for each list.

What the first statement has to fetch for each pair costs more than what it works out: so it has no column that only a
rare question needs (`RARELY`), and leaves that question to the second.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import sqlglot
from sqlglot import exp

from heed.core.identity.comparisons import COMPARISONS, OTHERWISE, Comparison
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.warehouse.linking.columns import LIST, TEXT, TYPES

ALONE = "only_"
"""A text as the number of a list of nothing else."""
RARELY = frozenset(SLIP_SCHEMES)
"""Texts asked for only where two numbers of one scheme differ and one of them fails its check."""
OPEN = "cast(null as boolean)"
"""A question the numbers leave open."""

CODE = (
    "case len({0}) when 0 then 0::ubigint when 1 then hash({0}[1]) | 1::ubigint"
    " else list_bit_or(list_transform({0}, lambda one: 1::ubigint << (1 + (hash(one) >> 1) % 63)::utinyint)) end"
)
"""A list as a number: 0 for none; odd, the hash of the only value; even, a bit for each of several."""

IN_COMMON = """create or replace temp macro in_common(a, b) as case
  when (a & b & 1) = 1 then a = b
  when a = 0 or b = 0 then false
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


@cache
def with_lists(condition: str) -> str:
    """A condition for a statement that has the lists."""
    return _said(_parsed(condition).transform(_by_look))


@cache
def with_numbers(condition: str) -> str:
    """A condition for a statement that has `slim` columns only; NULL where it asks for more of a list."""
    tree = _parsed(condition).transform(_by_number).transform(_by_look)
    asked = [node for node in tree.find_all(exp.Anonymous) if node.name in ("in_common", "is_none")]
    spoken = [
        column for column in tree.find_all(exp.Column) if column.name[:-2] in RARELY or _is_list(column)
    ]
    # What is open must stay so: nothing may turn its NULL into an answer.
    if any(node.find_ancestor(exp.Coalesce, exp.Is) for node in asked) or any(
        column.parent not in asked for column in spoken
    ):
        return OPEN
    return _said(tree)


@cache
def left_open(said: str) -> str:
    """When a condition in numbers leaves the answer to the lists; empty when it never does."""
    if said == OPEN:
        return "true"
    asked = [node for node in _parsed(said).find_all(exp.Anonymous) if node.name == "in_common"]
    return " or ".join(f"({_said(node)}) is null" for node in asked)


@cache
def columns_of(said: str) -> frozenset[str]:
    """The columns of one side that a condition speaks of."""
    return frozenset(column.name[:-2] for column in _parsed(said).find_all(exp.Column))


def conditions() -> Iterator[str]:
    """Every condition of the core."""
    for one in COMPARISONS:
        yield from conditions_of(one)


def conditions_of(one: Comparison) -> Iterator[str]:
    """Every condition of a comparison."""
    yield one.unknown
    yield from (level.sql for level in one.levels if level.sql != OTHERWISE)


def silent_about(one: Comparison) -> str:
    """When a person leaves nothing to compare, whoever stands on the other side: a condition of that person's columns.
    Where it holds of everybody the comparison need not be made at all."""
    tree = _parsed(one.unknown)
    parts = [node.unnest() for node in (tree.flatten() if isinstance(tree, exp.Or) else [tree])]
    told = [
        _of_one(node)
        for node in parts
        if {column.name[-2:] for column in node.find_all(exp.Column)} == {"_l"}
    ]
    for node in parts:
        if isinstance(node, exp.Not) and isinstance(node.this.unnest(), exp.ArrayOverlaps):
            told.append(f"len({_of_one(node.this.unnest().this)}) = 0")
        if isinstance(node, exp.EQ) and isinstance(node.this, exp.Mul) and node.expression.name == "0":
            told.append(f"{_of_one(node.this.this)} = 0")
    return " or ".join(f"coalesce({each}, false)" for each in told) or "false"


def silent(people: str) -> str:
    """One row: of which comparisons everybody leaves nothing to compare, in their order."""
    asked = (f"coalesce(bool_and({silent_about(one)}), true) as {one.name}" for one in COMPARISONS)
    return f"select {', '.join(asked)} from {people}"  # noqa: S608 - our own names


def _of_one(node: exp.Expression) -> str:
    """What is asked of the left side, as asked of one person."""

    def without_side(one: exp.Expression) -> exp.Expression:
        return exp.column(one.name[:-2]) if isinstance(one, exp.Column) else one

    return _said(node.copy().transform(without_side))


def slim(compared: Iterable[Comparison]) -> dict[str, str]:
    """The columns that conditions in numbers speak of, each with what it is worked out from."""
    asked = [condition for one in compared for condition in conditions_of(one)]
    columns = [column for each in asked for column in _parsed(with_numbers(each)).find_all(exp.Column)]
    read = {column.name[:-2] for column in columns if not _merely_compared(column)}
    return {name: _worked_out(name, read) for name in sorted({one.name[:-2] for one in columns})}


def _worked_out(name: str, read: set[str]) -> str:
    """Texts of which only equality is asked, or whether they are there, are numbers too: these are shorter."""
    base = name.removeprefix(ALONE)
    if base != name:
        return f"case when {base} is not null then hash({base}) | 1::ubigint end"
    if TYPES.get(name) == LIST:
        return CODE.format(name)
    if TYPES.get(name) == TEXT and name not in read:
        return f"case when {name} is not null then hash({name}) end"
    return name


def _merely_compared(column: exp.Column) -> bool:
    above = column.parent
    if isinstance(above, exp.Is):
        return True
    return isinstance(above, exp.EQ) and all(
        isinstance(side, exp.Column) and side.name[:-2] == column.name[:-2]
        for side in (above.this, above.expression)
    )


def _by_number(node: exp.Expression) -> exp.Expression:
    """What is asked of lists, asked of their numbers."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.func("in_common", node.this, node.expression)
    if isinstance(node, exp.ArrayContains) and isinstance(node.expression, exp.Column):
        return exp.func("in_common", node.this, exp.column(f"{ALONE}{node.expression.name}"))
    if (
        isinstance(node, exp.EQ)
        and isinstance(node.this, exp.Length)
        and _is_list(node.this.this)
        and node.expression.name == "0"
    ):
        return exp.func("is_none", node.this.this)
    return node


def _by_look(node: exp.Expression) -> exp.Expression:
    """Steps are counted behind a look, in a CASE: elsewhere the engine may work out both sides of an AND for all rows.
    One step apart: looked at first. Two steps, and something else: the something else first."""
    if isinstance(node, exp.EQ) and isinstance(node.this, exp.Levenshtein) and node.expression.name == "1":
        return _behind(exp.func("nearly", node.this.this, node.this.expression), node)
    if (
        isinstance(node, exp.And)
        and isinstance(node.this, exp.EQ)
        and isinstance(node.this.this, exp.Levenshtein)
    ):
        return _behind(node.expression, node.this)
    return node


def _behind(look: exp.Expression, count: exp.Expression) -> exp.Expression:
    return exp.Case().when(look.copy(), count.copy()).else_(exp.false())


def _is_list(node: exp.Expression) -> bool:
    return isinstance(node, exp.Column) and TYPES.get(node.name[:-2]) == LIST


def _parsed(condition: str) -> exp.Expression:
    return sqlglot.parse_one(condition, read="duckdb")


def _said(tree: exp.Expression) -> str:
    return tree.sql("duckdb", normalize_functions=False)
