"""The model that is committed as data beside this file."""

import json
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from heed.core.identity.model import Model, model_from
from heed.core.records.canonical import canonical

CURRENT = "people-5"
"""Changes whenever a profile, a key or a weight is made otherwise: a house linked under another name is linked anew."""
FOLDER = Path(__file__).parent / "model"
DIGITS = 8
"""Hexadecimal digits of the document's SHA-256 in the version: trained again under one name it is another."""


def current_model() -> Model:
    """The model in force, under its name and digest: `people-4-1f2e3d4c`. Raises Explained when its file cannot be used.

    Read again where the file has changed: a worker that ran on with an older one would link everybody back again.
    """
    file = FOLDER / f"{CURRENT}.json"
    seen = file.stat()
    return _read(file, seen.st_mtime_ns, seen.st_size)


@lru_cache(maxsize=4)
def _read(file: Path, changed: int, size: int) -> Model:
    document = json.loads(file.read_text(encoding="utf-8"))
    model = model_from(document)
    return replace(model, version=f"{model.version}-{sha256(canonical(document)).hexdigest()[:DIGITS]}")
