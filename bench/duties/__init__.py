"""Sweeping a million open duties of which a thousand are due, beside a bare `SELECT ... FOR UPDATE SKIP LOCKED`.

Both on the same PostgreSQL, which this starts, in the same run and on the same rows. The sweep is to find what is due
and lock it; what it costs must not grow with what is not due. What Heed then writes of each duty (its step in sealed
words, who may see it, the ledger) is measured beside a bare worker that takes one row, moves it and commits.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

DUE, FEW = 1_000, 10_000
MOST_TIMES = 5.0


@dataclass(frozen=True, slots=True)
class Sweep:
    """One size: seconds to find and lock what is due, bare and by Heed; to move all of it, bare and by Heed."""

    open: int
    due: int
    bare_found: float
    found: float
    bare_moved: float
    moved: float

    @property
    def ratio(self) -> float:
        """How many times as long as the bare question Heed takes to find and lock what is due."""
        return self.found / self.bare_found


def command(lines: int) -> int:
    """What `heed bench duties` runs: 1 when the sweep takes more than five times the bare question."""
    from heed.casework.progress import say

    sweeps = measured([FEW, lines], say)
    for line in table(sweeps):
        print(line)
    return 0 if sweeps[-1].ratio <= MOST_TIMES else 1


def measured(sizes: Sequence[int], say: Callable[[str], None] = lambda words: None) -> list[Sweep]:
    """A sweep of each size, smallest first, in one house on a PostgreSQL of its own."""
    from tests.on_postgresql import Server

    server = Server()
    try:
        say("Starting PostgreSQL")
        address = server.start()
        with TemporaryDirectory(prefix="heed-bench-") as place:
            where = {**os.environ, "HEED_DATABASE_URL": address, "HEED_DATA": place}
            say(
                f"A thousand concerns that fall due, then {', '.join(f'{size:,}' for size in sizes)} open duties"
            )
            done = subprocess.run(
                [sys.executable, "-m", "bench.duties.house", *map(str, sizes)],
                cwd=Path(__file__).parents[2], env=where, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
    finally:
        server.stop()
    return [Sweep(**json.loads(line)) for line in done.stdout.splitlines()]


def table(sweeps: Sequence[Sweep]) -> Iterator[str]:
    """The figures."""
    for each in sweeps:
        yield f"{each.open:,} open duties, {each.due:,} of them due"
        found, bare = each.found * 1000, each.bare_found * 1000
        yield f"  found and locked: heed {found:.1f} ms, bare {bare:.1f} ms, {each.ratio:.2f} times"
        yield (
            f"  moved and written: heed {each.moved:.2f} s with steps, sight and ledger; a bare worker, a row at a time, "
            f"{each.bare_moved:.2f} s, {each.moved / each.bare_moved:.2f} times"
        )
    few, many = sweeps[0], sweeps[-1]
    yield (
        f"{many.open // few.open} times as many that are not due: {many.found / few.found:.2f} times to find, "
        f"{many.moved / few.moved:.2f} times to move"
    )
    yield f"{'within' if many.ratio <= MOST_TIMES else 'not within'} {MOST_TIMES:g} times the bare question"
