"""Sealing what a house kept before anything was sealed: in portions, each saved by itself, so that one that was cut
short goes on where it stopped. Called by migrations, on SQLite and PostgreSQL alike."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from heed.casework import sealed
from heed.casework.progress import track
from heed.casework.sealing import rows as at
from heed.casework.sealing import whose

A_PORTION = 1000
type Row = tuple[int, str, str, int, str]
CLEAR = "not like '1.%%'"


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


def seal_the_rest() -> int:
    """What people said of children in duties and verdicts, profiles of sources, and findings. Gives how many rows were
    still in the clear."""
    return sum(
        (
            _change(
                "casework_source", "key", ["profile"], f"profile <> '' and profile {CLEAR}",
                lambda rows: [(text,) for text in at.sealed_profiles([(text, key) for key, text in rows])],
            ),
            _change("casework_finding", "id", ["statement", "body"], f"body {CLEAR}", _findings),
            _change("casework_dutystep", "id", ["words", "duty_id", "number"], f"words <> '' and words {CLEAR}", _steps),
            _change(
                "casework_verdict", "id", ["reason", "left", "right", "by_id"], f"reason {CLEAR}", _verdicts,
            ),
            _change("casework_body", "entry_id", ["text"], f"text {CLEAR} and {_TOLD}", _bodies),
        )
    )  # fmt: skip


_TOLD = (
    "exists (select 1 from casework_entry e where e.seq = entry_id and (e.kind = 'duty' or "
    "(e.kind = 'combination' and e.subject like 'verdict:%%')))"
)


def key_things_and_people() -> None:
    """The keys by which things and people are found, keyed with the house's own. All or nothing: one that was keyed
    looks like one that was not."""
    _change("casework_thingseen", "id", ["key"], "key <> ''", _keyed("things"))
    _change("casework_blockingkey", "id", ["key"], "key <> ''", _keyed("people"))


def _keyed(what: str) -> Callable[[list[tuple]], list[tuple]]:
    return lambda rows: [(sealed.keyed(what, key),) for _, key in rows]


def _findings(rows: list[tuple]) -> list[tuple]:
    told = [(text, at.FINDINGS, at.finding_at("statement", key)) for key, text, _ in rows]
    lines = [(text, at.FINDINGS, at.finding_at("body", key)) for key, _, text in rows]
    return list(zip(sealed.seal_texts(told), sealed.seal_texts(lines), strict=True))


def _steps(rows: list[tuple]) -> list[tuple]:
    owners = _owners([duty for _, _, duty, _ in rows])
    texts = [(words, owners[duty], at.step_at(duty, number)) for _, words, duty, number in rows]
    return [
        (text, duty, number)
        for text, (_, _, duty, number) in zip(sealed.seal_texts(texts), rows, strict=True)
    ]


def _verdicts(rows: list[tuple]) -> list[tuple]:
    texts = [(why, whose.source(left), at.verdict_at(left, right, by)) for _, why, left, right, by in rows]
    return [(text, *row[2:]) for text, row in zip(sealed.seal_texts(texts), rows, strict=True)]


def _bodies(rows: list[tuple]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"select seq, kind, subject from casework_entry where seq in ({_places(rows)})",  # noqa: S608
            [row[0] for row in rows],
        )
        told = {seq: (kind, subject.partition(":")[2]) for seq, kind, subject in cursor.fetchall()}
        references = [name for kind, name in told.values() if kind == "duty"]
        cursor.execute(
            f"select reference, id from casework_duty where reference in ({_places(references or [0])})",  # noqa: S608
            references or [""],
        )
        duties = dict(cursor.fetchall())
    owners = _owners(list(duties.values()))
    texts = []
    for seq, text in rows:
        kind, name = told[seq]
        owner = (
            whose.source(json.loads(text)["left"])
            if kind != "duty"
            else owners.get(duties.get(name, 0), at.FINDINGS)
        )
        texts.append((text, owner, at.body_at(seq)))
    return [(text,) for text in sealed.seal_texts(texts)]


def _owners(duties: Sequence[int]) -> dict[int, str]:
    """Whose key the words of each duty are sealed under, by its row."""
    if not duties:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select d.id, r.agency_id, r.ref, r.revision, r.document from casework_duty d "  # noqa: S608
            f"left join casework_record r on r.id = d.record_id where d.id in ({_places(duties)})",
            list(duties),
        )
        rows = cursor.fetchall()
    about = [row for row in rows if row[4]]
    lines = sealed.open_texts([(row[4], ("casework_record", "document", *row[1:4])) for row in about])
    found = {row[0]: whose.document(json.loads(line)) for row, line in zip(about, lines, strict=True)}
    return {row[0]: found.get(row[0], at.FINDINGS) for row in rows}


def _change(
    table: str, key: str, columns: Sequence[str], where: str, change: Callable[[list[tuple]], list[tuple]]
) -> int:
    """Write what `change` makes of the named columns, portion by portion, in the order of the key."""
    done, last = 0, None
    quote = connection.ops.quote_name
    named = ", ".join(quote(column) for column in columns)
    places = ", ".join(f"{quote(column)} = %s" for column in columns)
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            after = "" if last is None else f" and {quote(key)} > %s"
            cursor.execute(
                f"select {quote(key)}, {named} from {table} where {where}{after} order by {quote(key)} limit %s",  # noqa: S608
                [A_PORTION] if last is None else [last, A_PORTION],
            )
            rows = cursor.fetchall()
            if not rows:
                return done
            made: list[Any] = [(*new, row[0]) for new, row in zip(change(rows), rows, strict=True)]
            cursor.executemany(f"update {table} set {places} where {quote(key)} = %s", made)  # noqa: S608
        done, last = done + len(rows), rows[-1][0]


def _places(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


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
