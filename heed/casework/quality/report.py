"""The figures of the page on quality, all of them: from the newest draw, what people said of it, and the counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heed.casework.linking.in_force import model_in_force
from heed.casework.models import Agency, ClericalSample, LinkingCount
from heed.casework.policy.quality import QualityRules, quality_rules
from heed.casework.quality.counting import FILES, LINKED, expected_bits
from heed.casework.quality.groups import ByFact, by_group
from heed.casework.quality.judged import Answered, Design, Word, answered, design_of, first_said, told
from heed.core.identity.comparisons import COMPARISONS
from heed.core.identity.sampling import JOINED, Estimate, Told, Unknown, at_worst, precision, recall

__all__ = ["ByFact", "Counted", "Figure", "Month", "Report", "Sample", "report"]
type Figure = Estimate | Unknown


@dataclass(frozen=True, slots=True)
class Band:
    """One band: pairs in all, drawn, and what was said of them."""

    told: Told
    drawn: int


@dataclass(frozen=True, slots=True)
class OfAgency:
    """The pairs in which one agency has a file: judged, found joined wrongly, found missed, and both figures."""

    name: str
    judged: int
    wrong: int
    missed: int
    precision: Figure
    recall: Figure


@dataclass(frozen=True, slots=True)
class OfComparison:
    """How often a comparison spoke against, for, or not at all, in pairs joined wrongly and in pairs missed."""

    title: str
    wrong: tuple[int, int, int]
    missed: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Sample:
    """The newest draw and its figures. `worst`: precision and recall if nobody could tell of any pair not judged yet."""

    number: int
    seed: str
    model: str
    at: datetime
    bands: tuple[Band, ...]
    precision: Figure
    recall: Figure
    worst: tuple[Figure, Figure]
    agencies: tuple[OfAgency, ...]
    comparisons: tuple[OfComparison, ...]
    groups: tuple[ByFact, ...]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one comparison weighs among joined pairs of a month, beside what training expects, in bits."""

    title: str
    links: int
    bits: float
    expected: float
    moved: bool


@dataclass(frozen=True, slots=True)
class Month:
    """What was linked of files first written of in one month."""

    month: str
    files: int
    linked: int
    bands: Mapping[str, int]
    weights: tuple[Weight, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The newest counts; `concern` says of what mentions of people of concern have in common how many links are joined
    and how many wait; `before` are the share linked and the instant of the counts before it."""

    at: datetime
    model: str
    files: int
    linked: int
    months: tuple[Month, ...]
    agencies: tuple[tuple[str, int, int, int], ...]
    concern: tuple[tuple[str, int, int], ...]
    before: tuple[tuple[datetime, int, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. None where nothing was drawn or counted yet."""

    model: str
    sample: Sample | None
    counted: Counted | None


def report() -> Report:
    """The figures as they stand now; counts only, nobody in them."""
    names = dict(Agency.objects.values_list("code", "name"))
    rules = quality_rules()
    newest = ClericalSample.objects.order_by("-pk").first()
    return Report(
        model=model_in_force().version,
        sample=_sample(newest, names, rules) if newest else None,
        counted=_counted(names, rules),
    )


def _sample(row: ClericalSample, names: Mapping[str, str], rules: QualityRules) -> Sample:
    design, found = design_of(row), answered(row)
    bands = told(design, found)
    worst = at_worst(bands, dict(design.drawn))
    agencies = sorted({code for each in design.agencies.values() for code in each})
    return Sample(
        number=row.pk,
        seed=row.seed,
        model=row.model,
        at=row.at,
        bands=tuple(Band(each, design.drawn.get(each.band, 0)) for each in bands),
        precision=precision(bands, rules.least),
        recall=recall(bands, rules.least),
        worst=(precision(worst, rules.least), recall(worst, rules.least)),
        agencies=tuple(_of_agency(code, names.get(code, code), design, found, rules) for code in agencies),
        comparisons=_of_comparisons(found),
        groups=tuple(by_group(design, first_said(row), rules)),
    )


def _wrong(each: Answered) -> bool:
    return each.band in JOINED and each.word is Word.DIFFERENT


def _missed(each: Answered) -> bool:
    return each.band not in JOINED and each.word is Word.SAME


def _of_agency(
    code: str, name: str, design: Design, found: Sequence[Answered], rules: QualityRules
) -> OfAgency:
    theirs, bands = [each for each in found if code in each.agencies], told(design, found, code)
    return OfAgency(
        name=name,
        judged=len(theirs),
        wrong=sum(map(_wrong, theirs)),
        missed=sum(map(_missed, theirs)),
        precision=precision(bands, rules.least),
        recall=recall(bands, rules.least),
    )


def _of_comparisons(found: Sequence[Answered]) -> tuple[OfComparison, ...]:
    wrong, missed = list(filter(_wrong, found)), list(filter(_missed, found))
    if not wrong and not missed:
        return ()
    return tuple(
        OfComparison(one.title, _spoke(one.name, wrong), _spoke(one.name, missed)) for one in COMPARISONS
    )


def _spoke(name: str, pairs: Sequence[Answered]) -> tuple[int, int, int]:
    bits = [each.terms.get(name) for each in pairs]
    against = sum(1 for one in bits if one is not None and one < 0)
    silent = sum(1 for one in bits if one is None)
    return against, len(bits) - against - silent, silent


def _counted(names: Mapping[str, str], rules: QualityRules) -> Counted | None:
    rows = list(LinkingCount.objects.order_by("-pk")[:12])
    if not rows:
        return None
    newest, counts = rows[0], json.loads(rows[0].counts)
    expected = expected_bits(model_in_force())
    months = sorted(counts["months"].items(), reverse=True)
    older = [(row.at, json.loads(row.counts)) for row in rows[1:]]
    return Counted(
        at=newest.at,
        model=newest.model,
        files=counts[FILES],
        linked=counts[LINKED],
        months=tuple(_month(month, line, expected, rules) for month, line in months if month),
        agencies=tuple(
            (names.get(code, code), line[FILES], line[LINKED], line["review"])
            for code, line in sorted(counts["agencies"].items())
        ),
        concern=tuple(
            (common, joined, review)
            for common, (joined, review) in sorted(
                counts.get("concern", {}).items(), key=lambda one: (-sum(one[1]), one[0])
            )
        ),
        before=tuple((at, line[LINKED], line[FILES]) for at, line in older),
    )


def _month(month: str, line: Mapping[str, Any], expected: Mapping[str, float], rules: QualityRules) -> Month:
    titles = {one.name: one.title for one in COMPARISONS}
    weights = [
        _weight(titles[name], links, bits / links, expected[name], rules)
        for name, (links, bits) in sorted(line["compared"].items())
        if name in titles and name in expected and links
    ]
    return Month(month, line[FILES], line[LINKED], line["bands"], tuple(weights))


def _weight(title: str, links: int, bits: float, expected: float, rules: QualityRules) -> Weight:
    moved = links >= rules.drift_links and abs(bits - expected) >= rules.drift_bits
    return Weight(title, links, bits, expected, moved)
