"""Sealing again, under a new key, what is left under a key about to be destroyed: so that erasing one record takes
nothing else with it. Every table with a sealed column stands here, or what it holds is lost with the first erasure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heed.casework.sealing import box
from heed.casework.sealing.keyring import keyring

A_PORTION = 500


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sealed column. `names` are the columns by which its rows are bound, `named` the table they stand in where
    that is another, joined by its id."""

    table: str
    column: str
    key: str
    names: tuple[str, ...]
    named: str = ""
    binary: bool = False

    def bound(self, row: Sequence[Any]) -> box.Bound:
        """Where the value of a row is bound to, from the values of `names`."""
        return (self.table, self.column, *row)


SEALED = (
    Sealed("casework_record", "document", "id", ("agency_id", "ref", "revision")),
    Sealed("casework_source", "profile", "key", ("key",)),
    Sealed("casework_finding", "statement", "id", ("id",)),
    Sealed("casework_finding", "body", "id", ("id",)),
    Sealed("casework_dutystep", "words", "id", ("duty_id", "number")),
    Sealed("casework_body", "text", "entry_id", ("entry_id",)),
    Sealed("casework_verdict", "reason", "id", ("left", "right", "by_id")),
    Sealed("casework_verdictstep", "reason", "id", ("verdict_id", "kind")),
    Sealed("casework_introductionanswer", "reason", "id", ("introduction_id", "agency_id", "by_id")),
    Sealed("casework_judged", "reason", "id", ("pair_id", "by_id")),
    Sealed("casework_legalhold", "reason", "id", ("agency_id", "ref", "by_id")),
    Sealed("casework_holdlifted", "reason", "hold_id", ("hold_id",)),
    Sealed("casework_glass", "reason", "id", ("reference",)),
    Sealed("casework_conflict", "reason", "id", ("reference",)),
    Sealed("casework_conflictend", "words", "conflict_id", ("conflict_id",)),
    Sealed("casework_registerstep", "said", "id", ("registered_id", "number")),
    Sealed("casework_significance", "words", "id", ("record_id", "number")),
    Sealed("casework_glassreview", "words", "glass_id", ("glass_id",)),
    Sealed("casework_erasurerequest", "reason", "id", ("agency_id", "ref", "by_id")),
    Sealed("casework_erasurerequest", "sources", "id", ("agency_id", "ref", "by_id")),
    Sealed("casework_erasuredecision", "reason", "request_id", ("request_id",)),
    Sealed("casework_draft", "content", "id", ("owner_id", "token"), binary=True),
    Sealed("casework_attachmentbody", "label", "attachment_id", ("key",), "casework_attachment", binary=True),
    Sealed(
        "casework_attachmentbody", "content", "attachment_id", ("key",), "casework_attachment", binary=True
    ),
    Sealed(
        "casework_attachmentlook", "picture", "attachment_id", ("key",), "casework_attachment", binary=True
    ),
)


def renew(keys: Collection[str]) -> None:
    """Retire these keys and seal all that is left under them anew, inside the caller's transaction."""
    successors = keyring().renew(keys)
    for each in SEALED:
        for key, successor in successors.items():
            _reseal(each, key, successor)


def left_under(keys: Collection[str]) -> int:
    """How many values are still sealed under these keys: none, when they may be destroyed."""
    return sum(len(_rows(each, key, 1)) for each in SEALED for key in keys)


def _reseal(each: Sealed, key: str, successor: str) -> None:
    boxes = keyring().boxes([key, successor])
    again = _of_bytes if each.binary else _of_text
    quote = connection.ops.quote_name
    while rows := _rows(each, key, A_PORTION):
        made = [
            (again(row[1], successor, boxes[key], boxes[successor], each.bound(row[2:])), row[0])
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"update {each.table} set {quote(each.column)} = %s where {quote(each.key)} = %s",  # noqa: S608
                made,
            )


def _rows(each: Sealed, key: str, most: int) -> list[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    names = ", ".join(f"{'n' if each.named else 't'}.{quote(name)}" for name in each.names)
    join = f" join {each.named} n on n.id = t.{quote(each.key)}" if each.named else ""
    column = f"t.{quote(each.column)}"
    where = f"substr({column}, 1, {box.HEAD}) = %s" if each.binary else f"{column} like %s"
    start: Any = b"\x01" + bytes.fromhex(key) if each.binary else f"{box.VERSION}.{key}.%"
    with connection.cursor() as cursor:
        cursor.execute(
            f"select t.{quote(each.key)}, {column}, {names} from {each.table} t{join} where {where} limit {most}",  # noqa: S608
            [start],
        )
        return cursor.fetchall()


def _of_text(held: str, key: str, old: Any, new: Any, bound: box.Bound) -> str:
    """Sealed anew. What is not what was sealed there cannot be: it is handed on as unreadable as it is, under the name
    of the new key, because one value that was tampered with must not stand in the way of an erasure."""
    try:
        return box.seal_text(box.open_text(held, old, bound), key, new, bound)
    except box.Unreadable:
        return ".".join([box.VERSION, key, *held.split(".")[2:]])


def _of_bytes(held: bytes, key: str, old: Any, new: Any, bound: box.Bound) -> bytes:
    try:
        return box.seal_bytes(box.open_bytes(bytes(held), old, bound), key, new, bound)
    except box.Unreadable:
        return bytes(held[:1]) + bytes.fromhex(key) + bytes(held[box.HEAD :])
