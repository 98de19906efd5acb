"""Pairs told hopeless from a sketch are never made, and no pair that reaches what is asked for is among them."""

from dataclasses import replace

import pytest

from heed.core.identity.comparisons import BORN, COMPARISONS
from heed.core.identity.folding import profile_of, told_by
from heed.warehouse.linking import hopeless
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.filling import filled
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.weighing_all import block
from synthetic.people import people
from tests.crowd import crowd

FAR_APART = 1e-7
"""A prior as in a county of millions, where a name says little."""


def county(files: int, seed: int):
    return [profile_of(f"{one.agency} {one.ref}", [told_by(one.body)]) for one in people(files, seed)]


@pytest.mark.parametrize("profiles", [crowd(600, 31), crowd(600, 32), county(2000, 33)])
@pytest.mark.parametrize("prior", [1e-3, 1e-5, FAR_APART])
def test_no_pair_that_reaches_the_floor_is_hopeless(profiles, prior):
    model = replace(current_model(), prior=prior)
    every = {(one.left, one.right): one.weight for one in find_pairs(profiles, model)}
    for floor in (-2.0, 1.6, 5.0):
        found = {(one.left, one.right): one.weight for one in find_pairs(profiles, model, floor)}
        assert found.keys() == {pair for pair, weight in every.items() if weight >= floor}
        assert all(abs(weight - every[pair]) < 1e-9 for pair, weight in found.items())


def test_strangers_of_one_name_are_not_made_into_pairs():
    connection, model = filled(county(4000, 34)), replace(current_model(), prior=FAR_APART)
    every, made = block(connection), block(connection, model, 1.6)
    assert every - made > 300


def test_where_a_name_alone_could_reach_the_floor_every_pair_is_made():
    assert hopeless.needs(replace(current_model(), prior=0.01), COMPARISONS, 1.6) is None


def test_a_level_the_sketch_does_not_know_is_never_hopeless():
    assert {level.name for level in BORN.levels} == {*hopeless.MAY_BE, "different"}
    for name, levels in hopeless.TIED.items():
        (one,) = (each for each in COMPARISONS if each.name == name)
        assert levels <= {level.name for level in one.levels}
