"""What a backup says of itself: a file of JSON beside the copy."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from heed.core.records.explained import Explained

MANIFEST = "manifest.json"
CHUNK = 1 << 20


def digest(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def read_manifest(source: Path) -> Mapping[str, Any]:
    """What a backup says of itself, held against its file. Raises Explained where it is not a whole backup."""
    try:
        manifest: dict[str, Any] = json.loads((source / MANIFEST).read_text())
        file = source / manifest["file"]
        whole = digest(file) == manifest["sha256"]
    except (OSError, ValueError, KeyError) as trouble:
        raise Explained(
            f"{source} is not a backup that `heed backup` made: {type(trouble).__name__}. Name the folder that holds "
            f"its {MANIFEST}."
        ) from None
    if not whole:
        raise Explained(
            f"{file} is not as it was when the backup was made: its SHA-256 is not the manifest's. Use another copy."
        )
    return manifest
