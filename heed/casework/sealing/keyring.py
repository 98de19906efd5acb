"""The keyring: a key for each child, wrapped by the master key, in a small database of its own.

It says of nobody whose key is whose: an owner stands there as a keyed hash. A key is on the disk before anything
sealed under it is saved; one that nothing is sealed under harms nobody. A key that is destroyed is destroyed for
every process at once: each looks, before it uses a key it remembers, whether the ring has changed.
"""

import atexit
import os
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import batched
from pathlib import Path
from threading import RLock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from heed.casework.sealing import master
from heed.core.records.explained import Explained

ID_BYTES, KEY_BYTES, NONCE = 8, 32, 12
REMEMBERED = 4_000
"""Keys one process remembers before it begins again: a cipher ready for use holds seven kilobytes."""
NAMED = 50_000
"""Owners whose key it remembers by its id alone."""
A_QUERY = 500
TOGETHER = 64
"""Keys in one statement."""
WAIT_SECONDS = 20
TABLES = """
create table if not exists key
    (id text primary key, owner text not null, current integer not null, wrapped blob not null) without rowid;
create unique index if not exists one_current_key_per_owner on key (owner) where current = 1;
create index if not exists keys_of_an_owner on key (owner);
create table if not exists destroyed (id text primary key) without rowid;
create table if not exists ring (id integer primary key check (id = 1), generation integer not null, mark blob not null);
"""


class Gone(LookupError):
    """The key was destroyed by order, or was never in this keyring."""


