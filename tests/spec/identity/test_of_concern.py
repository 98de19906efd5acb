"""People of concern, of whom a nickname and little else is known: what joins, what is shown, what does neither."""

from itertools import combinations

import pytest

from heed.core.identity.blocking import keys_of
from heed.core.identity.carried import carried
from heed.core.identity.clusters import Edge, clusters
from heed.core.identity.company import scene_of
from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.judgement import score
from heed.core.identity.passing import features_in, form_of
from heed.core.identity.profile import Profile
from heed.core.identity.verdicts import pair
from heed.warehouse.linking.committed import current_model

MODEL = current_model()
CAR = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC"}
PHONE = {"kind": "phone", "part": "called_by", "number": "07700 900123"}
FLAT = {"kind": "place", "part": "found_at", "address": "12 Mill Street", "postcode": "ZZ1 2CD"}
END_OF_PLATE = {"kind": "vehicle", "part": "seen_in", "vrm": "ABC"}
MISREAD = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABG"}
LIKE_MANY = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 GHJ"}
SHOP = {"kind": "premises", "part": "seen_at", "name": "the arcade"}
GOOD, LOW = {"source": "1", "information": "B"}, {"source": "3", "information": "D"}

DAYS = {"police": "2009-03-14", "school": "2009-06-01"}


def told(source: str, alias: str, *things, grading=None):
    """A person of concern as one record names them."""
    agency, _, ref = source.partition(" ")
    person = {"part": "person_of_concern", "also_known_as": [alias]}
    document = {"agency": agency, "ref": ref, "happened_from": DAYS[agency], "people": [person],
                "things": list(things), "grading": grading}  # fmt: skip
    return profile_of(source, [told_by(person, scene_of(document))])


TABLE = [
    ("Taz", (CAR,), None, "Taz", (CAR,), None, "joined"),
    ("Taz", (PHONE,), None, "TAZ", (PHONE, CAR), None, "joined"),
    ("Taz", (FLAT,), None, "Taz", (FLAT,), None, "shown"),
    ("Taz", (CAR,), LOW, "Taz", (CAR,), GOOD, "shown"),
    ("Taz", (FLAT,), LOW, "Taz", (FLAT,), None, "neither"),
    ("Taz", (), None, "Taz", (), None, "shown"),
    ("Taz", (), LOW, "Taz", (), None, "neither"),
    ("Taz", (), None, "Tazza", (), None, "shown"),
    ("Taz", (CAR,), None, "Tazz", (CAR,), None, "joined"),
    ("Taz", (CAR,), None, "Tazz", (CAR,), LOW, "shown"),
    ("Taz", (CAR,), None, "Taz", (END_OF_PLATE,), None, "shown"),
    ("Taz", (CAR,), None, "Taz", (MISREAD,), None, "shown"),
    ("Taz", (CAR,), None, "Taz", (LIKE_MANY,), None, "neither"),
    ("Taz", (CAR, FLAT), None, "Taz", (END_OF_PLATE, FLAT), None, "joined"),
    ("Uncle", (CAR,), None, "Uncle", (CAR,), None, "neither"),
    ("Unknown male", (PHONE,), None, "Unknown male", (PHONE,), None, "neither"),
    ("Paul", (CAR,), None, "Paula", (CAR,), None, "neither"),
    ("Mick", (CAR,), None, "Micky", (CAR,), None, "joined"),
    ("Big Dave", (CAR,), None, "Little Dave", (CAR,), None, "neither"),
    ("Big Dave", (CAR,), None, "Dave", (CAR,), None, "joined"),
    ("Big Dave", (CAR,), None, "Old Dave", (CAR,), None, "joined"),
    ("Polish Taz", (CAR,), None, "Taz", (CAR,), None, "joined"),
    ("Taz", (CAR,), None, "Taz", (PHONE,), None, "neither"),
    ("Taz", (SHOP,), None, "Bones", (SHOP,), None, "neither"),
    ("Taz", (CAR,), None, "Bones", (CAR,), None, "neither"),
]


@pytest.mark.parametrize(("alias", "things", "grade", "other", "others", "grade_of_other", "what"), TABLE)
def test_what_joins_two_nicknames(alias, things, grade, other, others, grade_of_other, what):
    a = told("police P-1#0", alias, *things, grading=grade)
    b = told("school S-1#0", other, *others, grading=grade_of_other)
    assert what_becomes_of(a, b) == what


@pytest.mark.parametrize(
    "alias",
    [
        "Unknown male 2", "Suspect 1", "UNK", "N/K", "Mr X", "Male A", "M1", "IC3 male", "Asian male", "Older white man",
        "Polish man", "Tall man", "Mum's boyfriend", "Dads mate", "Ex-partner", "the taxi driver", "Auntie", "Big",
    ],
)  # fmt: skip
def test_words_for_somebody_unknown_for_a_relation_and_for_looks_or_origin_are_nobodys_name(alias):
    assert told("police P-1#0", alias, CAR).aliases == ()
    assert what_becomes_of(told("police P-1#0", alias, CAR), told("school S-1#0", alias, CAR)) == "neither"


