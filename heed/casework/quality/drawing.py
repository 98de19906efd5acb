"""Drawing pairs from what is linked now: reads everybody's profile, writes nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from heed.casework.linking.in_force import model_in_force
from heed.casework.models import Source
from heed.casework.sealing.rows import tried_profiles
from heed.core.identity.judgement import score
from heed.core.identity.profile import profile_from_json


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """One pair of a draw, in the order in which it is judged; `terms` as a link keeps them."""

    band: str
    left: str
    right: str
    terms: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw: the pairs, how many each band had in all and with a file of each agency, and under which model."""

    model: str
    pairs: tuple[DrawnPair, ...]
    bands: Mapping[str, int]
    agencies: Mapping[str, Mapping[str, int]]


def draw_pairs(seed: str, most: Mapping[str, int]) -> Drawn:
    """Draw up to `most` pairs of each band. The same seed on the same sources, links and model draws the same."""
    from heed.warehouse.linking.frame import draw

    model = model_in_force()
    rows = list(Source.objects.order_by("key").values_list("key", "profile", "person"))
    texts = tried_profiles([(key, held) for key, held, _ in rows])
    profiles = {
        key: profile_from_json(key, json.loads(text or "{}"))
        for (key, *_), text in zip(rows, texts, strict=True)
    }
    frame = draw(list(profiles.values()), {key: person for key, _, person in rows}, model, seed, most)
    pairs = []
    for band, left, right in frame.drawn:
        terms = score(profiles[left], profiles[right], model).terms
        text = json.dumps([[term.name, term.level, round(term.weight, 4)] for term in terms])
        pairs.append(DrawnPair(band, left, right, text))
    return Drawn(model.version, tuple(pairs), frame.pairs, frame.agencies)
