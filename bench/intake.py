"""Records a second through `heed import records`, beside a bare `executemany` of the very rows that the import wrote.

The bare side has what an import leaves behind handed to it: every row of every table, the same schema with its
indexes and foreign keys, the same pragmas, and a commit wherever the import had one. It reads no JSON, checks nothing,
computes nothing. What is left between the two is what Heed does with a record before it is a row.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.rows import bare

MOST_TIMES = 4.0
EVERY_SECONDS = 0.25


@dataclass(slots=True)
class Watched:
    """An import in a process of its own: how long it took, and its peak memory in MB when a tenth, and all, was in."""

    seconds: float = 0.0
    worked: float = 0.0
    """Seconds of processor: what is left of the ratio on a machine that others use too."""
    tenth: float = 0.0
    whole: float = 0.0
    account: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bare:
    """The same rows inserted bare: how many, in how many seconds, of which so many of processor."""

    rows: int
    seconds: float
    worked: float


def command(seed: int, lines: int) -> int:
    """What `heed bench intake` runs: the figures, and whether the import keeps within four times the bare insert. The
    ratio is said, never a condition: it is the machine's as much as Heed's."""
    from heed.casework.progress import say

    watched, beside = measured(lines, seed, say)
    for line in table(lines, watched, beside):
        print(line)
    within = "within" if watched.seconds <= MOST_TIMES * beside.seconds else "not within"
    print(f"{within} {MOST_TIMES:g} times the bare insert on this machine today")
    return 0


def measured(lines: int, seed: int, say: Callable[[str], None] = lambda words: None) -> tuple[Watched, Bare]:
    """Import so many records, and insert what that wrote."""
    with TemporaryDirectory(prefix="heed-bench-") as place:
        folder = Path(place)
        say(f"Writing {lines:,} records of a fictional town")
        write(folder / "records.jsonl", lines, seed)
        say("Importing them")
        watched = imported(folder, lines)
        say("Inserting the same rows bare")
        return watched, Bare(*bare(folder / "house" / "heed.sqlite3", folder / "bare.sqlite3"))


def table(lines: int, watched: Watched, beside: Bare) -> Iterator[str]:
    """The figures."""
    yield f"{lines:,} records, {beside.rows:,} rows in all tables"
    yield f"heed import records: {watched.seconds:.1f} s, {lines / watched.seconds:,.0f} records a second"
    yield f"bare executemany:    {beside.seconds:.1f} s, {lines / beside.seconds:,.0f} records a second"
    yield (
        f"ratio: {watched.seconds / beside.seconds:.2f} (at most {MOST_TIMES:g}); of processor time "
        f"{watched.worked / beside.worked:.2f}, {watched.worked:.1f} s to {beside.worked:.1f} s"
    )
    yield f"peak memory: {watched.tenth:.0f} MB at a tenth, {watched.whole:.0f} MB at the end"


def write(file: Path, lines: int, seed: int) -> None:
    """The town's records, over and over, each time with other references: other records about other people."""
    from synthetic.town import TOWNS
    from synthetic.write import generate

    with TemporaryDirectory() as place:
        generate(TOWNS["small"], seed, TOWNS["small"].until, Path(place))
        town = [
            json.loads(line)
            for each in sorted(Path(place).glob("*.jsonl"))
            for line in each.read_text(encoding="utf-8").splitlines()
        ]
    with file.open("w", encoding="utf-8") as out:
        for number in range(lines):
            copy, which = divmod(number, len(town))
            out.write(json.dumps(_renamed(town[which], copy), ensure_ascii=False) + "\n")


def _renamed(document: dict[str, Any], copy: int) -> dict[str, Any]:
    people = [
        {**each, "ref": f"{each['ref']}.{copy}"} if "ref" in each else each
        for each in document.get("people", ())
    ]
    return {**document, "ref": f"{document['ref']}.{copy}", "people": people}


def imported(folder: Path, lines: int) -> Watched:
    """Run the import as a person would, and watch its memory from outside."""
    house, heed, where = folder / "house", _command(folder / "house"), _compiled(folder)
    subprocess.run([*heed, "duties"], check=True, capture_output=True, env=where)
    watched = Watched()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    before = used.ru_utime + used.ru_stime
    began = time.perf_counter()
    with (folder / "account.json").open("w") as out:
        program = subprocess.Popen(
            [*heed, "import", "records", str(folder / "records.jsonl"), "--json"], stdout=out, env=where
        )
        watching = threading.Thread(target=_watch, args=(program, house / "heed.sqlite3", lines, watched))
        watching.start()
        code = program.wait()
        watched.seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        watched.worked = used.ru_utime + used.ru_stime - before
        watching.join()
    watched.account = json.loads((folder / "account.json").read_text() or "{}")
    if code or watched.account["accepted"] + watched.account["superseding"] != lines:
        raise RuntimeError(f"the import ended with {code}: {watched.account}")
    return watched


def _command(house: Path) -> list[str]:
    return [sys.executable, "-c", "from heed.config.cli import main; main()", "--data", str(house)]


def _compiled(folder: Path) -> dict[str, str]:
    """The environment of an import that is not this machine's first: what it loads was compiled before."""
    where = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    where["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    first = folder / "first.jsonl"
    with (folder / "records.jsonl").open("rb") as records:
        first.write_bytes(records.readline())
    command = [*_command(folder / "first"), "import", "records", str(first)]
    subprocess.run(command, check=True, capture_output=True, env=where)
    return where


def _watch(program: "subprocess.Popen[bytes]", file: Path, lines: int, watched: Watched) -> None:
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        while program.poll() is None:
            for peak in _peaks(program.pid):
                watched.whole = max(watched.whole, peak)
                (saved,) = database.execute("select coalesce(max(id), 0) from casework_record").fetchone()
                if saved <= lines // 10 or not watched.tenth:
                    watched.tenth = watched.whole
            time.sleep(EVERY_SECONDS)
    database.close()


def _peaks(pid: int) -> Iterator[float]:
    """The most memory a process, and each it started, has held so far, in MB together; nothing where the system does
    not say."""
    try:
        started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        yield sum(_peak(Path(f"/proc/{each}/status")) for each in (pid, *started))
    except OSError:
        return


def _peak(status: Path) -> float:
    told = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return sum(int(line.split()[1]) / 1024 for line in told)
