"""The Merkle tree of the ledger: RFC 6962, section 2.1, with nothing but SHA-256.

A tree of n leaves is kept as its frontier: the roots of the perfect subtrees that n is made of, largest
first (n = 6 has two: 4 leaves and 2). Adding a leaf costs O(log n) and needs no earlier leaf.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Frontier:
    """`size` leaves, and the roots of the perfect subtrees they make, largest first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 + data): a leaf can never pass for an inner node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 + left + right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(frontier: Frontier, leaves: Iterable[bytes]) -> Frontier:
    """The frontier after adding leaf hashes in their order."""
    size, peaks = frontier.size, list(frontier.peaks)
    for leaf in leaves:
        pending, bits = leaf, size
        while bits & 1:
            pending, bits = node_hash(peaks.pop(), pending), bits >> 1
        peaks.append(pending)
        size += 1
    return Frontier(size, tuple(peaks))


def root(frontier: Frontier) -> bytes:
    """The tree head: for no leaves SHA-256 of nothing, as the RFC has it."""
    if not frontier.peaks:
        return hashlib.sha256(b"").digest()
    head = frontier.peaks[-1]
    for peak in reversed(frontier.peaks[:-1]):
        head = node_hash(peak, head)
    return head


def written(frontier: Frontier) -> str:
    """The peaks as text: hexadecimal, one space between them."""
    return " ".join(peak.hex() for peak in frontier.peaks)


def read(size: int, text: str) -> Frontier:
    """The inverse of `written`. Raises ValueError when the text is not the frontier of that many leaves."""
    peaks = tuple(bytes.fromhex(part) for part in text.split(" ")) if text else ()
    frontier = Frontier(size, peaks)
    if size < 0 or len(peaks) != size.bit_count() or any(len(peak) != HASH_BYTES for peak in peaks):
        raise ValueError(f"not the frontier of {size} leaves")
    if written(frontier) != text:
        raise ValueError("a frontier is written in lower case with single spaces")
    return frontier
