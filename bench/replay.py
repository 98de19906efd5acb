"""When each planted network was first visible, and when the fictional managers first acted on it.

Reads a folder of `heed synth` straight into a warehouse in memory, with the county's own truth of who is
who, so that it measures noticing and not linking. Prints the table, and the alerts a week of two rules of
practice beside Heed's: three episodes in 90 days, three children at a place in 90 days.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from heed.core.patterns.finding import Finding
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.detect import Policy, replay
from heed.warehouse.facts import Facts, facts_of

LEAST_PURITY, LEAST_CHILDREN = 0.5, 3

THREE_EPISODES = """
with steps as (
  select person, recorded_s, count(*) over (
    partition by person order by at_s range between 7776000 preceding and current row) as seen
  from episode
),
risen as (
  select person, recorded_s, seen, lag(recorded_s) over (partition by person order by recorded_s) as before
  from steps where seen >= 3
)
select count(*) as alerts from risen where before is null or recorded_s - before > 7776000
"""
THREE_CHILDREN = """
with raised as (
  select a.hub, a.recorded_s
  from touch a join touch b on b.hub = a.hub and b.kind = a.kind and b.at_s <= a.at_s and b.at_s > a.at_s - 7776000
  where a.kind = 'place'
  group by a.hub, a.record_id, a.recorded_s
  having count(distinct b.person) >= 3
),
risen as (
  select hub, recorded_s, lag(recorded_s) over (partition by hub order by recorded_s) as before from raised
)
select count(*) as alerts from risen where before is null or recorded_s - before > 7776000
"""


@dataclass(slots=True)
class Planted:
    """One network of the town, and what Heed and its managers made of it."""

    name: str
    children: frozenset[str]
    connected: date | None
    acted: date | None
    in_records: bool
    findings: list[tuple[Finding, float]] = field(default_factory=list)

    @property
    def first(self) -> Finding | None:
        """The first finding that names at least three of its children with purity of a half or more."""
        return min((f for f, _ in self.findings), key=lambda f: f.as_of, default=None)


@dataclass(slots=True)
class Outcome:
    """A whole replay measured against the truth."""

    networks: list[Planted]
    findings: list[Finding]
    strays: list[Finding]
    weeks: float
    seconds: float
    load_seconds: float
    baselines: dict[str, float]


def run(folder: Path, policy: Policy, say: Callable[[str], None] = lambda words: None) -> Outcome:
    """Replay a synth folder week by week and hold it against its truth."""
    began = time.perf_counter()
    truth = json.loads((folder / "truth.json").read_text())
    warehouse = in_memory(read(folder, truth))
    loaded = time.perf_counter()
    first, last = date.fromisoformat(truth["from"]), date.fromisoformat(truth["until"])
    findings = list(replay(warehouse, first, last, 7, policy, say))
    done = time.perf_counter()
    weeks = (last - first).days / 7
    networks = [_planted(entry) for entry in truth["networks"]]
    strays = [f for f in findings if not _credit(f, networks)]
    return Outcome(
        networks, findings, strays, weeks, done - began, loaded - began, _baselines(warehouse, weeks)
    )


def read(folder: Path, truth: dict[str, Any]) -> Facts:
    """The facts of every agency's file, with the truth of who is who."""
    people: dict[str, str] = {}
    for child in truth["children"]:
        people.update({f"{agency} {ref}": child["person"] for agency, ref in child["sources"]})
    lines = [
        line
        for file in sorted(folder.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]
    facts = facts_of(enumerate(lines, 1), ())
    sources = {source for _, _, _, source, _ in facts.rows["mention"]}
    facts.rows["person_of"] = [(source, people.get(source, source)) for source in sorted(sources)]
    return facts


def table(outcome: Outcome) -> Iterator[str]:
    """The lines of the report."""
    heads = ("network", "evidence joins", "visible on", "first acted on", "weeks between", "purity", "rule")
    widths = (12, 15, 12, 15, 14, 7, 0)
    yield " ".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
    for network in outcome.networks:
        first = network.first
        purity = max((p for f, p in network.findings if f is first), default=0.0)
        yield (
            f"{network.name:<12} {network.connected or '-'!s:<15} {first.as_of if first else 'never'!s:<12} "
            f"{network.acted or 'never'!s:<15} {_weeks(first, network.acted):<14} {purity:<7.2f} "
            f"{first.detector if first else ''}"
        )
    patterns = [f for f in outcome.findings if f.detector != "own_rate"]
    stray_patterns = [f for f in outcome.strays if f.detector != "own_rate"]
    named = sum(network.first is not None for network in outcome.networks)
    yield ""
    yield f"{named} of {len(outcome.networks)} networks named with purity of a half or more"
    rate, strays = len(patterns) / outcome.weeks, len(stray_patterns) / outcome.weeks
    yield f"patterns across children: {rate:.3f} a week, {strays:.3f} without a network"
    yield f"changes in one child: {(len(outcome.findings) - len(patterns)) / outcome.weeks:.3f} a week"
    for name, often in outcome.baselines.items():
        yield f"{name}: {often:.2f} a week, {often / max(rate, 1e-9):.0f} times Heed's patterns"
    yield f"{outcome.seconds:.1f} s in all, {outcome.load_seconds:.1f} s of it reading"


def command(county: Path | None, town: str, seed: int) -> int:
    """What `heed bench replay` runs. 0 when every network whose evidence is in the records was named."""
    from heed.casework.policy.thresholds import read_thresholds
    from heed.casework.progress import say

    with TemporaryDirectory() as place:
        outcome = run(county or _made(Path(place), town, seed, say), read_thresholds(), say)
    for line in table(outcome):
        print(line)
    return int(any(network.in_records and network.first is None for network in outcome.networks))


def _made(place: Path, town: str, seed: int, say: Callable[[str], None]) -> Path:
    """The fictional county, made for this measurement alone."""
    from synthetic.town import TOWNS
    from synthetic.write import generate

    say(f"Making the {town} with seed {seed}")
    generate(TOWNS[town], seed, TOWNS[town].until, place)
    return place


def _planted(entry: dict[str, Any]) -> Planted:
    def day(key: str) -> date | None:
        return date.fromisoformat(entry[key]) if entry.get(key) else None

    children = frozenset(child["person"] for child in entry["children"])
    return Planted(
        entry["name"],
        children,
        day("evidence_connected_on"),
        day("first_acted_on"),
        bool(entry["evidence_in_records"]),
    )


def _credit(finding: Finding, networks: list[Planted]) -> bool:
    """Whether a finding names a network; if so it is kept with it."""
    people = {person for person, _ in finding.children}
    for network in networks:
        inside = len(people & network.children)
        if inside >= LEAST_CHILDREN and inside / len(people) >= LEAST_PURITY:
            network.findings.append((finding, inside / len(people)))
            return True
    return False


def _weeks(first: Finding | None, acted: date | None) -> str:
    if first is None or acted is None:
        return "-"
    return str((acted - first.as_of) // timedelta(weeks=1))


def _baselines(warehouse: Warehouse, weeks: float) -> dict[str, float]:
    rules = {
        "three episodes of a child in 90 days": THREE_EPISODES,
        "three children at a place in 90 days": THREE_CHILDREN,
    }
    return {name: int(warehouse.ask(sql, {})["alerts"][0]) / weeks for name, sql in rules.items()}
