"""Sealing what a house kept before anything was sealed: in portions, each saved by itself, so that one that was cut
short goes on where it stopped. Called by migrations, on SQLite and PostgreSQL alike."""

import json
from collections.abc import Iterator

from django.db import connection, transaction

from heed.casework import sealed
from heed.casework.progress import track
from heed.casework.sealing import whose

A_PORTION = 1000
type Row = tuple[int, str, str, int, str]


def seal_documents() -> int:
    """Every record's line sealed, every digest keyed. Gives how many were still in the clear."""
    done = 0
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from casework_record where document like '{%%'", [])
        (total,) = cursor.fetchone()
    for rows in track(_portions(), "Sealing records", -(-total // A_PORTION)) if total else ():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "update casework_record set document = %s, digest = %s where id = %s", _sealed(rows)
            )
        done += len(rows)
    return done


def leave_nothing_behind(table: str) -> None:
    """Write the table anew, so that the clear text does not stay in pages that are no longer used."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"vacuum full {connection.ops.quote_name(table)}")
        else:
            cursor.execute("vacuum")
            cursor.execute("pragma wal_checkpoint(truncate)")


def _portions() -> Iterator[list[Row]]:
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select id, agency_id, ref, revision, document from casework_record "
                "where id > %s and document like '{%%' order by id limit %s",
                [last, A_PORTION],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _sealed(rows: list[Row]) -> list[tuple[str, str, int]]:
    told = [json.loads(row[-1]) for row in rows]
    texts = sealed.seal_texts(
        [
            (line, whose.document(document), ("casework_record", "document", agency, ref, revision))
            for (_, agency, ref, revision, line), document in zip(rows, told, strict=True)
        ]
    )
    return [
        (text, sealed.mark(document), row[0]) for text, document, row in zip(texts, told, rows, strict=True)
    ]
