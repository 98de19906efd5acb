"""Starting each linker on each set, watching it, and measuring what it found."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from bench.link.sets import FEBRL, made
from bench.surroundings import python_of, surroundings
from heed.core.identity.measuring import Quality, quality
from heed.core.records.explained import Explained

PEERS = {
    "exact": "exact rules",
    "recordlinkage": "recordlinkage, ECM",
    "dedupe": "dedupe, 800 labels",
    "splink": "plain Splink",
    "heed": "Heed",
}
ELSEWHERE = frozenset({"recordlinkage", "dedupe"})
SETS = ",".join(FEBRL)
SIZES, MINUTES, MOST_GB = "10000,100000,1000000", 15.0, 14.0
EVERY_SECONDS = 0.2
PARTS = ("prepare", "write", "train", "link")
WHAT_COUNTS = """\
prepare: reading the rows in. Heed cleans and folds names, dates, numbers and addresses here; the others take the rows as
they are. write: what Heed writes down of everybody once, whatever the model says: keys in their order, and numbers for
what is compared; the others do that while they link, so that the ratios say both. train: estimating a model without the
truth. link: finding pairs, weighing them, and grouping at one threshold. worked: seconds of processor of all of it. MB:
the most the process ever held.
Plain Splink has its library's comparisons, Heed's keys as its blocking rules and the training of its documentation, with
at most ten million pairs in a block (its own option; only a million files have more)."""


@dataclass(slots=True)
class Run:
    """One linker on one set: what it took, and how good what it found is; or why it was stopped."""

    peer: str
    people: str
    stopped: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    quality: Quality | None = None

    def seconds(self, part: str, clock: str = "seconds") -> float:
        """The seconds of one part of the work, by the clock or `worked`."""
        return float(self.told.get(clock, {}).get(part, 0.0))


def command(sets: str, sizes: str, peers: str, minutes: float) -> int:
    """What `heed bench link` runs: the table, and the ratios that are promised. They are said, never a condition."""
    from heed.casework.progress import say

    names = [one for one in (*sets.split(","), *sizes.split(",")) if one]
    asked = [one for one in peers.split(",") if one] or list(PEERS)
    for wrong in [*(set(asked) - set(PEERS)), *(n for n in names if n not in FEBRL and not n.isdigit())]:
        raise Explained(
            f"There is no {wrong!r} to measure. Sets: {SETS}; sizes: numbers of files, as {SIZES}; peers:"
            f" {', '.join(PEERS)}. Each with commas and without spaces; an empty text leaves all of a kind out."
        )
    with TemporaryDirectory(prefix="heed-bench-") as place:
        runs = []
        for run in measured(names, asked, minutes, Path(place), say):
            runs.append(run)
            say(line_of(run))
    for line in ("", *table(runs), "", WHAT_COUNTS, "", *ratios(runs)):
        print(line)
    return 0


def measured(
    names: Sequence[str], peers: Sequence[str], minutes: float, place: Path, say: Callable[[str], None]
) -> Iterator[Run]:
    """Every linker on every set, one at a time."""
    for name in names:
        say(f"Making the people of {name}")
        folder = made(name, place)
        truth = {str(n): str(who) for n, who in enumerate(_column(folder / "truth.parquet", "person"))}
        for peer in peers:
            say(f"{PEERS[peer]} on {name}")
            yield _run(peer, name, folder, truth, minutes)


def table(runs: Sequence[Run]) -> Iterator[str]:
    """One line a run."""
    yield (
        f"{'people':<9} {'linker':<20} {'prepare':>8} {'write':>8} {'train':>8} {'link':>8} {'worked':>8} {'MB':>7} "
        f"{'cut':>6} {'prec.':>7} {'recall':>7} {'F1':>7} {'cl.prec':>7} {'cl.rec':>7} {'cl.F1':>7}"
    )
    yield from map(line_of, runs)


def line_of(run: Run) -> str:
    """The figures of a run, or why there are none."""
    begun = f"{run.people:<9} {PEERS[run.peer]:<20} "
    if run.stopped or run.quality is None:
        return begun + run.stopped
    found = run.quality
    seconds = " ".join(f"{run.seconds(part):>8.2f}" for part in PARTS)
    worked = sum(run.seconds(part, "worked") for part in PARTS)
    figures = (found.precision, found.recall, found.f1, *_clusters(run), found.cluster_f1)
    return f"{begun}{seconds} {worked:>8.2f} {run.told['peak_mb']:>7.0f} {run.at:>6} " + " ".join(
        f"{one:>7.4f}" for one in figures
    )


def ratios(runs: Sequence[Run]) -> Iterator[str]:
    """Heed against plain Splink on each set, and Heed's growth tenfold."""
    done = {(run.peer, run.people): run for run in runs if run.quality is not None}
    for name in dict.fromkeys(run.people for run in runs):
        ours, theirs = done.get(("heed", name)), done.get(("splink", name))
        if ours and theirs and ours.quality and theirs.quality:
            yield (
                f"{name}: Heed against plain Splink: link {_times(theirs, ours, 'link')}, "
                f"with what is written down before {_times(theirs, ours, 'link', 'write')}, "
                f"train {_times(theirs, ours, 'train')}; "
                f"pairwise error {_less(ours.quality.f1, theirs.quality.f1)}, "
                f"cluster error {_less(ours.quality.cluster_f1, theirs.quality.cluster_f1)}"
            )
    for small, large in (("10000", "100000"), ("100000", "1000000")):
        before, after = done.get(("heed", small)), done.get(("heed", large))
        if before and after:
            yield (
                f"{small} to {large}: Heed's linking takes {after.seconds('link') / before.seconds('link'):.1f} times"
                f" as long ({after.seconds('link', 'worked') / before.seconds('link', 'worked'):.1f} of processor)"
            )


