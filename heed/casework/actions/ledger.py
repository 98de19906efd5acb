"""Appending to the ledger: the last thing in the transaction of whatever it tells of.

The header holds opaque identifiers only. What happened stands in the body, under a salt of its own, so that
a destroyed body can never be guessed back from its commitment. Checkpoints (a signed root) and witnesses
(agencies that keep it) will read `Head` and the leaves as they are: nothing here has to change for them.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection

from heed.casework import proof
from heed.casework.actions.inserting import insert, instants
from heed.casework.models import Body, Entry, Head, Professional
from heed.casework.sealed import seal_texts
from heed.casework.sealing.rows import body_at
from heed.core.records import merkle
from heed.core.records.canonical import canonical
from heed.core.records.when import in_utc

HEAD = 1
SALT_BYTES = 32
ALONE = "a ledger entry is written in the transaction of what it tells of"


class Act(NamedTuple):
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
    (header,) = append_many([Act(kind, subject, purpose, by, agency, now, body, key_of=key_of)])
    entry: Entry = Entry.from_db(DEFAULT_DB_ALIAS, proof.Header._fields, header)
    return entry


def append_many(acts: Sequence[Act]) -> list[proof.Header]:
    """Write entries in their order, under one lock of the head, inside the atomic block of the caller."""
    if not connection.in_atomic_block:
        raise RuntimeError(ALONE)
    head = _locked_head()
    first = head.size + 1
    texts = [canonical(act.body).decode() if act.elsewhere is None else act.elsewhere for act in acts]
    salts = _salts(len(acts))
    headers = [_header(seq, *each) for seq, each in enumerate(zip(acts, texts, salts, strict=True), first)]
    insert(Entry, proof.Header._fields, _rows(headers))
    kept = _sealed(first, acts, texts)
    insert(Body, ("entry", "salt", "text"), zip(range(first, first + len(acts)), salts, kept, strict=True))
    frontier = merkle.grown(
        merkle.read(head.size, head.frontier), [bytes.fromhex(header.leaf) for header in headers]
    )
    Head.objects.filter(pk=HEAD).update(size=frontier.size, frontier=merkle.written(frontier))
    return headers


def _salts(many: int) -> list[str]:
    """As many salts, in hexadecimal: the system is asked once, for asking takes longer than the answer."""
    together = secrets.token_hex(SALT_BYTES * many)
    return [together[start : start + 2 * SALT_BYTES] for start in range(0, len(together), 2 * SALT_BYTES)]


def _header(seq: int, act: Act, text: str, salt: str) -> proof.Header:
    """The entry of an act that commits to this text."""
    actor = act.by.pk if act.by else None
    committed = proof.commitment(salt, text)
    told = proof.Header(
        seq, act.now, actor, act.agency, str(act.kind), act.subject, str(act.purpose), committed, ""
    )
    return proof.Header(*told[:-1], proof.leaf(told))


def _sealed(first: int, acts: Sequence[Act], texts: Sequence[str]) -> list[str]:
    """The bodies as they are kept: empty where they are a row of their own, sealed where the act names a key."""
    kept = [text if act.elsewhere is None else "" for act, text in zip(acts, texts, strict=True)]
    places = [place for place, act in enumerate(acts) if act.key_of]
    named = [(kept[place], acts[place].key_of, body_at(first + place)) for place in places]
    for place, text in zip(places, seal_texts(named) if named else (), strict=True):
        kept[place] = text
    return kept


def _locked_head() -> Head:
    """The one row that puts all writers in order. On SQLite the IMMEDIATE transaction already has."""
    head = Head.objects.select_for_update().filter(pk=HEAD).first()
    if head is None:
        Head.objects.get_or_create(pk=HEAD, defaults={"size": 0, "frontier": ""})
        head = Head.objects.select_for_update().get(pk=HEAD)
    return head


def _rows(headers: Sequence[proof.Header]) -> Iterator[tuple[object, ...]]:
    """The entries as the table takes them."""
    taken = instants()
    for seq, at, *others in headers:
        yield (seq, taken(in_utc(at)), *others)
