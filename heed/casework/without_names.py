"""One agency's children as encodings, and the way back from a handle to its own reference: on its own side only.

A handle is a keyed hash under this house's master key and the project's name: nothing has to be kept of it, and neither
the third party nor the other agency, though that has the project's key, can make one.
"""

import errno
import json
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from heed.casework.keys import settle
from heed.casework.models import Source
from heed.casework.sealed import keyed
from heed.casework.sealing.rows import tried_profiles
from heed.core.identity.encoded import KEY_BYTES, Encoded, encoded
from heed.core.identity.profile import profile_from_json
from heed.core.records.explained import Explained

AT_ONCE = 2000


def people_of(agency: str, project: str, key: bytes) -> tuple[list[Encoded], int]:
    """Every child in an agency's files that a filter can say something of, and how many it cannot."""
    found, left_out = [], 0
    rows = Source.objects.filter(agency=agency).order_by("key").values_list("key", "profile")
    for some in _portions(list(rows)):
        for (source, _), text in zip(some, tried_profiles(some), strict=True):
            profile = profile_from_json(source, json.loads(text or "{}"))
            if not profile.child:
                continue
            each = encoded(profile, key, handle_of(source, project))
            if each is None:
                left_out += 1
            else:
                found.append(each)
    return found, left_out


def handle_of(source: str, project: str) -> str:
    """The handle of a source in a project: 32 hexadecimal characters."""
    return keyed(f"handles of {project}", source)


def resolved(agency: str, project: str, handles: Collection[str]) -> dict[str, str]:
    """Handle to the agency's own reference, for those that are its."""
    wanted = set(handles)
    keys = Source.objects.filter(agency=agency).values_list("key", "ref")
    return {handle: ref for key, ref in keys.iterator() if (handle := handle_of(key, project)) in wanted}


def new_key(file: Path) -> None:
    """A fresh key for one project, in a file of its own that only its owner reads. Raises Explained if it is there."""
    with private(file) as out:
        out.write(secrets.token_hex(KEY_BYTES).encode() + b"\n")


def read_key(file: Path) -> bytes:
    """The key in a file. Raises Explained for one that others may read, or that holds no key."""
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise Explained(
                f"{file} can be read by others on this machine, and whoever has the key can find out who is in the"
                f" files. Take the rights away (chmod 600 {file}); if anybody may have read it, make a new key."
            )
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise Explained(
            f"{file} holds no key of a project: expected {2 * KEY_BYTES} hexadecimal characters, as"
            " `heed identity encode --new-key` writes them."
        )
    return key


@contextmanager
def private(file: Path) -> Iterator[BinaryIO]:
    """A new file that only its owner may read, whole under its name or not there at all: written beside itself,
    forced to the disk, then named. Raises Explained where one is there already, or none can be written: a full disk."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        if file.exists() or file.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _name(fresh, file)
    except OSError as trouble:
        raise Explained(
            f"{file} cannot be written: {trouble.strerror}. Nothing stands under this name but what was there before; if"
            " the ledger says that people were to leave in it, none have. Name a file that is not there yet, in a folder"
            " that only you may read, on a disk with room, and try again."
        ) from None
    finally:
        fresh.unlink(missing_ok=True)
    settle(file.parent)


def _name(fresh: Path, file: Path) -> None:
    """Put a file under its name, never over another: not every disk knows second names, a memory stick's does not."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        raise
    except OSError:
        if file.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        fresh.rename(file)


def _portions(rows: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
