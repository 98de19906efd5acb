"""The engine and the core weigh every pair alike."""

from heed.core.identity.judgement import score
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.finding_pairs import find_pairs
from tests.crowd import crowd


def test_the_engine_gives_the_weight_of_the_core_on_every_pair():
    profiles, model = crowd(400, 7), current_model()
    by_source = {one.source: one for one in profiles}
    pairs = find_pairs(profiles, model)
    assert len(pairs) > 1000
    levels = set()
    for edge in pairs:
        judged = score(by_source[edge.left], by_source[edge.right], model)
        levels |= {(term.name, term.level) for term in judged.terms}
        assert abs(judged.weight - edge.weight) < 1e-9
    # A test on pairs that never disagree would prove little: nearly every level has come up.
    assert len(levels) > 30


def test_a_floor_leaves_out_weaker_pairs_and_no_others():
    profiles, model = crowd(150, 8), current_model()
    assert find_pairs(profiles, model, at_least=2.0) == [
        e for e in find_pairs(profiles, model) if e.weight >= 2.0
    ]


def test_nobody_to_compare_is_no_trouble():
    assert find_pairs([], current_model()) == []
    assert find_pairs(crowd(1, 1), current_model()) == []
