"""What an attacker can work out of published tables: the bounds of every cell, from what is told and nothing else.

The attacker knows the rule, every total that is told, and that a count of one week is no smaller the week after. The
known-bad rules (1 to 5 left out, or exact totals) must fail here, or the attacker is no attacker.
"""

import random
from collections.abc import Callable

from heed.core.access.published import HIDDEN, told
from tests.figures import figure

type Table = list[list[int]]
type Bounds = list[list[tuple[int, int]]]
TABLES, FEW = 1000, 2


def _bounds(words: str, least: int) -> tuple[int, int]:
    """Between which numbers a count lies that was told so."""
    if words == "hidden":
        return 1, least - 1
    shown = int(words.replace(",", ""))
    return (0, 0) if shown == 0 else (max(least, shown - 2), shown + 2)


def _tell(least: int) -> Callable[[int], str]:
    return lambda count: "hidden" if 0 < count < least else str(5 * ((count + 2) // 5))


def _ours(count: int) -> str:
    return "hidden" if told(count) == HIDDEN else told(count)


def _attacked(table: Table, tell: Callable[[int], str], least: int, *, exact: bool) -> Bounds:
    bounds = [[_bounds(tell(count), least) for count in row] for row in table]
    lines = [[(y, x) for x in range(len(table[0]))] for y in range(len(table))]
    lines += [[(y, x) for y in range(len(table))] for x in range(len(table[0]))]
    for _ in range(6 if exact else 0):
        for line in lines:
            whole = sum(table[y][x] for y, x in line)
            for y, x in line:
                low, high = bounds[y][x]
                others = [bounds[b][a] for b, a in line if (b, a) != (y, x)]
                most, fewest = sum(h for _, h in others), sum(low for low, _ in others)
                bounds[y][x] = max(low, whole - most), min(high, whole - fewest)
    return bounds


def _pinned(table: Table, bounds: Bounds) -> int:
    cells = [
        (count, b)
        for row, some in zip(table, bounds, strict=True)
        for count, b in zip(row, some, strict=True)
    ]
    assert all(low <= count <= high for count, (low, high) in cells), "the attacker reasons wrongly"
    return sum(count > 0 and high - low + 1 <= FEW for count, (low, high) in cells)


def _tables(seed: int) -> list[Table]:
    rng = random.Random(seed)
    return [_table(rng) for _ in range(TABLES)]


def _table(rng: random.Random) -> Table:
    width = rng.randint(2, 6)
    mean = rng.choice((3, 8, 30))
    return [[int(rng.expovariate(1 / mean)) for _ in range(width)] for _ in range(rng.randint(2, 5))]


def test_no_cell_of_a_published_table_is_held_to_two_values() -> None:
    tables = _tables(7)
    assert sum(_pinned(t, _attacked(t, _ours, 8, exact=False)) for t in tables) == 0
    bad = {
        "1 to 5 left out": sum(_pinned(t, _attacked(t, _tell(6), 6, exact=False)) for t in tables),
        "exact totals": sum(_pinned(t, _attacked(t, _ours, 8, exact=True)) for t in tables),
    }
    assert all(bad.values()), bad
    figure(
        f"published numbers: {TABLES:,} tables attacked, cells held to two values or fewer",
        f"0 (with 1 to 5 left out {bad['1 to 5 left out']:,}, with exact totals {bad['exact totals']:,})",
        "0",
    )


def test_nor_by_two_weeks_of_one_table() -> None:
    rng = random.Random(11)
    for first in _tables(11):
        second = [[count + rng.choice((0, 0, 1, 1, 4)) for count in row] for row in first]
        one, two = (_attacked(each, _ours, 8, exact=False) for each in (first, second))
        for y, row in enumerate(first):
            for x, count in enumerate(row):
                (low, high), (later, most) = one[y][x], two[y][x]
                if count:
                    assert min(high, most) - low + 1 > FEW
                    assert most - max(low, later) + 1 > FEW
                if second[y][x] > count:
                    assert most - low - max(0, later - high) + 1 > FEW, "how many came in the week"
