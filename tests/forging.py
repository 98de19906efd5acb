"""What somebody with the whole database can do to a ledger, and with the keys besides: no rule of Heed in their way.

`Forger.rewritten` computes commitments, leaves, tree and head anew, so that the ledger agrees with itself again; sealed
words are sealed again with the same keys, which gives the forger more than a database administrator has.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from heed.casework import keys, proof, sealed
from heed.casework.actions.checkpoints import make_checkpoint
from heed.casework.actions.inserting import insert
from heed.casework.checkpoints import SIGNED, WITNESSED
from heed.casework.models import Body, Entry, Record
from heed.casework.proof import Header
from heed.casework.sealing import box
from heed.casework.sealing.keyring import keyring
from heed.casework.sealing.rows import body_at, texts_of
from heed.core.records import merkle
from heed.core.records.canonical import line
from tests.watched import House


def instant(value: datetime) -> Any:
    """An instant as this database takes it."""
    return connection.ops.adapt_datetimefield_value(value)


class Forger:
    """Somebody who wants the past of this house to have been another."""

    def __init__(self, house: House) -> None:
        self.house = house

    def sql(self, text: str, *values: object) -> int:
        """A statement typed into the database; gives how many rows it touched."""
        with connection.cursor() as cursor:
            cursor.execute(text, values)
            return int(cursor.rowcount)

    def record(self, number: int) -> Record:
        """The row of the record with this number in the house."""
        return Record.objects.system("a forger reads what they like").get(ref=f"C-{number}")

    def entry(self, number: int) -> int:
        """The entry under which that record was received."""
        found = Entry.objects.filter(kind="collection", subject=f"record:{self.record(number).pk}")
        return int(found.values_list("seq", flat=True).get())

    def words(self, number: int, change: Callable[[dict[str, Any]], None]) -> None:
        """Other words in a record, sealed as the true ones were, its columns made to fit."""
        row = self.record(number)
        document = json.loads(sealed.document_of(row))
        change(document)
        held = _sealed(line(document), row.document, sealed.bound_to(row))
        self.sql("update casework_record set document = %s, digest = %s where id = %s",
                 held, sealed.mark(document), row.pk)  # fmt: skip

    def removed(self, number: int) -> list[int]:
        """The record and all that hangs on it out of every table; gives the entries that told of it."""
        row = self.record(number)
        told = [self.entry(number)]
        for table in ("casework_mention", "casework_thingseen"):
            self.sql(f"delete from {table} where record_id = %s", row.pk)
        self.sql("delete from casework_record where id = %s", row.pk)
        return told

    def rewritten(
        self,
        order: Sequence[int] | None = None,
        headers: Mapping[int, Mapping[str, Any]] | None = None,
        bodies: Mapping[int, str] | None = None,
        without_bodies: Sequence[int] = (),
        since: int = 0,
    ) -> None:
        """The ledger anew: entries in this order (all, if not said), with these headers and bodies changed, and no
        word left of checkpoints and cosignatures over more than `since` entries."""
        entries = {entry.seq: entry for entry in Entry.objects.all()}
        kept = list(Body.objects.order_by("entry_id"))
        opened = dict(
            zip([b.entry_id for b in kept], texts_of([(b.entry_id, b.text) for b in kept]), strict=True)
        )
        held = {body.entry_id: body for body in kept}
        wanted = self.left(order, since)
        rows, texts, leaves = [], [], []
        for seq, old in enumerate(wanted, start=1):
            entry, body = entries[old], held.get(old)
            for field, value in (headers or {}).get(old, {}).items():
                setattr(entry, field, value)
            entry.seq = seq
            if body is not None and old not in without_bodies:
                text = (bodies or {}).get(old, opened[old])
                entry.commitment = proof.commitment(body.salt, self._said(entry, text))
                texts.append((seq, body.salt, _sealed(text, body.text, body_at(seq))))
            entry.leaf = proof.leaf(entry)
            leaves.append(bytes.fromhex(entry.leaf))
            rows.append(tuple(instant(entry.at) if f == "at" else getattr(entry, f) for f in Header._fields))
        self.sql("delete from casework_cosignature where checkpoint_id in "
                 "(select id from casework_checkpoint where size > %s)", since)  # fmt: skip
        self.sql("delete from casework_checkpoint where size > %s", since)
        self.sql("delete from casework_body")
        self.sql("delete from casework_entry")
        insert(Entry, Header._fields, rows)
        insert(Body, ("entry", "salt", "text"), texts)
        tree = merkle.grown(merkle.Frontier(), leaves)
        self.sql("update casework_head set size = %s, frontier = %s", tree.size, merkle.written(tree))

    def left(self, order: Sequence[int] | None = None, since: int = 0) -> list[int]:
        """The entries that `rewritten` keeps, by the numbers they have now: the first of them becomes number 1."""
        told = dict(Entry.objects.order_by("seq").values_list("seq", "subject"))
        kinds = dict(Entry.objects.values_list("seq", "kind"))
        over = {seq: int(told[seq].partition(":")[2]) for seq in told if kinds[seq] == "cosignature"}
        return [seq for seq in (order or told) if over.get(seq, 0) <= since]

    def signed_again(self) -> None:
        """With the stolen key: a checkpoint of the new past, and nothing left of the old ones beside the key."""
        for name in (SIGNED, WITNESSED):
            (keys.folder() / name).unlink(missing_ok=True)
        assert make_checkpoint(by=None, now=self.house.now) is not None

    def _said(self, entry: Entry, text: str) -> str:
        if entry.kind != "collection":
            return text
        rows = Record.objects.system("a forger reads what they like")
        return sealed.document_of(rows.get(pk=int(entry.subject.partition(":")[2])))


def _sealed(text: str, like: str, bound: box.Bound) -> str:
    """The text under the key that another was sealed under; as it stands when that one stood so."""
    if not like.startswith(f"{box.VERSION}."):
        return text
    key = box.key_of_text(like)
    return box.seal_text(text, key, keyring().boxes([key])[key], bound)
