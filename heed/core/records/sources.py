"""A source: one person as one agency's files know them, before anybody says who is who.

Mentions with the agency's own person reference share a source across records; a mention without one
is a source of its own, named by its record and position: `MIS-2009-000123#2`.
"""

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
