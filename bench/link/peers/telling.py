"""What every linker's program has in common: the rows in, its people and figures out. Needs pyarrow, nothing of Heed."""

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
"""Where a linker that gives probabilities may be cut: the best counts, chosen with the truth."""


def asked() -> tuple[Path, Path]:
    """The set's folder and the folder for the answer, from the command line."""
    return Path(sys.argv[1]), Path(sys.argv[2])


def rows(place: Path) -> pa.Table:
    """The set: one row a file, its place in the order as `unique_id`, without columns nobody filled."""
    table = pq.read_table(place / "people.parquet")
    empty = [name for name in table.column_names if table[name].null_count == len(table)]
    return table.drop_columns(empty).add_column(0, "unique_id", pa.array(range(len(table)), pa.int64()))


class Told:
    """The seconds of each part of the work, those of processor beside them, and who is who at each threshold."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        self.notes: dict[str, Any] = {}
        self.found: dict[str, Sequence[int]] = {}

    def timed[T](self, part: str, work: Callable[[], T]) -> T:
        """Do a part of the work and remember how long it took."""
        began, working = time.perf_counter(), time.process_time()
        done = work()
        self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - began
        self.worked[part] = self.worked.get(part, 0.0) + time.process_time() - working
        return done

    def write(self, into: Path) -> None:
        """Write the people found, the seconds, and the most memory this process ever held."""
        columns: Mapping[str, pa.Array] = {
            name: pa.array(each, pa.int64()) for name, each in self.found.items()
        }
        pq.write_table(pa.table(columns), into / "found.parquet")
        told = {"seconds": self.seconds, "worked": self.worked, "notes": self.notes, "peak_mb": peak_mb()}
        (into / "told.json").write_text(json.dumps(told))


def peak_mb() -> float:
    """VmHWM of this process in MB; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def grouped(many: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """The group of each row, from pairs that belong together: union-find."""
    parent = list(range(many))

    def top(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, right in pairs:
        parent[top(left)] = top(right)
    return [top(one) for one in range(many)]
