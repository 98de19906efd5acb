"""Among ten thousand of the county's people the engine, Splink and the core find the same pairs and weigh them alike.
Takes about half a minute."""

from random import Random

import pytest

from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.judgement import score
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.reference import splink_pairs
from synthetic.people import people
from tests.figures import figure

FILES, SEED, DRAWN = 10_000, 20_261, 2_000


@pytest.mark.drill
def test_engine_splink_and_core_agree_on_the_countys_people():
    profiles = [profile_of(f"{one.agency} {one.ref}", [told_by(one.body)]) for one in people(FILES, SEED)]
    model, by_source = current_model(), {one.source: one for one in profiles}
    ours = {(edge.left, edge.right): edge.weight for edge in find_pairs(profiles, model)}
    theirs = {(edge.left, edge.right): edge.weight for edge in splink_pairs(profiles, model)}
    assert ours.keys() == theirs.keys()
    assert len(ours) > FILES
    drawn = Random(SEED).sample(sorted(ours), DRAWN)
    core = max(abs(score(by_source[a], by_source[b], model).weight - ours[a, b]) for a, b in drawn)
    splink = max(abs(ours[pair] - theirs[pair]) for pair in ours)
    assert max(core, splink) < 1e-9
    figure(
        "one weight for a pair, whoever weighs it",
        f"{len(ours):,} pairs of {FILES:,} files: engine and Splink apart by {splink:.1e} bits at most; live and engine"
        f" by {core:.1e} on {DRAWN:,} pairs drawn",
        "1e-9",
    )
