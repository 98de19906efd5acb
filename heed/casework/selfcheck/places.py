"""The folders of keys and of the warehouse, and the disk: who may read the first two, what room is on the third."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from heed.casework.models import Record
from heed.casework.sealed import Gone, Unreadable, document_of
from heed.casework.sealing import master
from heed.casework.selfcheck.trouble import REFUSES, WARNS, Trouble
from heed.core.records.explained import Explained

OTHERS = 0o077
LEAST_FREE = 1_000_000_000
LOOKED_INTO = 5
"""Newest records that are opened: one of them may be erased, all of them are not."""


def troubles() -> Iterator[Trouble]:
    """Looks before anything makes, mends or opens a key."""
    from heed.casework import supply  # brings DuckDB with it, which no other command waits for

    folder = _folder()
    yield from _readable(folder)
    yield from _openable(folder)
    yield from _whereabouts(supply.file())
    free = shutil.disk_usage(settings.DATA).free
    if free < LEAST_FREE:
        yield Trouble(
            "disk", WARNS,
            f"Only {free // 1_000_000} MB are free where {settings.DATA} is. When it is full nothing can be saved, and "
            "everybody is told so. Make room now.",
        )  # fmt: skip


def must_be_its_own_keys() -> None:
    """Raises Explained where the keys are missing, or open nothing of what is kept: not its newest records, which an
    older copy of the keyring may not know, and not its oldest."""
    for trouble in _openable(_folder(), eldest=True):
        raise Explained(trouble.words)


def _folder() -> Path:
    return Path(os.environ.get("HEED_KEYS") or Path(settings.DATA) / "keys")


def _readable(folder: Path) -> Iterator[Trouble]:
    known = [folder, *sorted(folder.glob("*"))] if folder.is_dir() else []
    loose = [each for each in known if each.stat().st_mode & OTHERS]
    if loose:
        yield Trouble(
            "keys_readable", REFUSES,
            f"{loose[0]} can be read by other users of this machine ({len(loose)} such): whoever reads the keys reads "
            f"every child's record and signs as this ledger. Run `chmod -R go-rwx {folder}`, and think about who may "
            "have read them.",
        )  # fmt: skip


def _whereabouts(file: Path) -> Iterator[Trouble]:
    """The warehouse holds in the clear where children were: folder and file are its owner's alone."""
    loose = [each for each in (file.parent, file) if each.exists() and each.stat().st_mode & OTHERS]
    if not loose:
        return
    open_to_all = len(loose) == 2
    so = "others can read it" if open_to_all else "only one of two doors keeps others from it"
    yield Trouble(
        "warehouse_readable", REFUSES if open_to_all else WARNS,
        f"{loose[-1]} is not its owner's alone, so {so}: it holds in the clear where children were seen. Run `chmod -R "
        f"go-rwx {file.parent}`, and think about who may have read it.",
    )  # fmt: skip


def _openable(folder: Path, *, eldest: bool = False) -> Iterator[Trouble]:
    rows = Record.objects.system("whether what is sealed can be opened").exclude(document="")
    newest = list(rows.order_by("-pk")[:LOOKED_INTO])
    missing = [name for name in (master.FILE, master.RING) if not (folder / name).exists()]
    if newest and missing:
        yield Trouble(
            "keyring_missing", REFUSES,
            f"{' and '.join(missing)} are not in {folder}, but the database holds records sealed with them: nobody "
            "could read them, and what comes now would be sealed with other keys. Put back the backup of the keys that "
            "belongs to this database, or point HEED_KEYS at their folder.",
        )  # fmt: skip
        return
    try:
        looked_into = [*newest, *rows.order_by("pk")[: LOOKED_INTO if eldest else 0]]
        if newest and not any(_has_its_key(row) for row in looked_into):
            yield Trouble(
                "keyring_other", REFUSES,
                f"The keys in {folder} open none of the newest records: they belong to another database, or to an older "
                "copy of it. Put back the backup of the keys that belongs to this database.",
            )  # fmt: skip
    except Explained as trouble:
        yield Trouble("keyring_other", REFUSES, str(trouble))


def _has_its_key(row: Record) -> bool:
    """Whether its key is in this keyring. A record that was altered since is for `heed ledger verify` to name, which
    must not be kept from starting by what it is there to find."""
    try:
        document_of(row)
    except Gone:
        return False
    except Unreadable:
        pass
    return True
