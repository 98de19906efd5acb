"""Everybody against everybody who shares a key: pairs and weights by the engine, without a row of Python for a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from heed.core.identity.comparisons import COMPARISONS, GIVEN, Comparison
from heed.core.identity.model import Model
from heed.warehouse.linking import conditions, hopeless, pairing, scoring
from heed.warehouse.linking.engine import create
from heed.warehouse.linking.keys import RULES
from heed.warehouse.linking.levelled import AGAIN_AND_AGAIN, levels

LEAST, ROUNDING, OPEN = -1e9, 1e-6, 1e9
LOOSE = ", ".join(str(number) for number, rule in enumerate(RULES) if rule in hopeless.LOOSE)
HELD = f"select key, unique_id, rule in ({LOOSE}) as loose from keys"  # noqa: S608 - our own numbers
"""The keys as they were written down, which is in their order: this engine reads rows as they came in."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs by their places in the order of the profiles, the smaller first, with the weight of each in bits. Sorted."""

    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    weight: npt.NDArray[np.float64]


def block(
    connection: duckdb.DuckDBPyConnection, model: Model | None = None, at_least: float | None = None
) -> int:
    """Fill the table `pairs`; gives the number of pairs. With a model, pairs that cannot reach so many bits are left out
    where that is told without weighing them."""
    wanted = None
    if model is not None and at_least is not None:
        compared = _compared(connection)
        _how_often(connection, model)
        columns = connection.execute(hopeless.sketch(model, compared)).fetchnumpy()
        wanted = hopeless.hopeful(model, compared, at_least, hopeless.Sketches(**columns))
    held = connection.execute(HELD).fetchnumpy()
    ((at_once,),) = connection.execute("select current_setting('threads')").fetchall()
    left, right = pairing.pairs(held["key"], held["unique_id"], held["loose"], wanted, int(at_once))
    create(connection, "pairs", pa.table({"l": left, "r": right}))
    return len(left)


def weigh(connection: duckdb.DuckDBPyConnection, model: Model, at_least: float | None = None) -> Scored:
    """Weigh every pair of `pairs`; those of at least so many bits come back, or all."""
    _how_often(connection, model)
    compared = _compared(connection)
    known = [one for one in compared if one in AGAIN_AND_AGAIN]
    asked = [one for one in compared if one not in known]
    often = {scoring.frequency(one.name) for one in COMPARISONS if one.frequency_of}
    _levelled(connection, known)
    numbers = ", ".join(sorted({"unique_id", *often, *scoring.columns(conditions.with_numbers, asked)}))
    connection.execute(
        f"create or replace table slim as select {numbers} from reduced join often using (unique_id)"  # noqa: S608
    )
    by_number = scoring.weighed(model, "levelled", "slim", conditions.with_numbers, compared, known)
    connection.execute(f"create or replace table weighed as {_kept(by_number, at_least)}")
    lists = ", ".join(sorted({"unique_id", *scoring.columns(conditions.with_lists, asked)} - often))
    connection.execute(
        f"create or replace table wide as select {', '.join(sorted(often))}, {lists}"  # noqa: S608 - our own names
        f" from (select * from often where unique_id in ({_OPEN_SIDES})) join people using (unique_id)"
    )
    still_open = "(select * exclude (weight, most) from weighed where weight is null)"
    by_list = scoring.weighed(model, still_open, "wide", compared=compared, known=known)
    connection.execute(
        f"create or replace table all_weighed as select l, r, weight from weighed where weight is not null"  # noqa: S608
        f" union all select l, r, weight from ({_kept(by_list, at_least)})"
    )
    return _fetched(connection, "select l, r, weight from all_weighed order by l, r")


_OPEN_SIDES = "select l from weighed where weight is null union select r from weighed where weight is null"


def _levelled(connection: duckdb.DuckDBPyConnection, known: Sequence[Comparison]) -> None:
    """The table `levelled`: every pair with its levels at some comparisons."""
    pairs = connection.execute("select l, r from pairs").fetchnumpy()
    found = levels(connection, pairs["l"], pairs["r"], known)
    create(connection, "levelled", pa.table(pairs | {f"level_{name}": each for name, each in found.items()}))


def _compared(connection: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """The comparisons of which there is something to compare. Names always are: others ask for their level."""
    (silent,) = connection.execute("select * from silent").fetchall()
    return [one for one, nothing in zip(COMPARISONS, silent, strict=True) if one is GIVEN or not nothing]


def _kept(weights: str, at_least: float | None) -> str:
    """What reaches the floor; where the weight is open, what may reach it. The bound is cheaper, and asked first."""
    floor = LEAST if at_least is None else at_least
    reached = (
        f"most >= cast({floor - ROUNDING!r} as double)"
        f" and coalesce(weight, cast({OPEN!r} as double)) >= cast({floor!r} as double)"
    )
    return f"select * from ({weights}) where {reached}"  # noqa: S608 - our own words


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Scored:
    found = connection.execute(query).fetchnumpy()
    return Scored(*(np.asarray(found[name]) for name in ("l", "r", "weight")))


def _how_often(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """The table `often`: how common the names of everybody are, in bits. The model's frequencies, never those of the data
    at hand; a name the model never met is as common as it says."""
    columns, joins = "", ""
    for one in COMPARISONS:
        if one.frequency_of is None:
            continue
        known = model.frequencies[one.name]
        bits = [log2(model.frequency(one.name, value)) for value in known]
        table = pa.table({"value": pa.array(known, pa.string()), "bits": pa.array(bits, pa.float64())})
        create(connection, f"frequency_{one.name}", table)
        rarest = f"{log2(model.frequency(one.name, ''))!r}::double"
        columns += f", coalesce(of_{one.name}.bits, {rarest}) as {scoring.frequency(one.name)}"
        joins += (
            f" left join frequency_{one.name} as of_{one.name} on of_{one.name}.value = reduced.{one.name}"
        )
    connection.execute(
        f"create or replace table often as select unique_id{columns} from reduced {joins}"  # noqa: S608 - our own names
    )
