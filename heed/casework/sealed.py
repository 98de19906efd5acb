"""Sealing and opening what Heed keeps: the one way to a record's words, and to whatever else is sealed.

To read: `document_of(row)`, `open_documents(rows)`, `documents(query)`. To keep: `seal_text` / `seal_bytes` inside the
transaction that saves, with `key_of` (see `sealing.whose`) and `bound` = (table, column, what names the row).
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched

from django.db import connection
from django.db.models import QuerySet

from heed.casework.models import Record
from heed.casework.sealing import box, master
from heed.casework.sealing.box import Bound, Unreadable
from heed.casework.sealing.keyring import Gone, keyring
from heed.core.records.canonical import canonical
from heed.core.records.record import Document

__all__ = [
    "Gone", "Unreadable", "bound_in", "bound_to", "document_of", "documents", "keyed", "mark", "marks_of", "open_bytes",
    "open_documents", "open_text", "open_texts", "opened", "seal_bytes", "seal_text", "seal_texts", "tried",
]  # fmt: skip

type Shut = Callable[[str], object]
A_BATCH = 1000
SEALING = 0x48656564
"""The number of the lock that whoever destroys keys takes alone, and whoever seals takes together with others."""


def document_of(row: Record) -> str:
    """The exact line of a record. Raises Gone for an erased one, Unreadable for one that was tampered with."""
    return open_text(row.document, bound=bound_to(row))


def open_documents(rows: Iterable[Record]) -> list[str]:
    """The exact lines of records, in their order."""
    return open_texts([(row.document, bound_to(row)) for row in rows])


def documents(
    query: QuerySet[Record], *columns: str, at_once: int = A_BATCH, shut: Shut | None = None
) -> Iterator[tuple]:
    """The named columns of each record of the query and, last, its exact line; streamed. Erased ones are left out. One
    that cannot be opened is named to `shut` (agency, reference, revision) and left out; without `shut` it raises."""
    wanted = (*columns, "agency_id", "ref", "revision", "document")
    rows = query.exclude(document="").values_list(*wanted)
    for some in batched(rows.iterator(chunk_size=at_once), at_once):
        held = [(row[-1], bound_in(*row[-4:-1])) for row in some]
        texts: Sequence[str | None] = open_texts(held) if shut is None else tried(held)
        for row, text in zip(some, texts, strict=True):
            if text is not None:
                yield (*row[:-4], text)
            elif shut is not None:
                shut(f"{row[-4]} {row[-3]} r{row[-2]}")


def opened(rows: Sequence[Record]) -> list[str | None]:
    """The same for whoever verifies: None for a line that cannot be opened."""
    return tried([(row.document, bound_to(row)) for row in rows])


def tried(texts: Sequence[tuple[str, Bound]]) -> list[str | None]:
    """Many (sealed, bound) at once, None for each that cannot be opened."""
    there = [each for each in texts if each[0]]
    try:
        opened = iter([*open_texts(there)])
    except (Gone, Unreadable):
        opened = iter([_or_none(sealed, bound) for sealed, bound in there])
    return [next(opened) if sealed else None for sealed, _ in texts]


def _or_none(sealed: str, bound: Bound) -> str | None:
    try:
        return open_text(sealed, bound=bound)
    except (Gone, Unreadable):
        return None


def bound_to(row: Record) -> Bound:
    """The place a record's document is bound to; known before the row has a number."""
    return bound_in(row.agency_id, row.ref, row.revision)


def bound_in(agency: str, ref: str, revision: int) -> Bound:
    """The same by the columns that name the row."""
    return ("casework_record", "document", agency, ref, revision)


def seal_text(text: str, *, key_of: str, bound: Bound) -> str:
    """Text sealed for one column of one row, inside the transaction that saves it."""
    return seal_texts([(text, key_of, bound)])[0]


def seal_texts(texts: Sequence[tuple[str, str, Bound]]) -> list[str]:
    """Many (text, key_of, bound) at once: the keys that are new are made in one go."""
    keys = _current(owner for _, owner, _ in texts)
    boxes = keyring().boxes(keys.values())
    return [
        box.seal_text(text, keys[owner], boxes[keys[owner]], bound, nonce)
        for (text, owner, bound), nonce in zip(texts, box.nonces(len(texts)), strict=True)
    ]


def open_text(sealed: str, *, bound: Bound) -> str:
    """The text that was sealed in this place. Raises Gone or Unreadable."""
    return open_texts([(sealed, bound)])[0]


def open_texts(texts: Sequence[tuple[str, Bound]]) -> list[str]:
    """Many (sealed, bound) at once. Raises Gone or Unreadable for the first that cannot be opened."""
    keys = [box.key_of_text(_there(sealed)) for sealed, _ in texts]
    boxes = keyring().boxes(set(keys))
    for key in keys:
        _is_there(key, boxes)
    return [
        box.open_text(sealed, boxes[key], bound) for key, (sealed, bound) in zip(keys, texts, strict=True)
    ]


def seal_bytes(data: bytes, *, key_of: str, bound: Bound) -> bytes:
    """Bytes sealed for one place, inside the transaction that saves them."""
    key = _current([key_of])[key_of]
    return box.seal_bytes(data, key, keyring().boxes([key])[key], bound)


def open_bytes(sealed: bytes, *, bound: Bound) -> bytes:
    """The bytes that were sealed in this place, whosever key it was. Raises Gone or Unreadable."""
    key = box.key_of_bytes(_there(bytes(sealed)))
    boxes = keyring().boxes([key])
    _is_there(key, boxes)
    return box.open_bytes(bytes(sealed), boxes[key], bound)


def alone() -> None:
    """Wait until nobody seals, and let nobody begin before the caller's transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [SEALING])


def mark(document: Document) -> str:
    """What a record is compared by when it comes again: a keyed hash, so that nobody outside can test a guess."""
    return marks_of([canonical(document)])[0]


def marks_of(contents: Iterable[bytes]) -> list[str]:
    """The same for the canonical bytes of many records."""
    begun = hmac.new(master.derived("marks of records"), digestmod=hashlib.sha256)
    return [_finished(begun.copy(), content) for content in contents]


def _finished(begun: hmac.HMAC, content: bytes) -> str:
    begun.update(content)
    return begun.hexdigest()


def keyed(what: str, word: str) -> str:
    """A word as it stands in an index: 32 hexadecimal characters that say nothing without the house's key."""
    return hashlib.blake2b(word.encode(), digest_size=16, key=master.derived(f"index of {what}")).hexdigest()


def _current(owners: Iterable[str]) -> dict[str, str]:
    """The key of each owner. Whoever seals holds a lock until their transaction ends, so that no key is destroyed
    between the sealing and the saving; on SQLite whoever writes is alone anyway."""
    if not connection.in_atomic_block:
        raise RuntimeError("what is sealed is saved in the transaction in which it was sealed")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock_shared(%s)", [SEALING])
    return keyring().current(set(owners))


def _there[T: (str, bytes)](sealed: T) -> T:
    if not sealed:
        raise Gone("erased")
    return sealed


def _is_there(key: str, boxes: dict) -> None:
    if key not in boxes:
        raise Gone("erased" if keyring().were_destroyed([key]) else "its key is not in the keyring")
