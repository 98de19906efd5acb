"""The one way a record, or any body of the ledger, becomes bytes."""

import hashlib
import json
from json.encoder import encode_basestring
from typing import Any

from heed.core.records.record import Document

# Made once: `json.dumps` makes one for every call that asks for anything but its defaults.
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def canonical(body: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal content gives equal bytes. Raises ValueError on NaN."""
    return _CANONICAL.encode(body).encode()


def quoted(text: str) -> str:
    """One text as `canonical` writes it, in quotation marks; for a body whose keys are known and written in order."""
    return encode_basestring(text)


def digest(body: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(body)).hexdigest()


def line(document: Document) -> str:
    """A record as it is exported: keys in the order they were sent, one line, no line end."""
    return _LINE.encode(document)
