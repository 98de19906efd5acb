"""Error rates by group: the one place that reads what agencies recorded of sex and ethnicity, at the moment of reading.

Nothing is kept, nothing leaves but shares of groups large enough (policy/quality.yaml), and no rule, match or ranking
may import this. A pair belongs to the group both files name, or the one that names any.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from heed.casework import sealed
from heed.casework.models import Record
from heed.casework.policy.quality import Fact, QualityRules
from heed.casework.quality.judged import Answered, Design, Word
from heed.core.identity.intervals import weighted
from heed.core.identity.sampling import JOINED, Estimate
from heed.core.identity.suppression import in_steps, shown

NOT_RECORDED, DIFFERS = "not recorded", "recorded differently by the two"
WHY = "error rates of linking by group: counts only, suppressed when small"
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Group:
    """One group that is large enough: how many judged pairs each rate stands on, and both rates, 0 to 1."""

    name: str
    joined: int
    wrong: Estimate
    same: int
    missed: Estimate


@dataclass(frozen=True, slots=True)
class ByFact:
    """The groups of one recorded fact that may be shown; `hidden` says that there are others, not how many."""

    title: str
    groups: tuple[Group, ...]
    hidden: bool
    counted: int


def by_group(design: Design, found: Sequence[Answered], rules: QualityRules) -> list[ByFact]:
    """Both error rates by each fact of the policy, from pairs told clearly, in steps of the least group."""
    clear = [each for each in found if each.word is not Word.CANNOT_TELL]
    counted = in_steps(clear, rules.group_least)
    recorded = _recorded({key for each in counted for key in (each.left, each.right)}, rules.facts)
    drawn = Counter(each.band for each in counted)
    weights = {band: design.pairs[band] / drawn[band] for band in drawn}
    return [_by_fact(name, fact, counted, recorded, weights, rules) for name, fact in rules.facts.items()]


def _by_fact(
    name: str,
    fact: Fact,
    counted: Sequence[Answered],
    recorded: Mapping[str, Mapping[str, str]],
    weights: Mapping[str, float],
    rules: QualityRules,
) -> ByFact:
    joined: dict[str, list[tuple[float, bool]]] = {}
    same: dict[str, list[tuple[float, bool]]] = {}
    for each in counted:
        group = _group({recorded[key].get(name, "") for key in (each.left, each.right) if key in recorded})
        weight, is_same = weights[each.band], each.word is Word.SAME
        if each.band in JOINED:
            joined.setdefault(group, []).append((weight, not is_same))
        if is_same:
            same.setdefault(group, []).append((weight, each.band not in JOINED))
    counts = {group: (len(joined.get(group, ())), len(same.get(group, ()))) for group in {*joined, *same}}
    may = shown(counts, rules.group_least)
    return ByFact(
        title=fact.title,
        groups=tuple(
            Group(
                group,
                counts[group][0],
                Estimate(*weighted(joined[group])),
                counts[group][1],
                Estimate(*weighted(same[group])),
            )
            for group in sorted(may)
        ),
        hidden=len(may) < len(counts),
        counted=len(counted),
    )


def _group(values: set[str]) -> str:
    known = values - {""}
    if not known:
        return NOT_RECORDED
    return known.pop() if len(known) == 1 else DIFFERS


def _recorded(sources: Collection[str], facts: Mapping[str, Fact]) -> dict[str, dict[str, str]]:
    """Source to what was last recorded of each fact; nothing of a source without one."""
    found: dict[str, dict[str, str]] = {}
    for some in batched(sorted(sources), AT_ONCE):
        rows = Record.objects.system(WHY).current().filter(mentions__source__in=some)
        columns = ("mentions__source", "mentions__position")
        shut: list[str] = []
        ordered = rows.order_by("recorded_at", "pk")
        for source, position, document in sealed.documents(ordered, *columns, shut=shut.append):
            person = json.loads(document)["people"][position]
            for name, fact in facts.items():
                if value := _value(person, fact.at):
                    found.setdefault(source, {})[name] = value
    return found


def _value(person: Any, at: Sequence[str]) -> str:
    for key in at:
        person = person.get(key) if isinstance(person, dict) else None
    return person.strip().casefold()[:60] if isinstance(person, str) else ""
