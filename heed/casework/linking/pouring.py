"""Writing many rows of computed truth at once: executemany on SQLite, COPY on PostgreSQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from heed.casework.actions.inserting import insert


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows given as plain values, in the order of the named columns. Only for computed tables."""
    if connection.vendor != "postgresql":
        insert(model, columns, rows)
        return
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(column) for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"copy {table} ({names}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def change(
    model: type[models.Model], key: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Update columns of the rows with given keys; each row is the new values, then the key."""
    quote = connection.ops.quote_name
    places = ", ".join(f"{quote(column)} = %s" for column in columns)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"update {table} set {places} where {quote(key)} = %s", rows)  # noqa: S608 - our own names
