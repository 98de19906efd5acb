"""From pairs of profiles to rows of links, and from links and verdicts to people: no database in here."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from heed.core.identity.carried import carried
from heed.core.identity.clusters import Edge, person_ids
from heed.core.identity.judgement import Judgement, probability_of, score, total, weigh
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.core.identity.verdicts import Said, pair
from heed.warehouse.linking.grouping import groups


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One row of the table of links; `terms` is JSON: [comparison, level, bits] each."""

    left: str
    right: str
    weight: float
    probability: float
    terms: str
    model: str


def link_rows(
    pairs: Iterable[tuple[str, str]], profiles: Mapping[str, Profile], model: Model
) -> list[LinkRow]:
    """The pairs worth a person's eye, each weighed by the core. Sorted, each pair once.

    The words for a pair are made only where it is worth them: most who share a key are strangers.
    """
    judged = (
        (left, right, score(profiles[left], profiles[right], model))
        for left, right in sorted({pair(*one) for one in pairs})
        if probability_of(total(weigh(profiles[left], profiles[right], model), model)) >= model.show_at
    )
    return [
        LinkRow(left, right, found.weight, found.probability, _terms(found), model.version)
        for left, right, found in judged
        if found.probability >= model.show_at
    ]


def people_of(
    profiles: Mapping[str, Profile],
    links: Iterable[LinkRow],
    said: Iterable[Said],
    first_seen: Mapping[str, tuple[int, int]],
    model: Model,
) -> dict[str, str]:
    """Source to person. Links under `link_at` are for a person to look at and join nothing."""
    edges = (Edge(one.left, one.right, one.weight) for one in links if one.probability >= model.link_at)
    marks = {source: carried(profile) for source, profile in profiles.items()}
    return person_ids(groups(profiles, edges, said, marks), first_seen)


def _terms(judgement: Judgement) -> str:
    return json.dumps([[term.name, term.level, round(term.weight, 4)] for term in judgement.terms])
