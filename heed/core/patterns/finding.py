"""A finding: the line of JSON that spec/records.md promises."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from heed.core.patterns.raised import Standing
from heed.core.records.sources import Source

type SourcesOf = Callable[[str, int], Sequence[Source]]
"""All sources of a person that were recorded by the end of a day (days since 1970-01-01)."""

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as it stands on `as_of`. `rank` orders what was raised in one step, strongest first."""

    finding: str
    detector: str
    version: str
    first_raised: date
    as_of: date
    rank: int
    children: tuple[tuple[str, tuple[Source, ...]], ...]
    hubs: tuple[Mapping[str, str], ...]
    evidence: tuple[Source, ...]
    against: tuple[str, ...]
    denominator: str
    statement: str
    strength: float
    chance: float
    terms: tuple[tuple[str, float], ...] = ()

    def document(self) -> dict[str, Any]:
        """The keys of the specification, in its order."""
        return {
            "finding": self.finding,
            "detector": self.detector,
            "version": self.version,
            "first_raised": self.first_raised.isoformat(),
            "as_of": self.as_of.isoformat(),
            "rank": self.rank,
            "children": [
                {"person": p, "sources": [list(s) for s in sources]} for p, sources in self.children
            ],
            "hubs": [dict(hub) for hub in self.hubs],
            "evidence": [list(source) for source in self.evidence],
            "against": list(self.against),
            "denominator": self.denominator,
            "statement": self.statement,
            "strength": self.strength,
            "chance": self.chance,
        }

    def line(self) -> str:
        """One line of JSON, no line end."""
        return json.dumps(self.document(), ensure_ascii=False, allow_nan=False)

    def kept(self) -> str:
        """The line as casework keeps it for its pages: with `terms`, the parts of the strength, last."""
        document = self.document() | {"terms": dict(self.terms)}
        return json.dumps(document, ensure_ascii=False, allow_nan=False)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def identity(detector: str, anchor: str) -> str:
    """`shared_place:4f1c…`: the detector and 16 hexadecimal digits of its anchor."""
    return f"{detector}:{hashlib.sha256(anchor.encode()).hexdigest()[:16]}"


def ranked(standing: Iterable[Standing], single: frozenset[str]) -> list[Standing]:
    """Strongest first; changes in a single child (`single`: those detectors) after patterns across children."""
    return sorted(
        standing,
        key=lambda s: (s.raised.detector in single, -s.raised.strength, s.raised.detector, s.anchor),
    )


def finding_of(standing: Standing, as_of: int, rank: int, sources_of: SourcesOf) -> Finding:
    """A standing finding in the shape of the specification. Days are days since 1970-01-01."""
    raised = standing.raised
    records = sorted({(e.agency, e.ref) for e in raised.evidence})
    return Finding(
        finding=identity(raised.detector, standing.anchor),
        detector=raised.detector,
        version=raised.version,
        first_raised=EPOCH + timedelta(days=standing.first.day),
        as_of=EPOCH + timedelta(days=as_of),
        rank=rank,
        children=tuple((person, tuple(sources_of(person, as_of))) for person in sorted(raised.people)),
        hubs=tuple({"kind": hub.kind, "key": hub.key, "label": hub.label} for hub in raised.hubs),
        evidence=tuple(records),
        against=raised.against,
        denominator=raised.denominator,
        statement=raised.statement,
        strength=round(raised.strength, 2),
        chance=float(f"{raised.chance:.2g}"),
        terms=tuple((name, round(value, 2)) for name, value in raised.terms),
    )
