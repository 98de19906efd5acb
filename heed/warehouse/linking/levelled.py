"""The levels of comparisons whose values come again and again: names, birth dates, agencies.

Of a million files some thousand given names are all there are, and of two million pairs some ten thousand differ in a
way of their own. So each person has a number for all that such a comparison asks of one side (`coded`, written down when
people are read in), and each two numbers that meet are asked once: by what is compared as numbers, and where that leaves
the question open by the lists.
"""

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from heed.core.identity.comparisons import BORN, FAMILY, FILES, GIVEN, Comparison
from heed.warehouse.linking import conditions, scoring

AGAIN_AND_AGAIN = (GIVEN, FAMILY, BORN, FILES)
SIDE, OPEN = 32, -2

type Places = npt.NDArray[np.int64]
type Levels = npt.NDArray[np.int8]


def coded(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """One row a person, in their order: for each of these comparisons the number of all it asks of one side."""
    asked = {one.name: ", ".join(sorted(_asked(one))) for one in AGAIN_AND_AGAIN}
    hashes = ", ".join(f"hash({columns}) as {name}" for name, columns in asked.items())
    found = connection.execute(f"select {hashes} from people order by unique_id").fetchnumpy()  # noqa: S608
    return pa.table({name: pa.array(each).dictionary_encode().indices for name, each in found.items()})


def levels(
    connection: duckdb.DuckDBPyConnection,
    left: Places,
    right: Places,
    known: Sequence[Comparison],
) -> dict[str, Levels]:
    """The level of each pair of places at each of some of these comparisons: its number, -1 for nothing to compare."""
    return {one.name: _levels(connection, left, right, one) for one in known}


def _levels(connection: duckdb.DuckDBPyConnection, left: Places, right: Places, one: Comparison) -> Levels:
    codes = connection.execute(f"select {one.name} from coded").fetchnumpy()[one.name]  # noqa: S608 - our own name
    somebody = np.empty(int(codes.max(initial=-1)) + 1, dtype=np.int64)
    somebody[codes] = np.arange(len(codes))
    ours, theirs = codes[left], codes[right]
    unlike = np.flatnonzero(ours != theirs)
    two = (ours[unlike].astype(np.int64) << SIDE) | theirs[unlike]
    met = np.sort(two)
    met = met[np.flatnonzero(np.diff(met, prepend=-1))]
    # Two of one number are asked as well: what is not known agrees with nothing.
    alike = np.zeros(len(somebody), dtype=bool)
    alike[ours] = True
    same = np.flatnonzero(alike)
    asked = np.concatenate([met >> SIDE, same]), np.concatenate([met & ((1 << SIDE) - 1), same])
    told = _asked_once(connection, somebody[asked[0]], somebody[asked[1]], one)
    of_one = np.zeros(len(somebody), dtype=np.int8)
    of_one[same] = told[len(met) :]
    found = of_one[ours]
    found[unlike] = told[: len(met)][np.searchsorted(met, two)]
    return found


def _asked_once(
    connection: duckdb.DuckDBPyConnection,
    left: Places,
    right: Places,
    one: Comparison,
) -> Levels:
    """The level of each pair of somebodies: by numbers, and by lists where the numbers leave it open."""
    told = _told(connection, "reduced", left, right, one, conditions.with_numbers)
    still_open = np.flatnonzero(told == OPEN)
    if len(still_open):
        told[still_open] = _told(
            connection, "people", left[still_open], right[still_open], one, conditions.with_lists
        )
    return told


def _told(
    connection: duckdb.DuckDBPyConnection,
    people: str,
    left: Places,
    right: Places,
    one: Comparison,
    words: scoring.Words,
) -> Levels:
    connection.register("met", pa.table({"met": np.arange(len(left)), "l": left, "r": right}))
    query = scoring.level_sql(one, "met", people, words)
    rows = connection.execute(
        f"select met, coalesce(level, {OPEN})::tinyint as level from ({query})"  # noqa: S608 - our own words
    ).fetchnumpy()
    connection.unregister("met")
    told = np.empty(len(left), dtype=np.int8)
    told[rows["met"]] = rows["level"]
    return told


def _asked(one: Comparison) -> set[str]:
    return scoring.columns(conditions.with_lists, [one]) - {scoring.frequency(one.name)}
