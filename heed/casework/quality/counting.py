"""Counting what linking made of everything: how many are linked, the size of each band, what comparisons weigh.

By month in which the newer of two files was first written of, and by agency: a change over the months says that the
files have changed, or that the model no longer fits them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from heed.casework.linking.in_force import model_in_force
from heed.casework.models import Link, Mention, Source
from heed.core.identity.model import Model
from heed.warehouse.linking.adults import in_words
from heed.warehouse.linking.frame import SURE

AT_ONCE = 20000
OF_CONCERN = frozenset({"alias", "thing"})
"""Comparisons that are made of people of concern only."""
LINKED, FILES = "linked", "files"


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts under a model: {"files", "linked", "months": {"2026-03": {...}}, "agencies": {...}, "concern": {what two
    mentions of people of concern have in common: [joined, to review]}}, no name in them."""

    model: str
    counts: dict[str, Any]


def count() -> Counted:
    """Count everything as it is linked now. Reads links as they are kept; opens no record."""
    model = model_in_force()
    months = _first_months()
    by_month: dict[str, dict[str, Any]] = defaultdict(_nothing)
    by_agency: dict[str, dict[str, int]] = defaultdict(lambda: {FILES: 0, LINKED: 0, "review": 0})
    shared = set(
        Source.objects.values("person").annotate(files=Count("key")).filter(files__gt=1).values_list("person", flat=True)
    )  # fmt: skip
    for key, agency, person in Source.objects.values_list("key", "agency_id", "person").iterator(AT_ONCE):
        for line in (by_month[months.get(key, "")], by_agency[agency]):
            line[FILES] += 1
            line[LINKED] += person in shared
    concern: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for left, right, probability, terms in _links():
        month = by_month[max(months.get(left, ""), months.get(right, ""))]
        band = _band(probability, model)
        month["bands"][band] += 1
        if common := _in_common(terms):
            concern[common][band == "review"] += 1
        if band == "review":
            for agency in {left.partition(" ")[0], right.partition(" ")[0]}:
                by_agency[agency]["review"] += 1
        else:
            _weigh(month["compared"], terms, model)
    whole = {name: sum(line[name] for line in by_agency.values()) for name in (FILES, LINKED)}
    return Counted(
        model.version,
        {**whole, "months": dict(by_month), "agencies": dict(by_agency), "concern": dict(concern)},
    )


def expected_bits(model: Model) -> dict[str, float]:
    """What each comparison weighs on average among true pairs, in bits, if files are as they were in training."""
    return {
        name: sum(chances.m * model.weight(name, level) for level, chances in levels.items())
        for name, levels in model.chances.items()
    }


def _nothing() -> dict[str, Any]:
    return {FILES: 0, LINKED: 0, "bands": {"sure": 0, "near": 0, "review": 0}, "compared": {}}


def _band(probability: float, model: Model) -> str:
    if probability < model.link_at:
        return "review"
    return "sure" if probability >= SURE else "near"


def _weigh(compared: dict[str, list[float]], terms: str, model: Model) -> None:
    """Add a link's comparisons: how many and their bits, each level at its average, so that a rare name is no drift."""
    for name, level, _ in json.loads(terms):
        if level in model.chances.get(name, {}):
            line = compared.setdefault(name, [0, 0.0])
            line[0] += 1
            line[1] = round(line[1] + model.weight(name, level), 4)


def _in_common(terms: str) -> str:
    """What two mentions of people of concern have in common, in words; empty for children."""
    levels = {name: level for name, level, _ in json.loads(terms)}
    return in_words(levels) if OF_CONCERN & levels.keys() else ""


def _first_months() -> dict[str, str]:
    """Source to the month of the first record that mentions it, as the agency wrote it down: 2026-03."""
    first = (
        Mention.objects.system("how linking did is counted: months only")
        .values("source_id")
        .annotate(at=Min("record__recorded_at"))
    )
    return {source: f"{at:%Y-%m}" for source, at in first.values_list("source_id", "at").iterator(AT_ONCE)}


def _links() -> Iterator[tuple[str, str, float, str]]:
    yield from Link.objects.values_list("left_id", "right_id", "probability", "terms").iterator(AT_ONCE)
