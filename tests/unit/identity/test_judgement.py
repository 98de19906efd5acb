"""The sum of the terms: absolute, symmetric, explained, with a household counted once."""

from itertools import combinations

import pytest

from heed.core.identity.judgement import score
from heed.core.identity.model import model_from
from heed.core.identity.profile import Profile
from heed.core.records.explained import Explained
from heed.warehouse.linking.committed import current_model
from tests.crowd import crowd

MODEL = current_model()
AYLA = Profile(
    "police c-1", True, ("AYLA",), ("MARSH",), (), ("1995-02-11",), (("nhs", "9990000123"),),
    ("ZZ12AB|4 ORCHARD ROW",), ("ZZ12AB",),
)  # fmt: skip


def like(source: str, **other) -> Profile:
    """The same child, as another source has her, but for some values."""
    values = {name: value for name, value in vars(AYLA).items() if name in AYLA.__dataclass_fields__}
    return Profile(**values | {"source": source} | other)


def test_the_same_child_in_two_agencies_is_joined_and_a_stranger_is_not():
    assert score(AYLA, like("health h-1"), MODEL).probability > MODEL.link_at
    assert (
        score(AYLA, Profile("health h-2", True, ("NELL",), ("ORME",), (), ("1999-08-30",)), MODEL).probability
        < 1e-6
    )


def test_the_weight_is_the_sum_of_its_terms_and_each_has_a_sentence():
    for a, b in combinations(crowd(60, 5), 2):
        judged = score(a, b, MODEL)
        assert sum(term.weight for term in judged.terms) == pytest.approx(judged.weight, abs=1e-9)
        assert all(term.sentence.endswith(".") for term in judged.terms)


def test_left_and_right_do_not_matter():
    for a, b in combinations(crowd(60, 6), 2):
        there, back = score(a, b, MODEL), score(b, a, MODEL)
        assert (there.weight, there.probability) == (back.weight, back.probability)
        assert [(t.name, t.level, t.weight) for t in there.terms] == [
            (t.name, t.level, t.weight) for t in back.terms
        ]


def test_a_lone_bad_candidate_scores_low():
    """Primero divides by the best hit, so that its only hit is always "likely". Here nothing is relative."""
    only = Profile("health h-9", True, ("AYLA",), ("THORNE",), (), ("2001-09-30",))
    assert score(AYLA, only, MODEL).probability < 0.01


def test_a_brother_at_one_address_is_another_child():
    brother = like("health h-3", given=("JOSEF",), born=("1993-07-04",), numbers=())
    assert score(AYLA, brother, MODEL).probability < 0.05


def test_a_twin_is_another_child():
    twin = like("health h-4", given=("JOSEF",), numbers=())
    assert score(AYLA, twin, MODEL).probability < MODEL.link_at


def test_the_same_number_alone_never_joins():
    other = Profile("health h-5", True, ("NELL",), ("ORME",), (), ("1999-08-30",), AYLA.numbers)
    assert score(AYLA, other, MODEL).probability < MODEL.link_at


def test_a_household_counts_once():
    names = {term.name: term for term in score(AYLA, like("health h-6"), MODEL).terms}
    household = names["family"].weight + names["home"].weight
    capped = names["household"].weight if "household" in names else 0.0
    assert household + capped <= MODEL.household_cap + 1e-9


def test_a_rare_name_says_more_than_a_common_one():
    shared = {"born": (), "numbers": (), "places": (), "postcodes": ()}
    common = max(MODEL.frequencies["given"], key=lambda name: MODEL.frequencies["given"][name])
    weights = []
    for name in ("ZEBEDEE", common):
        pair = [like(source, given=(name,), **shared) for source in ("police c-7", "health h-7")]
        weights.append(score(*pair, MODEL).weight)
    assert weights[0] > weights[1]


def test_a_name_the_training_never_met_is_not_taken_for_rare():
    """Two children of one full name, born on different days of years that follow one another, stay two."""
    met = {"SASHA", "LANGDEN"} & {*MODEL.frequencies["given"], *MODEL.frequencies["family"]}
    one = Profile("council c-1", True, ("SASHA",), ("LANGDEN",), (), ("1995-07-22",))
    other = Profile("police p-9", True, ("SASHA",), ("LANGDEN",), (), ("1996-09-24",))
    assert "LANGDEN" not in met
    assert score(one, other, MODEL).probability < 0.5
    same = Profile("police p-1", True, ("SASHA",), ("LANGDEN",), (), ("1995-07-22",))
    assert score(one, same, MODEL).probability > MODEL.link_at


def test_a_model_with_a_part_missing_says_what_to_do():
    with pytest.raises(Explained, match="'prior' is missing"):
        model_from({"chances": {}, "version": "x"})
