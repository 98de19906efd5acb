"""`heed bench knew`: who knew what, any (child, day) of the county, beside a hand-written SQL of the same question.

Both in one run on one SQLite file, alternately. The SQL reads tables made for it: documents unsealed, one row for each
record shown in a look, one for each person told. Heed opens sealed documents, reads the looks out of the ledger, weighs
revisions and batches, and writes that it was asked before it answers.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_MS, MOST_TIMES = 150.0, 3.0
QUESTIONS, LOOKS = 400, 20_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds at the median and at p95 of both ways, and what they were asked among."""

    records: int
    looks: int
    duties: int
    questions: int
    rows: float
    heed: float
    heed_p95: float
    sql: float
    sql_p95: float

    @property
    def ratio(self) -> float:
        """How many times as long as the SQL Heed takes at p95."""
        return self.heed_p95 / self.sql_p95


def command(county: Path | None, town: str, seed: int) -> int:
    """What `heed bench knew` runs: 1 when p95 is over 150 ms. The ratio is said: the SQL does not do all of it."""
    from heed.casework.progress import say

    with TemporaryDirectory(prefix="heed-bench-") as place:
        found = measured(
            county or _made(Path(place) / "county", town, seed, say), Path(place) / "house", seed, say
        )
    for line in table(found):
        print(line)
    return int(found.heed_p95 > MOST_MS)


def measured(folder: Path, house: Path, seed: int, say: Callable[[str], None] = lambda words: None) -> Asked:
    """Import the county into a house of its own and ask."""
    where = {**os.environ, "HEED_DATA": str(house)}
    where.pop("HEED_DATABASE_URL", None)
    files = [str(file) for file in sorted(folder.glob("*.jsonl"))]
    say("Importing the county")
    heed = [sys.executable, "-m", "heed.config.cli"]
    subprocess.run([*heed, "import", "records", *files], env=where, stdout=subprocess.DEVNULL, check=True)
    say(f"Asking {QUESTIONS} questions both ways")
    told = subprocess.run(
        [sys.executable, "-m", "bench.knew.house", str(folder), str(seed)],
        cwd=Path(__file__).parents[2], env=where, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return Asked(**json.loads(told.stdout.splitlines()[-1]))


def table(found: Asked) -> Iterator[str]:
    """The figures."""
    yield (
        f"{found.records:,} records, {found.looks:,} looks, {found.duties:,} duties; {found.questions} random "
        f"(child, day), {found.rows:.0f} records each"
    )
    yield f"heed knew:        p50 {found.heed:.1f} ms, p95 {found.heed_p95:.1f} ms (at most {MOST_MS:g})"
    yield f"hand-written SQL: p50 {found.sql:.1f} ms, p95 {found.sql_p95:.1f} ms"
    within = "within" if found.ratio <= MOST_TIMES else "not within"
    yield f"ratio at p95: {found.ratio:.2f}, {within} {MOST_TIMES:g} times"


def _made(place: Path, town: str, seed: int, say: Callable[[str], None]) -> Path:
    from synthetic.town import TOWNS
    from synthetic.write import generate

    say(f"Making the {town} with seed {seed}")
    generate(TOWNS[town], seed, TOWNS[town].until, place)
    return place
