"""Adding many rows at once, several times quicker than row objects: for the tables every record writes into."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import batched, chain
from typing import Any

from django.db import connection, models

from heed.core.records.when import in_utc

TOGETHER = 64
"""Rows in one statement: a third quicker than a statement for each, and far from as many values as one may have."""


def insert(
    model: type[models.Model],
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unless_known: bool = False,
) -> None:
    """Insert rows of plain values in the order of `fields`; with `unless_known` a row that is there stays as it is.

    Instants come through `instants`. On every database Heed runs on, conflicts are passed over in the same words.
    """
    given = list(batched(rows, TOGETHER))
    if not given:
        return
    name = connection.ops.quote_name
    known = {
        key: field.column for field in model._meta.concrete_fields for key in (field.name, field.attname)
    }
    columns = ", ".join(name(str(known[field])) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    table = name(model._meta.db_table)
    passing = " ON CONFLICT DO NOTHING" if unless_known else ""
    last = given.pop() if len(given[-1]) < TOGETHER else ()
    with connection.cursor() as cursor:
        for many, some in ((TOGETHER, given), (len(last), [last])):
            if many and some:
                values = ", ".join([places] * many)
                words = f"INSERT INTO {table} ({columns}) VALUES {values}{passing}"  # noqa: S608 - names of our own tables
                cursor.executemany(words, [tuple(chain.from_iterable(each)) for each in some])


def next_ids(model: type[models.Model], many: int) -> list[int]:
    """The numbers that as many new rows of a table will have, taken so that nobody else gets them: for rows that
    others point at, inserted without row objects. Inside the transaction that inserts them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many]
            )
            return sorted(number for (number,) in cursor.fetchall())
        # One writer at a time: the last number ever given stays the last until this transaction ends.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    last = found[0] if found else 0
    return list(range(last + 1, last + many + 1))


def instants() -> Callable[[str | None], str | None]:
    """How this database takes an instant that `in_utc` wrote: SQLite as it is, PostgreSQL with its offset."""
    if connection.vendor == "sqlite":
        return lambda text: text
    return lambda text: None if text is None else f"{text}+00:00"


def instant_writer() -> Callable[[datetime | None], str | None]:
    """The same for an instant itself."""
    taken = instants()
    return lambda at: None if at is None else taken(in_utc(at))
