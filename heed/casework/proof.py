"""The two hashes an entry stands on; written once, so that whoever writes and whoever verifies cannot differ."""

import hashlib
from datetime import UTC

from heed.casework.models import Entry
from heed.core.records import merkle
from heed.core.records.canonical import canonical


def commitment(salt: str, text: str) -> str:
    """SHA-256(salt + the body's UTF-8 text), in hexadecimal. `salt` is hexadecimal; raises ValueError if not."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def header(entry: Entry) -> str:
    """The entry's header as one line of canonical JSON: what its leaf is made of, and what is written out."""
    told = {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "agency": entry.agency_id,
        "kind": entry.kind,
        "subject": entry.subject,
        "purpose": entry.purpose,
        "commitment": entry.commitment,
    }
    return canonical(told).decode()


def leaf(entry: Entry) -> str:
    """The RFC 6962 leaf hash of the entry's canonical header, in hexadecimal."""
    return merkle.leaf_hash(header(entry).encode()).hex()