def _times(theirs: Run, ours: Run, *parts: str) -> str:
    by_clock, worked = (
        sum(theirs.seconds(part, clock) for part in parts)
        / max(sum(ours.seconds(part, clock) for part in parts), 1e-9)
        for clock in ("seconds", "worked")
    )
    return f"{by_clock:.2f} times as fast ({worked:.2f} of processor)"


def _less(ours: float, theirs: float) -> str:
    return f"{1 - (1 - ours) / max(1 - theirs, 1e-9):+.0%} lower ({1 - ours:.4f} to {1 - theirs:.4f})"


def _run(peer: str, name: str, folder: Path, truth: dict[str, str], minutes: float) -> Run:
    run = Run(peer, name)
    into = folder / peer
    into.mkdir(exist_ok=True)
    python = python_of("linkpeers") if peer in ELSEWHERE else sys.executable
    program = Path(__file__).parent / "peers" / f"{peer}_.py"
    (into / "said.txt").unlink(missing_ok=True)
    with (into / "said.txt").open("w") as said:
        process = subprocess.Popen(
            [python, str(program), str(folder), str(into)], stdout=said, stderr=said, env=surroundings()
        )
        run.stopped = _watched(process, minutes)
    if not run.stopped:
        run.told = json.loads((into / "told.json").read_text())
        _measure(run, into, truth)
    elif run.stopped == "failed":
        run.stopped += f": {(into / 'said.txt').read_text().strip()[-160:]}"
    return run


def _watched(process: "subprocess.Popen[bytes]", minutes: float) -> str:
    """Why the process was stopped; empty when it came to its end by itself."""
    began = time.monotonic()
    while process.poll() is None:
        why = ""
        if time.monotonic() - began > 60 * minutes:
            why = f"stopped: more than {minutes:g} minutes"
        elif _holds(process.pid) > MOST_GB * 1024:
            why = f"stopped: more than {MOST_GB:g} GB"
        if why:
            process.kill()
            process.wait()
            return why
        time.sleep(EVERY_SECONDS)
    return "failed" if process.returncode else ""


def _holds(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))


def _measure(run: Run, into: Path, truth: dict[str, str]) -> None:
    """The quality at each threshold; the best F1 stays."""
    for name in pq.ParquetFile(into / "found.parquet").schema_arrow.names:
        found = {str(n): str(who) for n, who in enumerate(_column(into / "found.parquet", name))}
        each = quality(found, truth)
        if run.quality is None or each.f1 > run.quality.f1:
            run.at, run.quality = name, each
            run.told["clusters"] = len(set(found.values()))


def _clusters(run: Run) -> tuple[float, float]:
    """Precision and recall over people reproduced exactly, from their F1 and the numbers of people."""
    found = run.quality
    if found is None:
        return 0.0, 0.0
    exact = found.cluster_f1 * (run.told["clusters"] + found.people) / 2
    return exact / run.told["clusters"], exact / found.people


def _column(file: Path, name: str) -> list[int]:
    values: list[int] = pq.read_table(file, columns=[name])[name].to_pylist()
    return values
