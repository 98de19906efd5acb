"""One person who arrives against all who are known: Heed's own live path on a house of its own, beside Splink's call.

The house is filled bare with so many people: sealed profiles, keys, links and persons as linking everybody writes them
(but for the words of links). Those who arrive were left out of it and come as records, one after the other.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.link.sets import made

ARRIVING, CALLS = 300, 15
P95_MS, TIMES = 10.0, 50.0


def command(sizes: str) -> int:
    """What `heed bench live` runs, at the largest of the sizes. The figures are said, never a condition."""
    from heed.casework.progress import say

    many = max(int(one) for one in sizes.split(",") if one)
    with TemporaryDirectory(prefix="heed-bench-") as place:
        say(f"Making {many:,} people, and {ARRIVING} who will arrive")
        folder = made(str(many + ARRIVING), Path(place))
        say("Filling a house with them, then letting the others arrive")
        ours = run("house", folder, Path(place) / "house")
        say("Asking Splink the same")
        theirs = run("splink_call", folder, Path(place) / "house")
    for line in table(many, ours, theirs):
        print(line)
    return 0


def run(program: str, folder: Path, house: Path) -> dict[str, Any]:
    """Run one side in a process of its own; its figures."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.live.{program}", str(folder), str(ARRIVING), str(CALLS)],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env=dict(os.environ, HEED_DATA=str(house)),
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def table(many: int, ours: dict[str, Any], theirs: dict[str, Any]) -> Iterator[str]:
    """The figures, in milliseconds."""
    yield f"{many:,} people known, {ours['arrived']} arrive; filling took {ours['filled']:.0f} s"
    rows = (
        ("found, weighed and explained", ours["asked"]),
        ("the whole of it, written and committed", ours["linked"]),
        ("Splink's predict_between", theirs["asked"]),
    )
    yield f"{'milliseconds for one person':<40} {'median':>8} {'p95':>8} {'worst':>8}"
    for name, taken in rows:
        yield f"{name:<40} {at(taken, 0.5):>8.2f} {at(taken, 0.95):>8.2f} {max(taken):>8.2f}"
    times = at(theirs["asked"], 0.5) / at(ours["asked"], 0.5)
    whole = at(theirs["asked"], 0.5) / at(ours["linked"], 0.5)
    yield f"Heed's answer comes {times:,.0f} times as fast as Splink's (at least {TIMES:g}), {whole:,.0f} written down"
    yield f"p95 {at(ours['asked'], 0.95):.2f} ms (at most {P95_MS:g}); {ours['pairs']} links found"
    yield f"memory: Heed {ours['peak_mb']:.0f} MB, filling the house included; Splink {theirs['peak_mb']:.0f} MB"


def at(taken: list[float], share: float) -> float:
    """The value under which that share of the values lies."""
    return sorted(taken)[min(len(taken) - 1, int(share * len(taken)))]