def test_whoever_is_called_unknown_is_not_everybody_who_is():
    for part in ("child", "person_of_concern"):
        unknown = {"part": part, "given_names": "Unknown", "family_name": "Female", "born": "1900-01-01"}
        found = profile_of("police P-1#0", [told_by(unknown)])
        assert (found.given, found.family) == ((), ())
    peter = profile_of(
        "police P-1#0", [told_by({"part": "child", "given_names": "Peter", "family_name": "Male"})]
    )
    assert peter.family == ("MALE",)


def beside(
    source: str, day: str, alias: str, child: str, description: str = "", childs_birth: str = "", **names
) -> Profile:
    """A person of concern as a record names them beside a child."""
    agency, _, ref = source.partition(" ")
    given, _, family = child.partition(" ")
    people = [
        {
            "ref": f"{agency}-{child}",
            "part": "child",
            "given_names": given,
            "family_name": family,
            "born": childs_birth,
        },
        {"part": "person_of_concern", "also_known_as": [alias], "description": description, **names},
    ]
    document = {"agency": agency, "ref": ref, "happened_from": day, "people": people}
    return profile_of(f"{source}#1", [told_by(people[1], scene_of(document), 1)])


def what_becomes_of(a: Profile, b: Profile) -> str:
    found = score(a, b, MODEL).probability if set(keys_of(a)) & set(keys_of(b)) else 0.0
    return "joined" if found >= MODEL.link_at else "shown" if found >= MODEL.show_at else "neither"


SCAR, PLAIN = "older, long scar on the left cheek", "tall, dark hair, scar"


@pytest.mark.parametrize(
    ("day", "alias", "child", "description", "what"),
    [
        ("2009-09-01", "Tazza", "Ayla Marsh", "", "joined"),
        ("2016-09-01", "Taz", "Ayla Marsh", "", "joined"),
        ("2009-09-01", "Taz", "Rosa Thorne", "", "shown"),
        ("2016-09-01", "Taz", "Rosa Thorne", "", "neither"),
        ("2016-09-01", "Taz", "Rosa Thorne", SCAR, "shown"),
        ("2016-09-01", "Taz", "Rosa Thorne", PLAIN, "neither"),
        ("2009-09-01", "Bones", "Ayla Marsh", SCAR, "neither"),
    ],
)
def test_one_nickname_beside_one_child_joins_and_alone_is_shown_to_a_person(
    day, alias, child, description, what
):
    told_before = beside("police P-1", "2009-03-14", "Taz", "Ayla Marsh", SCAR)
    assert what_becomes_of(told_before, beside("school S-1", day, alias, child, description)) == what


def test_a_common_full_name_with_its_own_short_form_joins_nobody():
    """'Mohammed Ali, known as Mo' is many men: a name in passing alone counts only where no family name is told."""
    names = {"given_names": "Mohammed", "family_name": "Ali"}
    one = beside("police P-1", "2009-03-14", "Mo", "Ayla Marsh", **names)
    other = beside("school S-1", "2009-04-01", "Mo", "Rosa Thorne", **names)
    assert what_becomes_of(one, other) == "neither"


@pytest.mark.parametrize(
    ("spelt", "form"),
    [
        ("TAZ", "TAS"), ("TAZZA", "TAS"), ("TAS", "TAS"), ("MITCH", "MIC"), ("MITCHY", "MIC"), ("BIG MITCH", "MIC"),
        ("SPARX", "SPARK"), ("SPARKIE", "SPARK"), ("TINEE", "TIN"), ("TESS", "TES"), ("MO", "MO"), ("Оля", "Оля"),
    ],
)  # fmt: skip
def test_forms_of_names_in_passing(spelt, form):
    assert form_of(spelt) == form


def test_a_description_is_read_for_marks_alone_and_never_for_sex_age_or_origin():
    assert features_in("Black male, 30s, Polish accent, heavy, gold front tooth") == {"tooth front gold"}
    assert features_in("white woman in her forties with a tattoo") == frozenset()


def test_no_child_is_found_by_what_adults_were_seen_with():
    child = {"part": "child", "also_known_as": ["Taz"]}
    scene = scene_of({"agency": "school", "ref": "S-2", "people": [child], "things": [CAR]})
    profile = profile_of("school c-2", [told_by(child, scene)])
    assert profile.things == ()
    assert not set(keys_of(profile)) & set(keys_of(told("police P-1#0", "Taz", CAR)))


def test_one_record_of_a_good_grade_is_enough_not_to_be_doubted():
    low, good = told("police P-1#0", "Taz", CAR, grading=LOW), told("police P-1#0", "Taz", CAR, grading=GOOD)
    assert low.doubted
    assert not good.doubted
    assert "VRM" not in "".join(low.things)
    assert "ZZ51ABC" not in "".join(low.things)


