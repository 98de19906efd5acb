"""One sealed value: AES-256-GCM, a fresh random nonce, and the place it stands in bound to it.

Text: `1.<key id>.<base64 of nonce, ciphertext, tag>`. Bytes: 0x01, key id, nonce, ciphertext, tag. A value moved to
another row, column or table cannot be opened there. Source: NIST SP 800-38D; random nonces of 96 bits, and far
fewer than 2^32 values under one key.
"""

import os
from base64 import b64decode
from binascii import b2a_base64
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = "1"
NONCE = 12
HEAD = 1 + 8
type Bound = tuple[str | int, ...]
"""Where a value stands: table, column, and what names the row."""


class Unreadable(ValueError):
    """A sealed value that is not what was sealed in this place."""


def nonces(many: int) -> Iterator[bytes]:
    """As many nonces, each for one value: the system is asked once, for asking takes longer than the answer."""
    together = os.urandom(NONCE * many)
    for start in range(0, len(together), NONCE):
        yield together[start : start + NONCE]


def seal_text(text: str, key: str, box: AESGCM, bound: Bound, nonce: bytes | None = None) -> str:
    """Text as its column keeps it. A `nonce` comes from `nonces` and is never used twice."""
    nonce = nonce or os.urandom(NONCE)
    held = nonce + box.encrypt(nonce, text.encode(), _place(bound))
    return f"{VERSION}.{key}.{b2a_base64(held, newline=False).decode()}"


def open_text(sealed: str, box: AESGCM, bound: Bound) -> str:
    """The text that was sealed in this place. Raises Unreadable for anything else."""
    try:
        held = b64decode(sealed.split(".", 2)[2], validate=True)
        return box.decrypt(held[:NONCE], held[NONCE:], _place(bound)).decode()
    except (ValueError, IndexError, InvalidTag):
        raise Unreadable("a sealed text is not what was sealed in its place") from None


def seal_bytes(data: bytes, key: str, box: AESGCM, bound: Bound) -> bytes:
    """Bytes as their column, or their file, keeps them."""
    nonce = os.urandom(NONCE)
    return b"\x01" + bytes.fromhex(key) + nonce + box.encrypt(nonce, data, _place(bound))


def open_bytes(sealed: bytes, box: AESGCM, bound: Bound) -> bytes:
    """The bytes that were sealed in this place. Raises Unreadable for anything else."""
    try:
        return box.decrypt(sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], _place(bound))
    except (ValueError, InvalidTag):
        raise Unreadable("sealed bytes are not what was sealed in their place") from None


def key_of_text(sealed: str) -> str:
    """The id of the key a text is sealed under. Raises Unreadable for a text that was never sealed."""
    version, _, rest = sealed.partition(".")
    key, dot, _ = rest.partition(".")
    if version != VERSION or not dot:
        raise Unreadable("a text that should be sealed is not")
    return key


def key_of_bytes(sealed: bytes) -> str:
    """The id of the key these bytes are sealed under. Raises Unreadable for bytes that were never sealed."""
    if sealed[:1] != b"\x01" or len(sealed) < HEAD + NONCE:
        raise Unreadable("bytes that should be sealed are not")
    return sealed[1:HEAD].hex()


def _place(bound: Bound) -> bytes:
    """Each part with its length before it, so that no two places are written alike."""
    parts = [str(each).encode() for each in bound]
    return b"".join([b"%d:%b" % (len(part), part) for part in parts])
