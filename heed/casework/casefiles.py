"""A case as a folder of files, replayed: records by agency, and case.json that says which files are one child's.

Nothing of it goes into the database, and nothing of the database into it: the answer rests on the files and on policy.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from heed.casework.policy import policy
from heed.casework.policy.thresholds import read_thresholds
from heed.core.patterns import DETECTORS
from heed.core.patterns.finding import Finding
from heed.core.records.explained import Explained
from heed.core.records.reading import parse
from heed.core.records.sources import source_key, source_of
from heed.core.review.asof import Kept
from heed.core.review.replayed import LEAST, Fired, Replayed, replayed
from heed.warehouse.build import in_memory
from heed.warehouse.detect import fit, replay
from heed.warehouse.facts import facts_of

ACTING = frozenset({"strategy_discussion", "section_47_enquiry", "disruption"})
"""Decisions by which somebody acts on a pattern, not on one child's day."""
TITLES = {each.name: each.title for each in DETECTORS}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A replayed case. `records` counts those of its children, `around` those of the area that it was looked at among."""

    name: str
    first: date
    last: date
    children: tuple[str, ...]
    agencies: tuple[str, ...]
    records: int
    around: int
    found: Replayed


def read_case(folder: Path, area: Path | None = None) -> CaseFile:
    """Replay the case of a folder day by day, within the records of an area: what is rare is rare beside something.
    Raises Explained where there is no case, or a line of it is no record."""
    case = _json(folder / "case.json")
    person_of = {source_key(tuple(source)): c["person"] for c in case["children"] for source in c["sources"]}
    lines = list(_lines(folder))
    kept = [_kept(row, line, person_of) for row, line in enumerate(lines, 1)]
    first, last = date.fromisoformat(case["from"]), date.fromisoformat(case["until"])
    around = list(_lines(area)) if area else []
    those = _json(area / "truth.json") if area else {"children": []}
    among = {source_key(tuple(source)): c["person"] for c in those["children"] for source in c["sources"]}
    rules = policy().duties
    found = replayed(
        kept, _fired([*lines, *around], among | person_of, frozenset(person_of.values()), first, last),
        person_of=person_of, last=last, ladder=policy().ladder, refusals=frozenset(rules.refusals),
        again=timedelta(days=rules.again_within_days), acting=ACTING,
    )  # fmt: skip
    children = tuple(dict.fromkeys(person_of.values()))
    agencies = tuple(sorted({each.agency for each in kept}))
    return CaseFile(case["name"], first, last, children, agencies, len(kept), len(around), found)


def _fired(
    lines: list[str], person_of: dict[str, str], ours: frozenset[str], first: date, last: date
) -> Iterator[Fired]:
    """What the detectors of this version, with the policy of today, would have raised of the case's children."""
    facts = facts_of(enumerate(lines, 1), ())
    sources = sorted({mention[3] for mention in facts.rows["mention"]})
    facts.rows["person_of"] = [(source, person_of.get(source, source)) for source in sources]
    house = in_memory(facts)
    limits = read_thresholds()
    try:
        # As a house would have: from which strength patterns are told follows from the records before each month.
        fitted = fit(house, first, last, limits)
        for each in replay(house, first, last, 1, limits, thresholds=fitted):
            here = {person for person, _ in each.children} & ours
            if len(here) >= LEAST or (here and len(each.children) == 1):
                yield _as_fired(each, here)
    finally:
        house.close()


def _as_fired(finding: Finding, children: set[str]) -> Fired:
    return Fired(
        finding.as_of, TITLES[finding.detector], frozenset(children), finding.statement, finding.evidence
    )


def _kept(row: int, line: str, person_of: dict[str, str]) -> Kept:
    """A line as if Heed had received it when it was written down: nobody replays what came late."""
    told = parse(json.loads(line)).record
    if told is None:
        raise Explained(f"line {row} of the case is no record of version 1: `heed import records` says why.")
    sources = frozenset(source_key(source_of(told, each)) for each in told.people) & person_of.keys()
    return Kept(row, told.agency, told.ref, told.revision, told.recorded_at, told.recorded_at, told, sources)


def _lines(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.jsonl")):
        yield from (line for line in file.read_text(encoding="utf-8").split("\n") if line.strip())


def _json(file: Path) -> dict[str, Any]:
    if not file.exists():
        raise Explained(
            f"there is no {file.name} in {file.parent}: a case is a folder of records with case.json beside them."
        )
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told
