"""All pairs of a county that may be one person, weighed with the model's frozen weights by Heed's own engine."""

from collections.abc import Sequence

from heed.core.identity.clusters import Edge
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.warehouse.linking.filling import filled
from heed.warehouse.linking.weighing_all import block, weigh


def find_pairs(profiles: Sequence[Profile], model: Model, at_least: float | None = None) -> list[Edge]:
    """Pairs that share a blocking key which is not crowded, as edges between source keys with their weight in bits.

    `at_least` (bits) leaves out weaker pairs; without it every compared pair comes back.
    """
    if len(profiles) < 2:
        return []
    connection = filled(profiles)
    try:
        block(connection, model, at_least)
        found = weigh(connection, model, at_least)
    finally:
        connection.close()
    places = zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    return [Edge(profiles[left].source, profiles[right].source, weight) for left, right, weight in places]
