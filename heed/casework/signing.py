"""The key of the log: made once, kept outside the database, and used for checkpoints and receipts.

It is kept as a signer key in the form that other programs of transparency logs read. Its name is the log's origin.
"""

import base64
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from heed.casework import keys
from heed.casework.policy import policy
from heed.core.records import checkpoints, notes
from heed.core.records.explained import Explained

FILE = "ledger.key"
PRIVATE = "PRIVATE+KEY"
SEED_BYTES = 32


@dataclass(frozen=True)
class Signer:
    """The private key with its name; `key` is what verifies it."""

    private: Ed25519PrivateKey
    key: notes.Key

    def signed(self, text: str) -> str:
        """The text as a note with this log's signature."""
        made = notes.Signature(self.key.name, self.key.key_id, self.private.sign(text.encode()))
        return notes.written(notes.Note(text, (made,)))


def signer() -> Signer:
    """This log's signer; on first use of a house its key is made."""
    return _read(keys.folder())


def holds(key: notes.Key, note: notes.Note) -> bool:
    """Whether one of the note's signatures was made by this key over its text. A cosignature key signs with its time.

    A signature that says it is this key's and is not makes the whole note worthless: then this is False."""
    said = [each for each in note.signatures if key.is_of(each)]
    return bool(said) and all(_verifies(key, note.text, each.signed) for each in said)


def _verifies(key: notes.Key, text: str, signed: bytes) -> bool:
    try:
        message = text.encode()
        if key.kind == notes.COSIGNATURE:
            timestamp, signed = checkpoints.read_cosignature(signed)
            message = checkpoints.cosigned_message(text, timestamp)
        Ed25519PublicKey.from_public_bytes(key.public).verify(signed, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _read(folder: Path) -> Signer:
    """Read once for each folder of keys."""
    text = keys.made_once(FILE, _fresh).decode()
    try:
        name, key_id, material = text.strip().removeprefix(f"{PRIVATE}+").split("+", 2)
        raw = base64.b64decode(material, validate=True)
        if not text.startswith(PRIVATE) or raw[:1] != bytes([notes.ED25519]) or len(raw) != 1 + SEED_BYTES:
            raise ValueError
        found = _signer(name, raw[1:])
        if found.key.key_id.hex() != key_id:
            raise ValueError
    except ValueError:
        raise Explained(
            f"{folder / FILE} is not the signing key of a ledger. Put back the file from the backup of the keys: with "
            "another key no witness will know this ledger."
        ) from None
    return found


def _fresh() -> bytes:
    seed = secrets.token_bytes(SEED_BYTES)
    origin = policy().ledger.origin
    if not origin:
        origin = f"heed.invalid/{_signer('x', seed).key.public.hex()[:16]}"
    made = _signer(origin, seed)
    material = base64.b64encode(bytes([notes.ED25519]) + seed).decode()
    return f"{PRIVATE}+{origin}+{made.key.key_id.hex()}+{material}\n".encode()


def _signer(name: str, seed: bytes) -> Signer:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(private, notes.Key(name, notes.ED25519, private.public_key().public_bytes_raw()))
