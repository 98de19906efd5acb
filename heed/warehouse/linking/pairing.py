"""Who shares a key with whom: each pair once, from the keys of everybody in their order, by arrays.

Holders of one key stand side by side. All keys with one number of holders are laid in one table, a column a key, so that
every pair of rows is so many pairs of people at once. Joining the keys with themselves took three times as long.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from heed.core.identity import crowded

type Numbers = npt.NDArray[np.int64]
type Hopeful = Callable[[Numbers], Callable[[int], npt.NDArray[np.bool_]]]
"""Of a table of places, a row a holder: which pairs of a row with each row below it are to be made."""

AT_ONCE = 1 << 16
"""Places in one table: so many stay in the nearest memory with all that is looked at."""
SIDE = 32
"""Bits of a pair in one number that are the second place: pairs are told apart faster so."""


def pairs(
    key: npt.NDArray[np.uint64],
    place: Numbers,
    loose: npt.NDArray[np.bool_],
    hopeful: Hopeful | None,
    at_once: int,
) -> tuple[Numbers, Numbers]:
    """Each pair of places that share a key, the smaller first, in order. `key` is sorted; keys that too many hold are
    passed over. Of those who share only `loose` keys the pairs that `hopeful` says are made, or all."""
    with ThreadPoolExecutor(at_once) as several:
        asked = [(key[~loose], place[~loose], None), (key[loose], place[loose], hopeful)]
        tables = [(places, *table, asks) for keys, places, asks in asked for table in _tables(keys)]
        made = several.map(lambda table: _made(*table), tables)
        found = np.concatenate([np.empty(0, dtype=np.int64), *made])
        # Each of several takes the pairs of some of the first places: what each has sorted is sorted in all.
        ends = np.linspace(0, int(place.max(initial=0)) + 1, at_once + 1).astype(np.int64) << SIDE
        parts = several.map(
            lambda low, high: _told_apart(found[(found >= low) & (found < high)]), ends[:-1], ends[1:]
        )
        each_once = np.concatenate(list(parts))
    return each_once >> SIDE, each_once & ((1 << SIDE) - 1)


def _tables(key: npt.NDArray[np.uint64]) -> Iterator[tuple[int, Numbers]]:
    """How many hold each of some keys, and where the holders of each begin."""
    begins = np.flatnonzero(np.diff(key, prepend=key[:1] + np.uint64(1)))
    holders = np.diff(begins, append=len(key))
    for many in np.unique(holders[holders > 1]).tolist():
        of_so_many = begins[holders == many]
        keys = max(1, AT_ONCE // many) if many <= crowded.MOST_HOLDERS else 1
        yield from ((many, of_so_many[start : start + keys]) for start in range(0, len(of_so_many), keys))


def _made(place: Numbers, many: int, begins: Numbers, hopeful: Hopeful | None) -> Numbers:
    """Every pair of the holders of these keys, as one number."""
    table = place[begins + np.arange(many)[:, None]]
    if many > crowded.MOST_HOLDERS:
        # A holder may stand there twice. Without them the key may not be crowded.
        once = np.unique(table)
        table = once[: 0 if crowded.crowded(len(once)) else None, None]
    asked = hopeful(table) if hopeful else None
    found = [np.empty(0, dtype=np.int64)]
    for row in range(len(table) - 1):
        here, below = np.broadcast_to(table[row], table[row + 1 :].shape), table[row + 1 :]
        kept = here != below
        if asked is not None:
            kept &= asked(row)
        left, right = here[kept], below[kept]
        found.append((np.minimum(left, right) << SIDE) | np.maximum(left, right))
    return np.concatenate(found)


def _told_apart(numbers: Numbers) -> Numbers:
    """Each number once, sorted. (`numpy.unique` takes six times as long for so many.)"""
    numbers.sort()
    return numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])] if len(numbers) else numbers
