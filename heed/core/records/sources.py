"""A source: one person as one agency's files know them, before anybody says who is who.

Mentions with the agency's own person reference share a source across records; a mention without one
is a source of its own, named by its record and position: `MIS-2009-000123#2`.
"""

from base64 import b32encode
from hashlib import sha256

from heed.core.records.record import PersonMentioned, Record

type Source = tuple[str, str]
"""(agency, reference)"""


def source_of(record: Record, person: PersonMentioned) -> Source:
    """The source a mention belongs to. Positions count from 0."""
    return (record.agency, person.ref or f"{record.ref}#{person.position}")


def source_key(source: Source) -> str:
    """One string for a source, for columns and keys: the agency holds no space, so this is reversible."""
    return f"{source[0]} {source[1]}"


def source_from_key(key: str) -> Source:
    """The inverse of `source_key`."""
    agency, _, ref = key.partition(" ")
    return (agency, ref)


def person_id(oldest: str) -> str:
    """The id of the person behind a cluster of sources, from the key of the cluster's oldest source.

    "p_" and 16 letters of SHA-256 in lower-case base 32 (80 bits): stable while the cluster grows. Nothing
    of who it is stands in it; whoever has the agency's reference can make it, and no page opens by it (ADR 29).
    """
    return "p_" + b32encode(sha256(oldest.encode()).digest()[:10]).decode().lower()
