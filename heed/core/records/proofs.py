"""Proofs over the ledger's tree: that an entry is in it (RFC 6962, 2.1.1), that it only grew (2.1.2).

Whoever holds all leaves makes proofs; whoever holds only a root checks them. Entries count from 0 here, as the RFC
has them: entry `seq` of the ledger is index seq - 1.
"""

from collections.abc import Iterable, Sequence

from heed.core.records.merkle import Frontier, node_hash, root


class Leaves:
    """All leaf hashes of a log, with the inner nodes worked out once: any proof then costs O(log n) look-ups."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels: list[list[bytes]] = [list(leaves)]
        while len(below := self._levels[-1]) > 1:
            self._levels.append([node_hash(a, b) for a, b in _pairs(below)])

    def __len__(self) -> int:
        return len(self._levels[0])

    def root(self, size: int) -> bytes:
        """The root when the log held `size` entries. Raises ValueError beyond what is here."""
        self._within(size)
        return self._node(0, size) if size else root(Frontier())

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The path from leaf `index` to the root of the first `size` leaves, nearest sibling first."""
        self._within(size)
        if not 0 <= index < size:
            raise ValueError(f"no entry {index} among {size}")
        path, start, end = [], 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._node(middle, end))
                end = middle
            else:
                path.append(self._node(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that show that the first `old` leaves of the tree of `new` are those of the tree of `old`."""
        self._within(new)
        if not 0 <= old <= new:
            raise ValueError(f"a log of {new} entries never grew out of one of {old}")
        if old in (0, new):
            return []
        path, start, end, whole = [], 0, new, True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._node(middle, end))
                end = middle
            else:
                path.append(self._node(start, middle))
                start, whole = middle, False
        return ([] if whole else [self._node(start, end)]) + path[::-1]

    def _within(self, size: int) -> None:
        if not 0 <= size <= len(self):
            raise ValueError(f"{size} entries asked for, {len(self)} are here")

    def _node(self, start: int, end: int) -> bytes:
        """The hash over leaves start to end, end left out: looked up where the subtree is perfect."""
        width = end - start
        if width & (width - 1) == 0:
            return self._levels[width.bit_length() - 1][start // width]
        middle = start + _split(width)
        return node_hash(self._node(start, middle), self._node(middle, end))


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path leads from this leaf hash at `index` to the root `head` of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, made = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            made = node_hash(sibling, made)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and made == head


def is_consistent(old: int, old_head: bytes, new: int, new_head: bytes, path: Sequence[bytes]) -> bool:
    """Whether the log of `new` entries with root `new_head` begins with that of `old` entries (RFC 9162, 2.1.4.2)."""
    if old == 0 or old == new:
        return not path and (old_head == new_head if old == new else old_head == root(Frontier()))
    if not 0 < old < new or not path:
        return False
    hashes = [old_head, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    was = now = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            was, now = node_hash(sibling, was), node_hash(sibling, now)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            now = node_hash(now, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and was == old_head and now == new_head


def _split(width: int) -> int:
    """The largest power of two below `width`: where the RFC cuts a tree in two."""
    return 1 << (width - 1).bit_length() - 1


def _pairs(below: Sequence[bytes]) -> Iterable[tuple[bytes, bytes]]:
    """The neighbours that make a node; the odd one at the end waits for its sibling."""
    return zip(below[::2], below[1::2], strict=False)
