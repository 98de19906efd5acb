"""The sum of the terms: absolute, symmetric, explained, with a household counted once."""

from dataclasses import replace
from itertools import combinations

import pytest

from heed.core.identity.carried import by_scheme, carried, contradicting
from heed.core.identity.clusters import Edge, Grouping, grouping
from heed.core.identity.conflicts import number_conflicts
from heed.core.identity.judgement import WORTH_SAYING, probability_of, score
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
        assert sum(term.weight for term in judged.terms) == pytest.approx(judged.weight, abs=WORTH_SAYING)
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


def test_what_a_household_shares_does_not_tell_twins_apart():
    """The odds against a twin are those of names and numbers alone, however much of the household is the same."""
    twin = like("health h-6", given=("JOSEF",), numbers=())
    away = like("health h-6", given=("JOSEF",), numbers=(), places=(), postcodes=())
    company = {"company": ("somebody",)}
    closer, apart = (
        score(like("police c-1", **company), replace(each, **company), MODEL) for each in (twin, away)
    )
    as_twin = MODEL.kin_start + MODEL.kin_weight("given", "different") + MODEL.kin_weight("born", "same")
    assert closer.weight == pytest.approx(as_twin + MODEL.weight("files", "two_agencies"), abs=0.01)
    assert closer.weight - apart.weight < 0.1
    assert {term.name for term in closer.terms} >= {"household"}


@pytest.mark.parametrize(
    ("one", "other"), [("AYLO", "AYRO"), ("ZELIA", "ZELDA"), ("TAMIR", "TAMAR"), ("ODO", "ODA")]
)
def test_twins_of_two_agencies_one_letter_apart_are_never_joined(one, other):
    """One file each, a spelling in no list, one day, one address, no number: a person is shown them, or they are two."""
    files = [like("police c-1", given=(one,), numbers=()), like("school s-2", given=(other,), numbers=())]
    assert people_found(files) == [["police c-1"], ["school s-2"]]
    judged = score(*files, MODEL.of_a_house(5000))
    assert judged.probability < MODEL.link_at
    if len(one) > 3:
        assert score(*files, MODEL).probability >= MODEL.show_at


def test_one_letter_and_one_number_are_one_child():
    files = [like("police c-1"), like("school s-2", given=("AYLO",))]
    assert people_found(files) == [["police c-1", "school s-2"]]


def test_a_small_house_has_fewer_strangers_and_as_many_twins():
    small = MODEL.of_a_house(5000)
    assert small.version == f"{MODEL.version}/13"
    assert MODEL.of_a_house(2**13 - 1) == small
    assert MODEL.of_a_house(500) is MODEL
    assert MODEL.of_a_house(10**6).start < MODEL.start < small.start
    named = {"numbers": (), "places": (), "postcodes": ()}
    same = [like(source, **named) for source in ("police c-1", "health h-1")]
    gain = score(*same, small).weight - score(*same, MODEL).weight
    assert 0 < gain < small.start - MODEL.start + 1e-9
    twin = like("health h-4", given=("JOSEF",), numbers=())
    assert score(AYLA, twin, small).weight == pytest.approx(score(AYLA, twin, MODEL).weight, abs=0.05)


def test_a_rare_name_says_more_than_a_common_one_and_one_never_met_says_least():
    shared = {"born": (), "numbers": (), "places": (), "postcodes": ()}
    of = MODEL.frequencies["given"]
    weights = []
    for name in (min(of, key=of.__getitem__), max(of, key=of.__getitem__), "ZEBEDEE"):
        pair = [like(source, given=(name,), **shared) for source in ("police c-7", "health h-7")]
        weights.append(score(*pair, MODEL).weight)
    assert weights == sorted(weights, reverse=True)
    assert "ZEBEDEE" not in of


TWINS = [("HAYDEN", "JAYDEN"), ("MIA", "MAIA"), ("AYLA", "AYRA"), ("LENA", "LINA")]


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_of_one_household_with_one_letter_between_them_are_two_people(one, other):
    """Both in one agency's files: whatever joins the spellings, an agency that keeps two files of one day has two."""
    files = [like("police c-1", given=(one,), numbers=()), like("police c-2", given=(other,), numbers=()),
             like("school s-1", given=(one,), numbers=()), like("school s-2", given=(other,), numbers=())]  # fmt: skip
    groups = people_found(files)
    assert groups == [["police c-1", "school s-1"], ["police c-2", "school s-2"]]


ONE_BEGINS_THE_OTHER = [
    ("PAUL", "PAULA"),
    ("JOE", "JOEL"),
    ("DANIEL", "DANIELA"),
    ("LEO", "LEONA"),
    ("KAZIM", "KAZIMA"),
]


