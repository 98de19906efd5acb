"""The master key of a house: one small file that wraps every other key, made once and never in the database."""

import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from heed.casework import keys
from heed.core.records.explained import Explained

FILE, RING = "master.key", "children.sqlite3"
LENGTH = 32


def place() -> Path:
    """The folder of keys. It is looked at once, not for every record."""
    return _place(os.environ.get("HEED_KEYS", ""), str(settings.DATA))


@cache
def _place(named: str, data: str) -> Path:
    return keys.folder()


def derived(purpose: str) -> bytes:
    """32 bytes for one purpose, always the same for this house and of no use for another purpose."""
    return _derived(place(), purpose)


@cache
def _derived(folder: Path, purpose: str) -> bytes:
    return hmac.digest(_read(folder), f"heed {purpose}".encode(), hashlib.sha256)


def _read(folder: Path) -> bytes:
    file = folder / FILE
    # Whoever starts at the same moment may have made both: the ring without its master is looked at twice.
    if (folder / RING).exists() and not file.exists():
        raise Explained(
            f"{file} is not there, though the keys it wraps are. Put back the copy that was made when this house "
            "began: a new master key could open none of them."
        )
    key = keys.made_once(FILE, lambda: secrets.token_bytes(LENGTH))
    if len(key) != LENGTH:
        raise Explained(
            f"{file} is not a master key: it holds {len(key)} bytes, and a key is {LENGTH}. Put back the copy that was "
            "made when this house began; nothing that is sealed can be read without it."
        )
    return key
