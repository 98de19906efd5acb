"""Trying a model on a town whose truth is known, and training one on such a town, with a report.

The truth is used for measuring only: training sees what a real deployment would see.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from heed.core.identity.carried import carried
from heed.core.identity.clusters import clusters, person_ids
from heed.core.identity.comparisons import COMPARISONS
from heed.core.identity.measuring import Quality, quality
from heed.core.identity.model import Model, model_from
from heed.warehouse.linking.committed import CURRENT, FOLDER
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.town import Town, read_town
from heed.warehouse.linking.training import SEED, train

CHOSEN = {"link_at": 0.8, "show_at": 0.6, "household_cap": 18.0, "kin_cap": 4.0, "rarest": 1e-4}
"""What people chose: see the report beside the model for what other values gave."""


@dataclass(frozen=True, slots=True)
class Tried:
    """The quality of a model on one town."""

    town: str
    quality: Quality


def evaluate(folder: Path, model: Model) -> Tried:
    """Link a town in memory and hold the people found against the truth."""
    town = read_town(folder)
    edges = find_pairs(town.profiles, model, at_least=log2(model.link_at / (1 - model.link_at)))
    sources = [profile.source for profile in town.profiles]
    marks = {profile.source: carried(profile) for profile in town.profiles}
    people = person_ids(clusters(sources, edges, (), marks), town.first_seen)
    return Tried(town.name, quality(people, town.truth))


def retrain(folder: Path, unseen: Sequence[Path], into: Path = FOLDER) -> list[Tried]:
    """Train a model on a town and write it with its report; gives the quality on it and on unseen towns."""
    town = read_town(folder)
    document = train(town.profiles, CURRENT, CHOSEN)
    model = model_from(document)
    tried = [evaluate(each, model) for each in (folder, *unseen)]
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False)
    (into / f"{CURRENT}.json").write_text(text + "\n", encoding="utf-8")
    (into / f"{CURRENT}.md").write_text(_report(document, model, town, tried), encoding="utf-8")
    return tried


def _report(document: dict[str, Any], model: Model, town: Town, tried: Sequence[Tried]) -> str:
    lines = [
        f"# Linking model {model.version}: how it was trained and what it does",
        "",
        f"Trained by `heed link --train` on the fictional town {town.name}: {len(town.profiles):,} sources,"
        f" without their truth; Splink's seed {SEED}. Fictional data rank methods; they promise nothing about"
        " real files. Train on your own before you rely on a figure.",
        "",
        f"Chosen by people: joined at probability {model.link_at:g}, shown to a person from {model.show_at:g};"
        f" family name and address count up to {model.household_cap:g} bits together, {model.kin_cap:g} where the"
        f" given names differ; no name counts as rarer than {model.rarest:g}.",
        "",
        "| town | sources | people | pairwise precision | recall | F1 | people exactly right, F1 |",
        "|---|---|---|---|---|---|---|",
        *(_row(each, "trained on" if place == 0 else "unseen") for place, each in enumerate(tried)),
        "",
        f"Before anything is compared: {model.start:.2f} bits (about 1 pair in {round(1 / model.prior):,}).",
        "",
        "| compared | level | m: true pairs | u: strangers | bits |",
        "|---|---|---|---|---|",
    ]
    for comparison in COMPARISONS:
        for level in comparison.levels:
            pair = document["chances"][comparison.name][level.name]
            bits = model.weight(comparison.name, level.name)
            lines.append(f"| {comparison.name} | {level.name} | {pair['m']:g} | {pair['u']:g} | {bits:.2f} |")
    lines += [
        "",
        "Same given and family names weigh by how common the name is; the bits above are the average.",
    ]
    return "\n".join(lines) + "\n"


def _row(tried: Tried, how: str) -> str:
    found = tried.quality
    figures = " | ".join(f"{one:.4f}" for one in (found.precision, found.recall, found.f1, found.cluster_f1))
    return f"| {tried.town} ({how}) | {found.sources:,} | {found.people:,} | {figures} |"
