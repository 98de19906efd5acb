"""What could not be written down, and why, in words for whoever tried: the disk is full, somebody else is writing,
the database is away. Nothing of it is half there: what a transaction did not finish is undone.
"""

import errno
import sqlite3
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from heed.casework.policy import policy

FULL, BUSY, AWAY = 507, 503, 503
"""The HTTP statuses: insufficient storage; service unavailable."""
WRITING = (DatabaseError, InterfaceError, sqlite3.Error, OSError)
"""Whatever writing may end in: the database, the keyring beside it, a file."""
DISK_ERRORS = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
PRIMARY = 0xFF
"""SQLite's extended codes hold the primary one in their lowest byte."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Why it was not written, as a person is told, and the status of the answer."""

    status: int
    why: str


ON_A_FULL_DISK = Unwritten(FULL, "The disk of this Heed is full, so nothing more can be written down.")
WHILE_BUSY = Unwritten(BUSY, "Heed is busy writing for others and gave up waiting.")
WITHOUT_A_DATABASE = Unwritten(AWAY, "Heed has lost its database for the moment.")


def unwritten(trouble: BaseException | None) -> Unwritten | None:
    """Why this could not be written; None when it is a fault of Heed's own and has no such words."""
    match trouble:
        case sqlite3.OperationalError():
            return _of_sqlite(trouble)
        case DatabaseError() | InterfaceError():
            inner = trouble.__cause__
            return _of_sqlite(inner) if isinstance(inner, sqlite3.OperationalError) else _of_postgresql(inner)
        case ConnectionError():
            return None  # the browser went away, not the database
        case OSError(errno=number) if number in NO_SPACE:
            return ON_A_FULL_DISK
    return None


def ring() -> str:
    """Whom to ring when Heed cannot take it: the number the partnership has put into its policy."""
    contact = policy().contact
    if contact is None:
        return "Ring your agency's designated lead for safeguarding."
    return f"Ring {contact.who}: {contact.number}."


def _of_sqlite(trouble: sqlite3.OperationalError) -> Unwritten | None:
    code = getattr(trouble, "sqlite_errorcode", 0) & PRIMARY
    if code in DISK_ERRORS or code == sqlite3.SQLITE_READONLY:
        return ON_A_FULL_DISK
    return WHILE_BUSY if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else None


def _of_postgresql(trouble: BaseException | None) -> Unwritten | None:
    """By SQLSTATE: 53100 disk full, 55P03/40xxx/57014 others are writing; 08, 53, 57P0 and none at all: it is away."""
    if trouble is None or "psycopg" not in type(trouble).__module__:
        return None
    state = getattr(trouble, "sqlstate", None)
    if state is None:
        return WITHOUT_A_DATABASE if "Operational" in type(trouble).__name__ else None
    if state in ("53100", "58030"):
        return ON_A_FULL_DISK
    if state.startswith("40") or state in ("55P03", "57014"):
        return WHILE_BUSY
    return WITHOUT_A_DATABASE if state.startswith(("08", "53", "57P")) else None
