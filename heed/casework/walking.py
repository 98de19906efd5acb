"""Walking a table in portions by its key, stepping over gaps: a row put at an absurd number costs one step, not a
walk past every number below it."""

from collections.abc import Iterator

from django.db.models import Min, QuerySet


def starts(rows: QuerySet, key: str, chunk: int) -> Iterator[int]:
    """The first key of each portion of `chunk` keys that holds a row, from 1 upwards."""
    start = rows.filter(**{f"{key}__gte": 1}).order_by().aggregate(first=Min(key))["first"]
    while start is not None:
        yield start
        start = rows.filter(**{f"{key}__gte": start + chunk}).order_by().aggregate(first=Min(key))["first"]
