"""Reading a house back without Heed: rows by plain SQL, and the ledger's tree by a second, dull implementation.

Nothing here imports Heed. The tree is the recursion of RFC 6962, section 2.1, as it stands there.
"""

import hashlib
import json
import sqlite3
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.on_postgresql import program

HEADER = ("seq", "at", "actor", "agency", "kind", "subject", "purpose", "commitment")
ENTRIES = "select seq, at, actor_id, agency_id, kind, subject, purpose, commitment, leaf from casework_entry order by seq"


@dataclass(frozen=True)
class Database:
    """One database: a SQLite file, or the address of a PostgreSQL."""

    file: Path | None = None
    address: str = ""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a question answers, as plain values."""
        if self.file is not None:
            with sqlite3.connect(self.file) as database:
                found = database.execute(sql).fetchall()
            database.close()
            return found
        as_json = f"select coalesce(json_agg(row_to_json(t)), '[]') from ({sql}) t"
        ran = subprocess.run(
            [
                program("psql"),
                "-X",
                "-q",
                "-A",
                "-t",
                "-d",
                self.address,
                "-c",
                f"set timezone to utc; {as_json}",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        return [tuple(row.values()) for row in json.loads(ran.stdout)]

    def ledger(self) -> list[tuple[dict[str, Any], str]]:
        """Every entry's header and its stored leaf, in order."""
        return [(dict(zip(HEADER, row, strict=False)), row[-1]) for row in self.rows(ENTRIES)]


def leaf(header: dict[str, Any]) -> bytes:
    """SHA-256(0x00 + the header as JSON with sorted keys, no spaces; the time in UTC with six decimals)."""
    at = datetime.fromisoformat(str(header["at"]))
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    told = header | {"at": at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")}
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(b"\x00" + text.encode()).digest()


def root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962: split at the largest power of two below the count."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def recomputed_root(database: Database) -> str:
    """The root of the ledger from its rows alone; every stored leaf and the order without a gap are asserted."""
    ledger = database.ledger()
    assert [header["seq"] for header, _ in ledger] == list(range(1, len(ledger) + 1)), "the ledger has a gap"
    leaves = [leaf(header) for header, _ in ledger]
    assert [each.hex() for each in leaves] == [stored for _, stored in ledger]
    return root(leaves).hex()
