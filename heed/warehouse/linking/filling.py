"""A database of everybody, with all that rests on people alone and not on a model: whoever links starts from there."""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from heed.core.identity.profile import Profile
from heed.warehouse.linking import conditions, everybody, hopeless, scoring
from heed.warehouse.linking.columns import TYPES, people_tables
from heed.warehouse.linking.engine import closed_connection, create
from heed.warehouse.linking.keys import keys_sql
from heed.warehouse.linking.levelled import coded

WRITTEN_DOWN = {
    "reduced": scoring.slim_sql("people"),
    "silent": conditions.silent("people"),
    "drawn": hopeless.SKETCH,
    "marked": everybody.MARKED,
    "checked": everybody.CHECKED,
    "keys": f"{keys_sql()} order by key",
}
"""By table: what is compared as numbers, and what there is nothing to compare of; the sketches; what may speak against
one another in a cluster; the keys."""


def filled(profiles: Iterable[Profile]) -> duckdb.DuckDBPyConnection:
    """A database with one row for each profile, and with what is written down of it. Read a portion at a time: nothing
    here keeps a profile."""
    return filled_with(people_tables(profiles))


def filled_with(tables: Iterable[pa.Table]) -> duckdb.DuckDBPyConnection:
    """The same from columns."""
    connection = read_in(tables)
    write_down(connection)
    return connection


def read_in(tables: Iterable[pa.Table]) -> duckdb.DuckDBPyConnection:
    """A database with everybody, of whom nothing is written down yet."""
    connection = closed_connection()
    create(connection, "people", pa.schema([("unique_id", pa.int64()), *TYPES.items()]).empty_table())
    for table in tables:
        connection.register("sent", table)
        connection.execute("insert into people by name select * from sent")
        connection.unregister("sent")
    return connection


def write_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the tables that rest on `people` alone."""
    for name, query in WRITTEN_DOWN.items():
        connection.execute(f"create table {name} as {query}")
    create(connection, "coded", coded(connection))
