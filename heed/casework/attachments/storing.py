"""How a file stands in its row: where its sealed parts are bound to, what its label says, what the ledger commits to."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from heed.casework import sealed
from heed.casework.models import AttachmentBody
from heed.casework.sealing.box import Bound
from heed.core.records.canonical import canonical
from heed.formats.contract import Attached

TABLE = "casework_attachmentbody"
LONGEST_CLAIM = 300


def content_at(key: str) -> Bound:
    """Where the bytes of a file are bound to."""
    return (TABLE, "content", key)


def label_at(key: str) -> Bound:
    """Where a file's label is bound to."""
    return (TABLE, "label", key)


def picture_at(key: str) -> Bound:
    """Where the small picture of a file is bound to."""
    return ("casework_attachmentlook", "picture", key)


def label(file: Attached) -> bytes:
    """Name and kind as the sender claims them, as they are sealed and committed to."""
    return canonical({"name": file.name[:LONGEST_CLAIM], "media_type": file.media_type[:LONGEST_CLAIM]})


def opened_label(body: AttachmentBody, key: str) -> tuple[str, str]:
    """Name and kind as claimed. Raises Gone for an erased file, Unreadable for one that was tampered with."""
    said = json.loads(sealed.open_bytes(body.label, bound=label_at(key)))
    return str(said["name"]), str(said["media_type"])


def opened_content(body: AttachmentBody, key: str) -> bytes:
    """The bytes as they came. Raises Gone or Unreadable."""
    return sealed.open_bytes(body.content, bound=content_at(key))


def committed(salt: str, held: bytes) -> str:
    """SHA-256(salt + bytes), in hexadecimal: with the salt gone nobody can test a guess of the file."""
    return hashlib.sha256(bytes.fromhex(salt) + held).hexdigest()


def described(files: Iterable[Attached]) -> list[dict[str, Any]]:
    """Files as a record lists them, so that the same page sent again with other files is not the same record."""
    return [
        {
            "name": file.name[:LONGEST_CLAIM],
            "media_type": file.media_type[:LONGEST_CLAIM],
            "bytes": len(file.content),
            "sha256": hashlib.sha256(file.content).hexdigest(),
        }
        for file in files
    ]
