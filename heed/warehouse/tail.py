"""The live tail: records newer than the built file, held in memory and seen as one with it."""

from pathlib import Path

import duckdb

from heed.warehouse.build import CONFIG, Warehouse, load
from heed.warehouse.facts import TABLES, Facts


def open_warehouse(path: Path, tail: Facts | None = None) -> Warehouse:
    """Open the file read-only, with newer rows united in. `tail.rows["person_of"]`, when given, replaces the file's.

    Of a record that the tail holds a revision of, each revision is superseded as in `Facts.supersede`: when the first of
    the newer ones was recorded, whichever of them came first.
    """
    connection = duckdb.connect(
        ":memory:", config={name: value for name, value in CONFIG.items() if name != "enable_external_access"}
    )
    connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as built (read_only)")
    connection.execute("set enable_external_access = false")
    load(connection, tail or Facts(), "temp table", "tail_")
    for name in TABLES:
        connection.execute(f"create temp view {name} as {_united(name, tail)}")
    return Warehouse(connection)


def _united(name: str, tail: Facts | None) -> str:
    if name == "person_of" and tail is not None and tail.rows["person_of"]:
        return "select * from tail_person_of"
    if name != "record":
        return f"select * from built.{name} union all select * from tail_{name}"
    columns = ", ".join(
        "case when newer_s is not null then greatest(recorded_s, newer_s) end as superseded_s"
        if column == "superseded_s"
        else column
        for column, _ in TABLES["record"]
    )
    return (
        "select * from built.record anti join tail_record using (agency, ref) "
        f"union all select {columns} from ("
        "select *, min(recorded_s) over (partition by agency, ref order by revision "
        "rows between 1 following and unbounded following) as newer_s from ("
        "select * from built.record semi join tail_record using (agency, ref) union all select * from tail_record))"
    )


def newest_record(path: Path) -> int:
    """The highest row number the built file knows; 0 for an empty one."""
    connection = duckdb.connect(str(path), read_only=True, config=CONFIG)
    (newest,) = connection.execute("select coalesce(max(record_id), 0) from record").fetchall()[0]
    connection.close()
    return int(newest)
