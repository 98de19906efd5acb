"""Every row of a house, inserted bare into an empty database of the same schema, with the commits the import had."""

import sqlite3
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
    "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-65536;"
)
OF_DJANGO = ("django_", "auth_", "sqlite_")
BEFORE = ("casework_agency", "casework_professional", "casework_post", "casework_head")
"""What stands before the first record comes, and the head, which is updated and not inserted."""


def bare(source: Path, target: Path) -> tuple[int, float, float]:
    """How many rows were inserted, and the seconds, and seconds of processor, of inserting and committing alone."""
    given, taking = sqlite3.connect(source), sqlite3.connect(target, isolation_level=None)
    taking.executescript(PRAGMAS)
    for (sql,) in given.execute(
        "select sql from sqlite_master where sql is not null and name not like 'sqlite_%'"
    ):
        taking.execute(sql)
    tables = _tables(given)
    taking.execute("BEGIN")
    for table in (*BEFORE, *(t for t in tables if t not in BEFORE and _count(given, t) < 2)):
        _insert(taking, table, given.execute(f"select * from {table}").fetchall())
    taking.execute("COMMIT")
    growing = [t for t in tables if t not in BEFORE and _count(given, t) >= 2]
    total, seconds, worked = 0, 0.0, 0.0
    edges = _edges(given, growing)
    (head,) = given.execute("select frontier from casework_head").fetchone()
    for before, after in pairwise(edges):
        rows = [
            (
                table,
                given.execute(
                    f"select * from {table} where rowid > ? and rowid <= ?", (low, high)
                ).fetchall(),
            )
            for table, low, high in zip(growing, before, after, strict=True)
        ]
        began, working = time.perf_counter(), time.process_time()
        taking.execute("BEGIN IMMEDIATE")
        for table, each in rows:
            _insert(taking, table, each)
        taking.execute("UPDATE casework_head SET size = ?, frontier = ?", (total, head))
        taking.execute("COMMIT")
        seconds += time.perf_counter() - began
        worked += time.process_time() - working
        total += sum(len(each) for _, each in rows)
    given.close()
    taking.close()
    return total, seconds, worked


def _tables(given: sqlite3.Connection) -> list[str]:
    names = given.execute("select name from sqlite_master where type = 'table' order by rowid").fetchall()
    return [name for (name,) in names if not name.startswith(OF_DJANGO)]


def _count(given: sqlite3.Connection, table: str) -> int:
    (count,) = given.execute(f"select count(*) from {table}").fetchone()
    return int(count)


def _insert(taking: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        taking.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def _edges(given: sqlite3.Connection, tables: Sequence[str]) -> list[tuple[int, ...]]:
    """The last row of each table after each commit of the import. A commit leaves one row in the outbox that names
    its records; rows of other tables belong to the records, entries and people they point at."""
    owed = given.execute("select id, subject from casework_outbox where kind = 'link' order by id").fetchall()
    entries = dict(given.execute("select subject, seq from casework_entry where kind = 'collection'"))
    lasts = {table: _last(given, table) for table in tables}
    known = dict.fromkeys(tables, 0)
    edges = [tuple(known.values())]
    before = 0
    for number, (row, subject) in enumerate(owed, start=1):
        first, _, last = subject.partition(":")[2].partition("-")
        record = int(last or first)
        at = {"before": before, "record": record, "owed": row, "share": number / len(owed)}
        at["entry"] = entries.get(f"record:{record + 1}", 2**62)
        for table in tables:
            found = given.execute(lasts[table], at).fetchone()[0] or 0
            known[table] = max(known[table], found)
        edges.append(tuple(known.values()))
        before = record
    return edges


def _last(given: sqlite3.Connection, table: str) -> str:
    """The question for the last row of a table that was there when a record had been committed."""
    columns = {name for _, name, *_ in given.execute(f"pragma table_info({table})")}
    match table:
        case "casework_record":
            return "select :record"
        case "casework_outbox":
            return "select :owed"
        case "casework_entry" | "casework_body":
            return f"select max(rowid) from {table} where rowid < :entry"
        case "casework_source":
            return (
                "select max(s.rowid) from casework_mention m join casework_source s on s.key = m.source_id "
                "where m.record_id > :before and m.record_id <= :record"
            )
        case _ if "duty_id" in columns:
            return (
                f"select max(s.rowid) from {table} s join casework_duty d on d.id = s.duty_id "
                "where d.record_id > :before and d.record_id <= :record"
            )
        case _ if "record_id" in columns:
            return f"select max(rowid) from {table} where record_id > :before and record_id <= :record"
        case _:
            return f"select cast(max(rowid) * :share as integer) from {table}"
