"""Appending to the ledger: the last thing in the transaction of whatever it tells of.

The header holds opaque identifiers only. What happened stands in the body, under a salt of its own, so that
a destroyed body can never be guessed back from its commitment. Checkpoints (a signed root) and witnesses
(agencies that keep it) will read `Head` and the leaves as they are: nothing here has to change for them.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection

from heed.casework import proof
from heed.casework.actions.inserting import insert, instants
from heed.casework.models import Body, Entry, Head, Professional
from heed.casework.sealed import seal_texts
from heed.casework.sealing.rows import body_at
from heed.core.records import merkle
from heed.core.records.canonical import canonical

HEAD = 1
SALT_BYTES = 32
_FIELDS = tuple(field.attname for field in Entry._meta.concrete_fields)
HEADER = ("seq", "at", "actor_id", "agency_id", "kind", "subject", "purpose", "commitment", "leaf")
ALONE = "a ledger entry is written in the transaction of what it tells of"


@dataclass(frozen=True, slots=True)
class Act:
    """What is about to be written down. `subject` is an opaque id such as record:17 or duty:D-17.

    `body` is JSON, kept in canonical form. `elsewhere` is for an act whose body is a row of its own, kept
    for ever (a record's document): the entry commits to that text, and it is not written twice. `key_of` names whose
    key the body is sealed under, for one that carries words about a child; the entry commits to the plain text.
    """

    kind: str
    subject: str
    purpose: str
    by: Professional | None
    agency: str | None
    now: datetime
    body: Any = None
    elsewhere: str | None = None
    key_of: str = ""


def append(
    *,
    kind: str,
    subject: str,
    purpose: str,
    body: Any,
    by: Professional | None,
    agency: str | None,
    now: datetime,
    key_of: str = "",
) -> Entry:
    """Write one entry, inside the atomic block of the caller. `agency` is a code, or None for the system."""
    return append_many([Act(kind, subject, purpose, by, agency, now, body, key_of=key_of)])[0]


def append_many(acts: Sequence[Act]) -> list[Entry]:
    """Write entries in their order, under one lock of the head, inside the atomic block of the caller."""
    if not connection.in_atomic_block:
        raise RuntimeError(ALONE)
    head = _locked_head()
    entries, bodies = [], []
    for seq, act in enumerate(acts, start=head.size + 1):
        entry, body = _written(seq, act)
        entries.append(entry)
        bodies.append(body)
    insert(Entry, HEADER, _rows(entries))
    insert(Body, ("entry", "salt", "text"), _sealed(acts, bodies))
    frontier = merkle.grown(
        merkle.read(head.size, head.frontier), (bytes.fromhex(entry.leaf) for entry in entries)
    )
    Head.objects.filter(pk=HEAD).update(size=frontier.size, frontier=merkle.written(frontier))
    return entries


def _sealed(acts: Sequence[Act], bodies: Sequence[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """The bodies as they are kept: sealed where the act names a key."""
    places = [place for place, act in enumerate(acts) if act.key_of]
    texts = [(bodies[place][2], acts[place].key_of, body_at(bodies[place][0])) for place in places]
    held = dict(zip(places, seal_texts(texts), strict=True)) if texts else {}
    return [(seq, salt, held.get(place, text)) for place, (seq, salt, text) in enumerate(bodies)]


def _locked_head() -> Head:
    """The one row that puts all writers in order. On SQLite the IMMEDIATE transaction already has."""
    head = Head.objects.select_for_update().filter(pk=HEAD).first()
    if head is None:
        Head.objects.get_or_create(pk=HEAD, defaults={"size": 0, "frontier": ""})
        head = Head.objects.select_for_update().get(pk=HEAD)
    return head


def _rows(entries: Sequence[Entry]) -> Iterator[tuple[object, ...]]:
    """The entries as the table takes them."""
    taken = instants()
    for entry in entries:
        told = entry.__dict__
        yield tuple([taken(told[field]) if field == "at" else told[field] for field in HEADER])


def _written(seq: int, act: Act) -> tuple[Entry, tuple[int, str, str]]:
    text = canonical(act.body).decode() if act.elsewhere is None else act.elsewhere
    salt = secrets.token_hex(SALT_BYTES)
    told = {
        "seq": seq,
        "at": act.now,
        "actor_id": act.by.pk if act.by else None,
        "agency_id": act.agency,
        "kind": str(act.kind),
        "subject": act.subject,
        "purpose": str(act.purpose),
        "commitment": proof.commitment(salt, text),
        "leaf": "",
    }
    # As if read from the table, which is where it stands when this transaction ends: half the time of a new object.
    entry = Entry.from_db(DEFAULT_DB_ALIAS, _FIELDS, [told[name] for name in _FIELDS])
    entry.leaf = proof.leaf(entry)
    return entry, (seq, salt, "" if act.elsewhere is not None else text)
