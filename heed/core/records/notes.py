"""Signed notes, and the keys that verify them: C2SP `signed-note`, as text. Signing and verifying need a key and
happen elsewhere; what is here says which bytes are signed and how they are written down.

A note is a text, an empty line, and signature lines: em dash, name of the key, base64 of (key id + signature).
Only Ed25519 is known: type 1 signs the text itself, type 4 (a cosignature) signs it with an instant.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

ED25519, COSIGNATURE = 1, 4
DASH = "— "
MOST_SIGNATURES = 64
KEY_BYTES, ID_BYTES = 32, 4


class NotANote(ValueError):
    """The text is not a signed note, or not the key, that the specification describes. Says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose (`name`, `key_id`) and the signature's bytes. Not yet verified."""

    name: str
    key_id: bytes
    signed: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a newline, and the signatures under it."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What verifies: the key's name, its type (ED25519 or COSIGNATURE) and 32 bytes of public key."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name + newline + type + public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[
            :ID_BYTES
        ]

    def is_of(self, signature: Signature) -> bool:
        """Whether a signature says that this key made it: name and id both."""
        return signature.name == self.name and signature.key_id == self.key_id


def fit_name(name: str) -> bool:
    """Whether a key may have this name: not empty, no spaces of any kind, no plus."""
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " for c in name)


def written_key(key: Key) -> str:
    """A verifier key: name+id in hexadecimal+base64(type + public key)."""
    return f"{key.name}+{key.key_id.hex()}+{_base64(bytes([key.kind]) + key.public)}"


def read_key(text: str) -> Key:
    """The inverse of `written_key`. Raises NotANote when name, id and key do not belong together."""
    name, _, rest = text.strip().partition("+")
    key_id, _, material = rest.partition("+")
    raw = _bytes(material, "the key")
    if not fit_name(name) or len(raw) != 1 + KEY_BYTES or raw[0] not in (ED25519, COSIGNATURE):
        raise NotANote("a verifier key is written name+id+base64 of an Ed25519 key, of type 1 or 4")
    key = Key(name, raw[0], raw[1:])
    if key.key_id.hex() != key_id:
        raise NotANote(f"the id of the key of {name} is not made from its name and its bytes")
    return key


def written(note: Note) -> str:
    """The note as it is kept and sent."""
    return note.text + "\n" + "".join(f"{line(each)}\n" for each in note.signatures)


def line(signature: Signature) -> str:
    """A signature line, without its newline."""
    return f"{DASH}{signature.name} {_base64(signature.key_id + signature.signed)}"


def read(text: str) -> Note:
    """Split a note into its text and signatures. Raises NotANote when it is none."""
    if any(c < " " and c != "\n" for c in text):
        raise NotANote("a signed note holds no control characters but newlines")
    body, gap, under = text.rpartition("\n\n")
    if not gap or not under.endswith("\n"):
        raise NotANote("a signed note is a text, an empty line, and lines of signatures")
    lines = under[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NotANote(f"a note has at most {MOST_SIGNATURES} signatures")
    return Note(body + "\n", tuple(read_line(each) for each in lines))


def read_line(text: str) -> Signature:
    """One signature line, without its newline."""
    name, _, material = text.removeprefix(DASH).partition(" ")
    raw = _bytes(material, "a signature")
    if not text.startswith(DASH) or not fit_name(name) or len(raw) <= ID_BYTES:
        raise NotANote("a signature line is an em dash, a name, and base64")
    return Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str, what: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote(f"{what} is not base64") from None
    if _base64(raw) != text:
        raise NotANote(f"{what} is not the base64 of its own bytes")
    return raw