@pytest.mark.parametrize(("one", "other"), [("HAYDEN", "JAYDEN"), *ONE_BEGINS_THE_OTHER])
def test_twins_in_two_agencies_files_whose_names_are_both_names_are_two_people(one, other):
    files = [like("police c-1", given=(one,), numbers=()), like("school s-2", given=(other,), numbers=())]
    assert people_found(files) == [["police c-1"], ["school s-2"]]


@pytest.mark.parametrize(("one", "other"), ONE_BEGINS_THE_OTHER)
def test_twins_of_whom_one_agency_keeps_two_files_stay_two(one, other):
    files = [like("police c-1", given=(one,), numbers=()), like("police c-2", given=(other,), numbers=()),
             like("school s-1", given=(one,), numbers=()), like("school s-2", given=(other,), numbers=())]  # fmt: skip
    assert people_found(files) == [["police c-1", "school s-1"], ["police c-2", "school s-2"]]


ONE_NAME_IN_TWO_SPELLINGS = [
    ("MIA", "MYA"),
    ("JAYDEN", "JAYDON"),
    ("MARIE", "MARIA"),
    ("ANNA", "HANNA"),
    ("AYLA", "AYLAN"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME_IN_TWO_SPELLINGS)
def test_twins_named_by_two_spellings_of_one_name_are_two_where_one_agency_keeps_two_files(one, other):
    """Also where the other agency knows one of them only; what the model would join besides is refused, not forgotten."""
    own = [like("police c-1", given=(one,), numbers=()), like("police c-2", given=(other,), numbers=())]
    school = [like("school s-1", given=(one,), numbers=()), like("school s-2", given=(other,), numbers=())]
    assert people_found(own + school) == [["police c-1", "school s-1"], ["police c-2", "school s-2"]]
    assert people_found([*own, school[0]]) == [["police c-1", "school s-1"], ["police c-2"]]
    joining = score(own[1], school[0], MODEL).probability >= MODEL.link_at
    refused = {(each.left, each.right) for each in grouped([*own, school[0]]).refused}
    assert (("police c-2", "school s-1") in refused) == joining


@pytest.mark.parametrize(("one", "other"), ONE_NAME_IN_TWO_SPELLINGS)
@pytest.mark.parametrize("born", ["1995-02-11", "1995-02"])
def test_twins_named_by_two_spellings_are_two_where_each_of_two_agencies_knows_one(one, other, born):
    """No number tells: a person is shown them. One number makes one child of them, and so does a rare misspelling."""
    police = like("police c-1", given=(one,), born=(born,), numbers=())
    assert people_found([police, like("school s-1", given=(other,), numbers=())]) == [
        ["police c-1"],
        ["school s-1"],
    ]
    assert len(people_found([like("police c-1", given=(one,)), like("school s-1", given=(other,))])) == 1


def test_two_spellings_of_one_name_are_shown_to_a_person_and_a_misspelling_joins():
    police = like("police c-1", given=("JAYDEN",), numbers=())
    twin, slip, pet = (like("school s-1", given=(name,), numbers=()) for name in ("JAYDON", "JAYDN", "JAY"))
    assert MODEL.show_at <= score(police, twin, MODEL).probability < MODEL.link_at
    assert score(police, slip, MODEL).probability > MODEL.link_at
    assert score(police, pet, MODEL).probability > MODEL.link_at


@pytest.mark.parametrize(
    ("one", "other"), [("LILLY", "LILY"), ("PETE", "PETER"), ("ELIZA", "LIZA"), ("ROSE", "ROSIE")]
)
def test_a_second_file_under_a_pet_form_or_a_slip_is_the_same_child(one, other):
    own = [like("police c-1", given=(one,), numbers=()), like("police c-2", given=(other,), numbers=())]
    assert not contradicting(*(by_scheme(carried(each)) for each in own)) - {"keeps police"}


def test_a_second_file_with_the_same_checked_number_is_the_same_child_however_it_is_spelt():
    own = [like(f"police c-{n}", given=(name,)) for n, name in enumerate(("MIA", "MYA"), 1)]
    assert people_found(own) == [["police c-1", "police c-2"]]


def test_one_number_with_three_birth_dates_joins_nobody():
    days = ("1995-02-11", "1998-07-30", "1991-10-04")
    files = [
        like(f"{agency} x-1", born=(day,), places=(), postcodes=())
        for agency, day in zip(("police", "school", "health"), days, strict=True)
    ]
    assert len(people_found(files)) == 3
    assert [one.kind for one in number_conflicts(files)] == ["number"]


def people_found(files: list[Profile]) -> list[list[str]]:
    """Who stands together by links alone."""
    return sorted(grouped(files).groups)


def grouped(files: list[Profile]) -> Grouping:
    """The same with what was refused."""
    edges = [
        Edge(a.source, b.source, weight)
        for a, b in combinations(files, 2)
        if probability_of(weight := score(a, b, MODEL).weight) >= MODEL.link_at
    ]
    return grouping([one.source for one in files], edges, (), {one.source: carried(one) for one in files})


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
