"""The two hashes an entry stands on; written once, so that whoever writes and whoever verifies cannot differ."""

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from heed.casework.models import Entry
from heed.core.records import merkle
from heed.core.records.canonical import quoted


class Header(NamedTuple):
    """What stands of an entry in its table, as plain values, in the order of its columns."""

    seq: int
    at: datetime
    actor_id: int | None
    agency_id: str | None
    kind: str
    subject: str
    purpose: str
    commitment: str
    leaf: str


def commitment(salt: str, text: str) -> str:
    """SHA-256(salt + the body's UTF-8 text), in hexadecimal. `salt` is hexadecimal; raises ValueError if not."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def header(entry: Entry | Header) -> str:
    """The entry's header as one line of canonical JSON: what its leaf is made of, and what is written out. Its keys
    never change, so they are written out here: a third of the time of sorting them for every entry."""
    actor = "null" if entry.actor_id is None else int(entry.actor_id)
    agency = "null" if entry.agency_id is None else quoted(entry.agency_id)
    return (
        f'{{"actor":{actor},"agency":{agency},"at":"{_instant(entry.at)}","commitment":{quoted(entry.commitment)},'
        f'"kind":{quoted(entry.kind)},"purpose":{quoted(entry.purpose)},"seq":{int(entry.seq)},'
        f'"subject":{quoted(entry.subject)}}}'
    )


@lru_cache(maxsize=64)
def _instant(at: datetime) -> str:
    """An instant in UTC, always of the same length. Entries of one transaction share theirs."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf(entry: Entry | Header) -> str:
    """The RFC 6962 leaf hash of the entry's canonical header, in hexadecimal."""
    return merkle.leaf_hash(header(entry).encode()).hex()
