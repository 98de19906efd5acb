"""The texts that are signed: a checkpoint (C2SP `tlog-checkpoint`), a witness's word on it (`tlog-cosignature`), a
proof that one entry is in it (`tlog-proof`), and the receipt of one record, which is a form of Heed's own."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from heed.core.records.merkle import HASH_BYTES
from heed.core.records.notes import NotANote

COSIGNATURE_HEADER = "cosignature/v1"
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
RECEIPT_HEADER = "Heed receipt 1"
TIME_BYTES, SIGNED_BYTES = 8, 64


@dataclass(frozen=True, slots=True)
class Tree:
    """What a checkpoint says: the log's name, how many entries, the root of their tree (32 bytes)."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Receipted:
    """What a receipt says: the log's name, the entry's number from 1, its leaf (64 hexadecimal digits), when, and
    the code of the agency. No name and no reference."""

    origin: str
    seq: int
    leaf: str
    at: str
    agency: str


def checkpoint_text(tree: Tree) -> str:
    """Three lines: origin, size in decimal, root in base64."""
    return f"{tree.origin}\n{tree.size}\n{written_hash(tree.root)}\n"


def read_checkpoint(text: str) -> Tree:
    """The inverse; extension lines are refused, since no witness could check them. Raises NotANote."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3] or not lines[0]:
        raise NotANote(
            "a checkpoint is three lines: the log's name, how many entries, the root of their tree"
        )
    return Tree(lines[0], read_size(lines[1]), read_hash(lines[2]))


def read_size(text: str) -> int:
    """A whole number as the specification writes it: digits, no leading zero. Raises NotANote."""
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0") or len(text) > 19:
        raise NotANote("a size is a whole number in digits, without leading zeros")
    return int(text)


def written_hash(raw: bytes) -> str:
    """A hash in base64."""
    return base64.b64encode(raw).decode()


def read_hash(text: str) -> bytes:
    """The 32 bytes of a hash in base64. Raises NotANote."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotANote("a hash is not base64") from None
    if len(raw) != HASH_BYTES or written_hash(raw) != text:
        raise NotANote("a hash is base64 of 32 bytes")
    return raw


def cosigned_message(text: str, timestamp: int) -> bytes:
    """What a witness signs: a header, the instant in seconds since 1970, and the checkpoint's text."""
    return f"{COSIGNATURE_HEADER}\ntime {timestamp}\n{text}".encode()


def written_cosignature(timestamp: int, signed: bytes) -> bytes:
    """The instant (8 bytes, big-endian) and the 64 bytes of the signature."""
    return timestamp.to_bytes(TIME_BYTES, "big") + signed


def read_cosignature(raw: bytes) -> tuple[int, bytes]:
    """The inverse. Raises NotANote."""
    if len(raw) != TIME_BYTES + SIGNED_BYTES or raw[0] >= 0x80:
        raise NotANote("a cosignature is 8 bytes of time and 64 of signature")
    return int.from_bytes(raw[:TIME_BYTES], "big"), raw[TIME_BYTES:]


def proof_text(index: int, path: Sequence[bytes], note: str) -> str:
    """A `.tlog-proof`: the entry's place from 0, the hashes up to the root, and the signed checkpoint."""
    return f"{PROOF_HEADER}\nindex {index}\n" + "".join(f"{written_hash(h)}\n" for h in path) + f"\n{note}"


def read_proof(text: str) -> tuple[int, list[bytes], str]:
    """The inverse: (index from 0, hashes, signed checkpoint). Extra data is passed over. Raises NotANote."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or lines[0] != PROOF_HEADER:
        raise NotANote(f"a proof begins with the line {PROOF_HEADER}")
    rest = lines[2:] if len(lines) > 1 and lines[1].startswith("extra ") else lines[1:]
    if not rest or not rest[0].startswith("index "):
        raise NotANote("a proof names the index of its entry")
    return read_size(rest[0].removeprefix("index ")), [read_hash(each) for each in rest[1:]], note


def consistency_text(old: int, path: Sequence[bytes]) -> str:
    """The head of a request to a witness: from which size, and the hashes that prove that it only grew."""
    return f"old {old}\n" + "".join(f"{written_hash(h)}\n" for h in path) + "\n"


def receipt_text(receipt: Receipted) -> str:
    """The text of a receipt. Its second line is no number: no receipt can pass for a checkpoint."""
    return (
        f"{RECEIPT_HEADER}\nlog {receipt.origin}\nentry {receipt.seq}\nleaf {receipt.leaf}\n"
        f"at {receipt.at}\nagency {receipt.agency}\n"
    )


def read_receipt(text: str) -> Receipted:
    """The inverse. Raises NotANote."""
    lines = text.split("\n")
    keys = ("log ", "entry ", "leaf ", "at ", "agency ")
    if len(lines) != 7 or lines[0] != RECEIPT_HEADER or not all(map(str.startswith, lines[1:6], keys)):
        raise NotANote(f"a receipt begins with {RECEIPT_HEADER} and names log, entry, leaf, time and agency")
    log, entry, leaf, at, agency = (
        each.removeprefix(key) for each, key in zip(lines[1:6], keys, strict=True)
    )
    if len(leaf) != 2 * HASH_BYTES or set(leaf) - set("0123456789abcdef"):
        raise NotANote("the leaf of a receipt is 64 hexadecimal digits")
    return Receipted(log, read_size(entry), leaf, at, agency)