class Keyring:
    """One folder's keys. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / master.RING
        self._lock = RLock()
        self._wrap = AESGCM(master.derived("wrapping keys"))
        self._naming = master.derived("owners of keys")
        self._connection = _opened(self.file)
        self._boxes: dict[str, AESGCM] = {}
        self._current: dict[str, str] = {}
        self._version = -1
        self._generation = -1
        try:
            self._is_of_this_house()
        except Explained:
            self.close()
            raise

    def boxes(self, ids: Collection[str]) -> dict[str, AESGCM]:
        """The ciphers of these keys. One that is gone is left out."""
        with self._lock:
            self._notice()
            missing = [each for each in set(ids) if each not in self._boxes]
            if len(self._boxes) + len(missing) > REMEMBERED:
                self._boxes.clear()
                missing = list(set(ids))
            for part in _parts(missing):
                places = ",".join("?" * len(part))
                asked = f"select id, wrapped from key where id in ({places})"  # noqa: S608 - question marks alone
                rows = self._connection.execute(asked, part)
                self._boxes.update((key, self._unwrapped(key, wrapped)) for key, wrapped in rows)
            return {key: self._boxes[key] for key in ids if key in self._boxes}

    def current(self, owners: Collection[str]) -> dict[str, str]:
        """The id of the key under which to seal for each owner; whoever has none gets one, on the disk on return."""
        with self._lock:
            self._notice()
            if len(self._current) > NAMED:
                self._current.clear()
            missing = {self._hash(owner): owner for owner in owners if owner not in self._current}
            for part in _parts(missing):
                self._find(part, missing)
            fresh = [name for name, owner in missing.items() if owner not in self._current]
            if fresh:
                self._current.update((missing[name], key) for name, key in self._made(fresh).items())
            for part in _parts([name for name in fresh if missing[name] not in self._current]):
                self._find(part, missing)
            return {owner: self._current[owner] for owner in owners}

    def all_of(self, owners: Collection[str]) -> list[str]:
        """Every key of these owners, also those no longer sealed under."""
        with self._lock:
            found: list[str] = []
            for part in _parts([self._hash(owner) for owner in owners]):
                places = ",".join("?" * len(part))
                asked = f"select id from key where owner in ({places})"  # noqa: S608 - question marks alone
                rows = self._connection.execute(asked, part)
                found += [key for (key,) in rows]
            return sorted(found)

    def renew(self, ids: Collection[str]) -> dict[str, str]:
        """Seal nothing more under these keys, and give each owner a new one; what is sealed under the old ones can
        still be opened. Gives the new key of each."""
        with self._lock:
            owners: dict[str, str] = {}
            for part in _parts(ids):
                places = ",".join("?" * len(part))
                rows = self._connection.execute(f"select id, owner from key where id in ({places})", part)  # noqa: S608
                owners.update(rows)
            self._change("update key set current = 0 where id = ?", list(owners))
            self._made(set(owners.values()))
            found = dict(self._connection.execute("select owner, id from key where current = 1"))
            return {key: found[owner] for key, owner in owners.items()}

    def destroy(self, ids: Collection[str]) -> None:
        """Remove these keys for ever. What is sealed under them can never be opened again, here or in any copy."""
        self._change("insert or ignore into destroyed values (?)", ids)
        self._change("delete from key where id = ?", ids)
        with self._lock:
            self._connection.execute("pragma wal_checkpoint(truncate)")

    def there(self, ids: Collection[str]) -> list[str]:
        """Which of these are in the ring."""
        with self._lock:
            found: list[str] = []
            for part in _parts(ids):
                places = ",".join("?" * len(part))
                rows = self._connection.execute(f"select id from key where id in ({places})", part)  # noqa: S608
                found += [key for (key,) in rows]
            return found

    def were_destroyed(self, ids: Collection[str]) -> set[str]:
        """Which of these were destroyed by order, as against missing for no reason known here."""
        with self._lock:
            found: set[str] = set()
            for part in _parts(ids):
                places = ",".join("?" * len(part))
                rows = self._connection.execute(f"select id from destroyed where id in ({places})", part)  # noqa: S608
                found.update(key for (key,) in rows)
            return found

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _notice(self) -> None:
        """Forget every key when somebody, here or in another process, has retired or destroyed one."""
        (version,) = self._connection.execute("pragma data_version").fetchone()
        if version == self._version:
            return
        (generation,) = self._connection.execute("select generation from ring").fetchone()
        if generation != self._generation:
            self._boxes.clear()
            self._current.clear()
        self._version, self._generation = version, generation

    def _change(self, words: str, ids: Collection[str]) -> None:
        with self._lock:
            self._connection.execute("begin immediate")
            with self._connection:
                self._connection.executemany(words, [(key,) for key in ids])
                self._connection.execute("update ring set generation = generation + 1")
            self._version = -1

    def _find(self, names: Collection[str], owners: dict[str, str]) -> None:
        places = ",".join("?" * len(names))
        rows = self._connection.execute(
            f"select owner, id from key where current = 1 and owner in ({places})",  # noqa: S608
            list(names),
        )
        self._current.update((owners[name], key) for name, key in rows)

    def _made(self, names: Collection[str]) -> dict[str, str]:
        """A new key on the disk for each of these owners, by the owner, and its cipher ready. Nothing where somebody
        else made one a moment ago: theirs stands, and has to be looked up."""
        made = {name: _fresh() for name in sorted(names)}
        rows = [(key, name, 1, self._wrapped(key, bare)) for name, (key, bare) in made.items()]
        self._connection.execute("begin immediate")
        with self._connection:
            done = sum(self._inserted(some) for some in batched(rows, TOGETHER))
        if done < len(rows):
            return {}
        if len(self._boxes) + len(made) > REMEMBERED:
            self._boxes.clear()
        self._boxes.update((key, AESGCM(bare)) for key, bare in made.values())
        return {name: key for name, (key, _) in made.items()}

    def _hash(self, owner: str) -> str:
        return blake2b(owner.encode(), digest_size=16, key=self._naming).hexdigest()

    def _inserted(self, rows: Sequence[tuple[str, str, int, bytes]]) -> int:
        """How many keys went in: all but those whose owner has one."""
        places = ", ".join(["(?, ?, ?, ?)"] * len(rows))
        words = f"insert or ignore into key values {places}"  # noqa: S608 - places for values
        return self._connection.execute(words, [value for row in rows for value in row]).rowcount

    def _wrapped(self, key: str, bare: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._wrap.encrypt(nonce, bare, key.encode())

    def _unwrapped(self, key: str, wrapped: bytes) -> AESGCM:
        try:
            return AESGCM(self._wrap.decrypt(wrapped[:NONCE], wrapped[NONCE:], key.encode()))
        except InvalidTag:
            raise Explained(
                f"A key in {self.file} is not as Heed wrote it. Put back the last copy of the keyring."
            ) from None

    def _is_of_this_house(self) -> None:
        """The ring was made under the master key beside it: found out now, not at the first child looked up."""
        (mark,) = self._connection.execute("select mark from ring").fetchone()
        if mark != master.derived("mark of a keyring"):
            raise Explained(
                f"{self.file} was not made under the master key beside it ({master.FILE}). The two belong together: "
                "put back the pair that this house was using."
            )


def keyring() -> Keyring:
    """The keys of this house."""
    return _keyring(master.place())


@cache
def _keyring(folder: Path) -> Keyring:
    ring = Keyring(folder)
    atexit.register(ring.close)
    return ring


# A connection to SQLite must not be carried into a child process: it opens one of its own.
os.register_at_fork(after_in_child=_keyring.cache_clear)


def _fresh() -> tuple[str, bytes]:
    """The id of a key, and the key."""
    return secrets.token_hex(ID_BYTES), secrets.token_bytes(KEY_BYTES)


def _opened(file: Path) -> sqlite3.Connection:
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))
    connection = sqlite3.connect(file, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma secure_delete = on")
    connection.executescript(TABLES)
    connection.execute("insert or ignore into ring values (1, 0, ?)", (master.derived("mark of a keyring"),))
    return connection


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    ordered = list(values)
    for start in range(0, len(ordered), A_QUERY):
        yield ordered[start : start + A_QUERY]
