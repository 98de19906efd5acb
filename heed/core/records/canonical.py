"""The one way a record, or any body of the ledger, becomes bytes."""

import hashlib
import json
import json.encoder
from collections.abc import Callable
from json.encoder import encode_basestring
from typing import Any

from heed.core.records.record import Document

c_make_encoder: Callable[..., Callable[[Any, int], tuple[str, ...]]] | None = getattr(
    json.encoder, "c_make_encoder", None
)
"""What every encoder is made of where Python has its part in C."""


def _made_once(encoder: json.JSONEncoder) -> Callable[[Any], str]:
    """How an encoder writes a value, with the part of it that is in C made once and not for every value. Nothing that
    is kept holds itself, so that is not looked for either."""
    if c_make_encoder is None:
        return encoder.encode
    write = c_make_encoder(
        None, encoder.default, encode_basestring, None, encoder.key_separator, encoder.item_separator,
        encoder.sort_keys, encoder.skipkeys, encoder.allow_nan,
    )  # fmt: skip
    return lambda value: "".join(write(value, 0))


_canonical = _made_once(
    json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
)
_line = _made_once(json.JSONEncoder(ensure_ascii=False, allow_nan=False))


def canonical(body: Any) -> bytes:
    """Sorted keys, no spaces, UTF-8: equal content gives equal bytes. Raises ValueError on NaN."""
    return _canonical(body).encode()


def quoted(text: str) -> str:
    """One text as `canonical` writes it, in quotation marks; for a body whose keys are known and written in order."""
    return encode_basestring(text)


def digest(body: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(body)).hexdigest()


def line(document: Document) -> str:
    """A record as it is exported: keys in the order they were sent, one line, no line end."""
    return _line(document)
