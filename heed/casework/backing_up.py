"""A copy of the database while it is in use, and of the keys apart from it: neither is worth anything alone.

The database is copied first, the keys after it: a key is on the disk before anything is sealed under it, so the copy of
the keys opens all that the copy of the database holds. The manifest says what the copy must verify to.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from heed import __version__
from heed.casework import keys
from heed.casework.actions.ledger import HEAD
from heed.casework.manifests import MANIFEST, digest
from heed.casework.models import Checkpoint, Head
from heed.core.records import merkle
from heed.core.records.explained import Explained

FILES = {"sqlite": "heed.sqlite3", "postgresql": "heed.dump"}
NOT_COPIED = ("session.key",)
"""What a restored house makes anew: everybody signs in again."""


def back_up(out: Path, now: datetime) -> dict[str, Any]:
    """Copy the database into the new folder `out`, with its manifest. Gives what the manifest says."""
    _new_folder(out)
    file = out / FILES[connection.vendor]
    told = _of_postgresql(file) if connection.vendor == "postgresql" else _of_sqlite(file)
    file.chmod(0o600)
    manifest = {
        "heed": __version__,
        "made_at": now.isoformat(),
        "database": connection.vendor,
        "file": file.name,
        "sha256": digest(file),
        **told,
    }
    _write(out / MANIFEST, json.dumps(manifest, indent=1).encode() + b"\n")
    return manifest


def back_up_keys(out: Path) -> int:
    """Copy the keys into the new folder `out`: to be kept elsewhere than the database. Gives how many files."""
    _new_folder(out)
    copied = 0
    for file in sorted(keys.folder().iterdir()):
        if not file.is_file() or file.name in NOT_COPIED or file.name.startswith("."):
            continue
        if file.suffix == ".sqlite3":
            _copy_sqlite(file, out / file.name)
        elif file.name.endswith(("-wal", "-shm")):
            continue
        else:
            _write(out / file.name, file.read_bytes())
        copied += 1
    return copied


def postgresql_environment() -> dict[str, str]:
    """How PostgreSQL's own programs find the database; the password is never an argument that others could see."""
    told = connection.settings_dict
    given = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGDATABASE": "NAME",
        "PGPASSWORD": "PASSWORD",
    }
    more = {name: str(told[key]) for name, key in given.items() if told.get(key)}
    if host := told.get("OPTIONS", {}).get("host"):
        more["PGHOST"] = str(host)
    return {**os.environ, **more}


def run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs on this database. Raises Explained when it is not here or fails."""
    if shutil.which(program) is None:
        raise Explained(
            f"{program} is not on this machine: install PostgreSQL's client programs (Debian: postgresql-client)."
        )
    ran = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no shell
        [program, *arguments], env=postgresql_environment(), capture_output=True, text=True, check=False
    )
    if ran.returncode:
        why = " ".join(ran.stderr.split())[-500:]
        raise Explained(f"{program} failed: {why}. Nothing of it counts; mend that and run it again.")


def _of_sqlite(file: Path) -> dict[str, Any]:
    _copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), file)
    with closing(sqlite3.connect(file)) as copy:
        head = copy.execute("select size, frontier from casework_head where id = ?", [HEAD]).fetchone()
        note = copy.execute("select note from casework_checkpoint order by size desc limit 1").fetchone()
    return _told(*(head or (0, "")), note[0] if note else None)


def _of_postgresql(file: Path) -> dict[str, Any]:
    """What the manifest says and what is dumped are one and the same snapshot."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        cursor.execute("select pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        head = Head.objects.filter(pk=HEAD).values_list("size", "frontier").first() or (0, "")
        note = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
        run("pg_dump", "-Fc", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", "-f", str(file))
    return _told(*head, note)


def _told(size: int, frontier: str, note: str | None) -> dict[str, Any]:
    return {"size": size, "root": merkle.root(merkle.read(size, frontier)).hex(), "checkpoint": note}


def _copy_sqlite(source: Path, target: Path) -> None:
    """SQLite's own copying while others write: it is whole, and as of one moment."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(source, timeout=20)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
        there.execute("pragma journal_mode = delete")  # one file, nothing beside it


def _new_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, mode=0o700)
    except OSError as trouble:
        raise Explained(
            f"{out} cannot be made for a backup: {trouble.strerror}. Name a folder that is not there yet."
        ) from None


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def removed_on_failure(*folders: Path) -> Iterator[None]:
    """Half a backup is none: what was begun is removed when it cannot be finished."""
    there = {folder: folder.exists() for folder in folders}
    try:
        yield
    except BaseException:
        for folder, was in there.items():
            if not was:
                shutil.rmtree(folder, ignore_errors=True)
        raise
