"""Trying a model on a town whose truth is known, and training one on such a town, with a report.

The truth is used for measuring only: training sees what a real deployment would see.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from heed.core.identity.blocking import keys_of
from heed.core.identity.carried import carried
from heed.core.identity.clusters import Edge, clusters, person_ids, settled
from heed.core.identity.judgement import probability_of
from heed.core.identity.measuring import BANDS, Band, Quality, missed_and_wrong, quality, reliability
from heed.core.identity.model import Model, model_from
from heed.core.identity.profile import Profile
from heed.core.identity.verdicts import pair
from heed.core.records.explained import Explained
from heed.warehouse.linking.adults import OfConcern, of_concern
from heed.warehouse.linking.committed import CURRENT, FOLDER
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.reporting import report
from heed.warehouse.linking.town import Town, read_town
from heed.warehouse.linking.training import train

CHOSEN = {"link_at": 0.6, "show_at": 0.55, "rarest": 1e-3}
"""What people chose: see the report beside the model for what other values gave."""

LEAST_SOURCES = 300


@dataclass(frozen=True, slots=True)
class Tried:
    """The quality of a model on one town.

    `queue` is how many people have a pair that a person must look at, of `persons` found; `unlinkable` the sources of
    which too little is said to compare them. Errors are pairs by the kinds of the two sources.
    """

    town: str
    quality: Quality
    persons: int
    queue: int
    unlinkable: int
    bands: tuple[Band, ...]
    missed: Mapping[str, int]
    wrong: Mapping[str, int]
    adults: OfConcern | None = None

    def lines(self) -> Iterator[str]:
        """The figures for a reader."""
        yield f"{self.town}: {self.quality.line()}"
        share = self.queue / self.persons if self.persons else 0.0
        yield f"  to look at: {self.queue:,} of {self.persons:,} people ({share:.1%})"
        yield f"  too little said to compare: {self.unlinkable:,} sources, each a person alone and counted as missed"
        for what, kinds in (("missed", self.missed), ("wrongly joined", self.wrong)):
            yield f"  pairs {what}: {sum(kinds.values()):,}"
            yield from (
                f"    {times:,} {kind}" for kind, times in sorted(kinds.items(), key=lambda one: -one[1])
            )
        yield "  of pairs said to be one person with probability …, so many are:"
        yield from (
            f"    {band.low:g} to {band.high:g} (on average {band.said:.3f}): {band.true:.3f} of {band.pairs:,}"
            for band in self.bands
        )
        if self.adults is not None:
            yield from self.adults.lines()


def evaluate(folder: Path, model: Model) -> Tried:
    """Link a town in memory and hold the people found against the truth."""
    return tried_on(read_town(folder), model)


def tried_on(town: Town, model: Model) -> Tried:
    """The same of a town in hand. A town is a house of its size."""
    model = model.of_a_house(len(town.profiles))
    profiles = {profile.source: profile for profile in town.profiles}
    edges = find_pairs(town.profiles, model, at_least=_bits(min(BANDS[0], model.show_at)))
    joining = [edge for edge in edges if edge.weight >= _bits(model.link_at)]
    marks = {source: carried(profile) for source, profile in profiles.items()}
    people = person_ids(clusters(profiles, joining, (), marks), town.first_seen)
    known = [edge for edge in edges if edge.left in town.truth and edge.right in town.truth]
    said = ((probability_of(edge.weight), town.truth[edge.left] == town.truth[edge.right]) for edge in known)
    missed, wrong = missed_and_wrong(people, town.truth)
    shown = list(_to_look_at(edges, people, model, {one.source for one in town.profiles if one.child}))
    return Tried(
        town.name,
        quality(people, town.truth),
        persons=len(set(people.values())),
        queue=len({people[source] for pair in shown for source in pair}),
        unlinkable=sum(not keys_of(profile) for profile in town.profiles),
        bands=tuple(reliability(said)),
        missed=_by_kind(missed, profiles),
        wrong=_by_kind(wrong, profiles),
        adults=of_concern(profiles, town.adults, people, shown, model),
    )


def retrain(folder: Path, unseen: Sequence[Path], into: Path = FOLDER) -> list[Tried]:
    """Train a model on a town and write it with its report, both or none; gives the quality on it and on unseen towns.

    Raises Explained where a folder is no town, or too small a one to learn from.
    """
    town, others = read_town(folder), [read_town(each) for each in unseen]
    if len(town.profiles) < LEAST_SOURCES:
        raise Explained(
            f"{folder} has {len(town.profiles)} sources; expected at least {LEAST_SOURCES}: fewer teach a model nothing."
        )
    document = train(town.profiles, CURRENT, CHOSEN)
    model = model_from(document)
    tried = [tried_on(each, model) for each in (town, *others)]
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    for name, words in ((f"{CURRENT}.json", text), (f"{CURRENT}.md", report(document, model, town, tried))):
        beside = into / f"{name}.part"
        beside.write_text(words, encoding="utf-8")
        beside.replace(into / name)
    return tried


def _to_look_at(
    edges: Iterable[Edge], people: Mapping[str, str], model: Model, children: Collection[str]
) -> Iterator[tuple[str, str]]:
    """The pairs that are shown, each sorted: between the thresholds, or joined by the model and kept apart by clusters;
    not where stronger links have settled it. Of people of concern nothing is settled so: who is joined to one mention
    may as well be another's."""
    best: dict[str, float] = {}
    shown = [edge for edge in edges if edge.weight >= _bits(model.show_at)]
    for edge in shown:
        if people[edge.left] == people[edge.right]:
            for source in (edge.left, edge.right):
                best[source] = max(best.get(source, 0.0), probability_of(edge.weight))
    for edge in shown:
        two = (best.get(edge.left, 0.0), best.get(edge.right, 0.0))
        done = edge.left in children and settled(probability_of(edge.weight), *two)
        if people[edge.left] != people[edge.right] and not done:
            yield pair(edge.left, edge.right)


def _by_kind(pairs: Iterable[tuple[str, str]], profiles: Mapping[str, Profile]) -> dict[str, int]:
    kinds = (" and ".join(sorted(_kind(profiles[source]) for source in two)) for two in pairs)
    return dict(Counter(kinds))


def _kind(profile: Profile) -> str:
    """What sort of source: how much it could say at all."""
    if not profile.in_passing:
        return "a file" if profile.born or profile.numbers else "a file without birth date or number"
    return "a name in passing" if profile.family else "a first name in passing"


def _bits(probability: float) -> float:
    return log2(probability / (1 - probability))
