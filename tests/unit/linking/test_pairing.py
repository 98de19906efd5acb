"""Who shares a key with whom, by arrays: the same as by looking at every two holders of every key."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from heed.core.identity.crowded import MOST_HOLDERS
from heed.warehouse.linking import levelled, pairing
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.filling import filled
from heed.warehouse.linking.weighing_all import block
from tests.crowd import crowd


def keys(seed: int):
    """Holders of some rare, some common and some crowded keys; some hold a key twice. In the order of keys."""
    random = np.random.default_rng(seed)
    key = np.sort(
        np.concatenate([random.integers(0, 900, 2000), random.integers(900, 960, 1500)]).astype(np.uint64)
    )
    place = random.integers(0, 120, len(key))
    full = np.arange(MOST_HOLDERS)
    # As many as may hold a key, of whom one stands there twice; and one more than may.
    key = np.concatenate([key, np.full(MOST_HOLDERS + 1, 2000), np.full(MOST_HOLDERS + 1, 2001)]).astype(
        np.uint64
    )
    place = np.concatenate([place, full, full[:1], full, full[-1:] + 1])
    return key, place, key % 2 == 0


def by_looking(key, place, loose, even_only: bool) -> list[tuple[int, int]]:
    holders = defaultdict(set)
    for each, one in zip(key.tolist(), place.tolist(), strict=True):
        holders[each].add(one)
    shared = {each: sorted(those) for each, those in holders.items() if len(those) <= MOST_HOLDERS}
    free = {each for each, yes in zip(key.tolist(), loose.tolist(), strict=True) if yes and even_only}
    found = {
        (left, right)
        for each, those in shared.items()
        for left, right in combinations(those, 2)
        if each not in free or (left + right) % 2 == 0
    }
    return sorted(found)


def even(table):
    return lambda row: (table[row] + table[row + 1 :]) % 2 == 0


@pytest.mark.parametrize("seed", [41, 42, 43])
@pytest.mark.parametrize("at_once", [1, 2, 3])
@pytest.mark.parametrize("hopeful", [None, even])
def test_pairs_by_arrays_are_those_found_by_looking(seed, at_once, hopeful):
    given = keys(seed)
    left, right = pairing.pairs(*given, hopeful, at_once)
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert found == by_looking(*given, even_only=hopeful is not None)
    assert len(found) > 1000


def test_no_keys_ask_for_no_pairs():
    nothing = np.empty(0, dtype=np.int64)
    left, right = pairing.pairs(nothing.astype(np.uint64), nothing, nothing.astype(bool), None, 2)
    assert (len(left), len(right)) == (0, 0)


def test_what_is_asked_once_for_two_values_is_the_level_of_each_pair():
    profiles, model = crowd(500, 44), current_model()
    connection = filled(profiles)
    assert block(connection) > 1000
    pairs = connection.execute("select l, r from pairs").fetchnumpy()
    found = levelled.levels(connection, pairs["l"], pairs["r"], levelled.AGAIN_AND_AGAIN)
    for one in levelled.AGAIN_AND_AGAIN:
        names = [level.name for level in one.levels]
        told = [None if number < 0 else names[number] for number in found[one.name].tolist()]
        sides = zip(pairs["l"].tolist(), pairs["r"].tolist(), strict=True)
        assert told == [one.decide(profiles[left], profiles[right]) for left, right in sides]
        assert len(set(told)) > 1
    assert set(found) <= set(model.chances)
