"""Adding many rows at once, several times quicker than row objects: for the tables every record writes into."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


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
    given = list(rows)
    if not given:
        return
    name = connection.ops.quote_name
    known = {
        key: field.column for field in model._meta.concrete_fields for key in (field.name, field.attname)
    }
    columns = ", ".join(name(str(known[field])) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = name(model._meta.db_table)
    passing = " ON CONFLICT DO NOTHING" if unless_known else ""
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places}){passing}", given)  # noqa: S608 - names of our own tables


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


def instants() -> Callable[[Any], Any]:
    """How this database takes an instant, for many rows: the same instant is written out once."""
    return lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)
