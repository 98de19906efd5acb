"""The folder of keys: outside the database, readable by this installation alone, backed up by itself."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from heed.core.records.explained import Explained


def folder() -> Path:
    """`keys` in the data folder, or where HEED_KEYS points; made on first use."""
    place = Path(os.environ.get("HEED_KEYS") or Path(settings.DATA) / "keys")
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if place.stat().st_mode & 0o077:
            place.chmod(0o700)
    except OSError as trouble:
        raise Explained(
            f"The folder of keys, {place}, cannot be used: {trouble.strerror}. Point HEED_KEYS at a folder that only "
            "this installation may read, or mend who owns it."
        ) from trouble
    return place


def made_once(name: str, make: Callable[[], bytes]) -> bytes:
    """What is in the file `name`; if there is none, what `make` gives, written whole before it gets its name.

    Two processes that start at once end with the same content, and a power cut leaves all of it or nothing.
    """
    file = folder() / name
    if not file.exists():
        fresh = _written(file, make())
        with suppress(FileExistsError):
            os.link(fresh, file)
        fresh.unlink()
        settle(file.parent)
    return file.read_bytes()


def replaced(name: str, content: bytes) -> None:
    """Put `content` in the file `name`, whole or not at all."""
    file = folder() / name
    _written(file, content).replace(file)
    settle(file.parent)


def _written(file: Path, content: bytes) -> Path:
    """A file beside it that is on the disk."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return fresh


def settle(place: Path) -> None:
    """Names in a folder are on the disk only once the folder is."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
