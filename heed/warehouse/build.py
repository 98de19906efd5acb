"""The warehouse file: built beside the old one, swapped in one step, opened read-only.

It is computed from casework and may be thrown away at any moment. DuckDB is fed through Arrow and never
reaches outside: no extension is loaded, no file or address opened.
"""

import fcntl
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from heed.core.patterns.asking import Columns
from heed.core.patterns.derived import DERIVED
from heed.warehouse.facts import TABLES, Facts

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Warehouse:
    """An open warehouse: facts, and what is derived from them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self._derived = False

    def ask(self, sql: str, parameters: Mapping[str, int]) -> Columns:
        """Run one text of a detector; columns come back as numpy arrays."""
        self.derive()
        wanted = {name: value for name, value in parameters.items() if f"${name}" in sql}
        columns = self.connection.execute(sql, wanted).fetchnumpy()
        return {name: np.asarray(values) for name, values in columns.items()}

    def derive(self) -> None:
        """Make homes, touches, episodes and company once for this connection."""
        if not self._derived:
            for name, sql in DERIVED:
                self.connection.execute(f"create or replace temp table {name} as {sql}")
            self._derived = True

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a text."""
        return self.connection.execute(sql).fetchall()

    def close(self) -> None:
        """Let the file go."""
        self.connection.close()


def in_memory(facts: Facts) -> Warehouse:
    """A warehouse that lives only in this process."""
    connection = duckdb.connect(":memory:", config=CONFIG)
    load(connection, facts, "table")
    return Warehouse(connection)


def build(path: Path, facts: Facts) -> None:
    """Write the file beside the old one and swap it in. A reader of the old one keeps what it opened."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # DuckDB 2 encrypts only with an extension that would be fetched: nobody but this installation reads the folder.
    path.parent.chmod(0o700)
    beside = path.with_suffix(".next")
    with path.with_suffix(".building").open("w") as turn:
        # A command and the worker may both find the file too old: one after the other, each writes a whole one.
        fcntl.flock(turn, fcntl.LOCK_EX)
        beside.unlink(missing_ok=True)
        connection = duckdb.connect(str(beside), config=CONFIG)
        beside.chmod(0o600)
        load(connection, facts, "table")
        connection.execute("checkpoint")
        connection.close()
        os.replace(beside, path)


def load(connection: duckdb.DuckDBPyConnection, facts: Facts, kind: str, prefix: str = "") -> None:
    """Make the tables of the facts (`kind`: table or temp table) and fill them through Arrow."""
    for name, columns in TABLES.items():
        listed = ", ".join(f"{column} {type_}" for column, type_ in columns)
        connection.execute(f"create {kind} {prefix}{name} ({listed})")
        if facts.rows[name]:
            rows = facts.table(name)
            connection.register("rows_to_load", rows)
            connection.execute(f"insert into {prefix}{name} select * from rows_to_load")
            connection.unregister("rows_to_load")