def of_years(day: str, *things, born: str = "", source: str = "school S-1", alias: str = "Taz") -> Profile:
    """A person of concern on a day, perhaps with a birth date."""
    agency, _, ref = source.partition(" ")
    person = {"part": "person_of_concern", "also_known_as": [alias], "born": born}
    document = {
        "agency": agency,
        "ref": ref,
        "happened_from": day,
        "people": [person],
        "things": list(things),
    }
    return profile_of(f"{source}#0", [told_by(person, scene_of(document))])


@pytest.mark.parametrize("thing", [CAR, PHONE])
def test_a_car_or_a_telephone_may_have_changed_hands_after_years(thing):
    first = of_years("2009-03-14", thing, source="police P-1")
    assert what_becomes_of(first, of_years("2013-03-14", thing)) == "joined"
    assert what_becomes_of(first, of_years("2018-03-14", thing)) == "shown"


def test_whoever_was_a_child_by_the_birth_date_that_is_given_is_joined_by_no_nickname():
    """A child who is harmed is sometimes written down as one who harms."""
    named = of_years("2009-03-14", CAR, born="1995-02-11", source="police P-1")
    assert what_becomes_of(named, of_years("2009-06-01", CAR)) == "shown"
    grown = of_years("2009-03-14", CAR, born="1975-02-11", source="police P-1")
    assert what_becomes_of(grown, of_years("2009-06-01", CAR)) == "joined"


@pytest.mark.parametrize(
    ("born", "day", "what"),
    [
        ("2000-01-01", "2014-06-01", "joined"), ("2001-01-01", "2014-06-01", "joined"), ("", "2014-06-01", "joined"),
        ("2007-09-09", "2014-06-01", "shown"), ("2007-09-09", "2021-06-01", "neither"), ("", "2030-06-01", "neither"),
    ],
)  # fmt: skip
def test_two_children_of_one_name_born_years_apart_are_not_one_and_the_same_child(born, day, what):
    told_before = beside("police P-1", "2014-03-14", "Baz", "Mohammed Khan", childs_birth="2000-01-01")
    assert (
        what_becomes_of(told_before, beside("school S-1", day, "Baz", "Mohammed Khan", childs_birth=born))
        == what
    )


def test_a_bare_nickname_in_one_agencys_own_records_is_that_agencys_to_look_up():
    first = of_years("2009-03-14", source="school S-1")
    assert what_becomes_of(first, of_years("2009-06-01", source="school S-2")) == "neither"
    assert what_becomes_of(first, of_years("2009-06-01", source="health H-2")) == "shown"


def grouped(*mentions: Profile) -> list[list[str]]:
    """Who is one person, of mentions that are joined as the model joins them."""
    pairs = [(a, b, score(a, b, MODEL)) for a, b in combinations(mentions, 2)]
    edges = [
        Edge(*pair(a.source, b.source), found.weight)
        for a, b, found in pairs
        if found.probability >= MODEL.link_at
    ]
    marks = {one.source: carried(one) for one in mentions}
    return sorted(sorted(one) for one in clusters(marks, edges, (), marks) if len(one) > 1)


TARIQ, TONY = (
    {"given_names": "Tariq", "family_name": "Mahmood"},
    {"given_names": "Tony", "family_name": "Smith"},
)


def test_two_men_of_two_names_are_not_one_through_a_third_mention_without_a_name():
    between = beside("school S-1", "2009-03-20", "Taz", "Ayla Marsh")
    tariq = beside("police P-1", "2009-03-14", "Taz", "Ayla Marsh", **TARIQ)
    tony = beside("health H-1", "2009-04-14", "Taz", "Ayla Marsh", **TONY)
    assert grouped(tariq, between) == [[tariq.source, between.source]]
    assert grouped(tariq, between, tony) == []
    spelt = beside(
        "health H-1", "2009-04-14", "Taz", "Ayla Marsh", given_names="Tarik", family_name="Mahmoud"
    )
    assert len(*grouped(tariq, between, spelt)) == 3


def test_two_people_of_one_record_are_not_one_through_another_record():
    people = [
        {"ref": "c-1", "part": "child", "given_names": "Ayla", "family_name": "Marsh"},
        {"part": "person_of_concern", "also_known_as": ["Taz"]},
        {"part": "person_of_concern", "also_known_as": ["Tazza"]},
    ]
    scene = scene_of({"agency": "police", "ref": "P-1", "happened_from": "2009-03-14", "people": people})
    both = [profile_of(f"police P-1#{place}", [told_by(people[place], scene, place)]) for place in (1, 2)]
    assert grouped(*both, beside("school S-1", "2009-03-20", "Taz", "Ayla Marsh")) == []
