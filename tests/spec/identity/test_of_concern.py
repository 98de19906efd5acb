"""People of concern, of whom a nickname and little else is known: what joins, what is shown, what does neither."""

import pytest

from heed.core.identity.blocking import keys_of
from heed.core.identity.company import scene_of
from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.judgement import score
from heed.core.identity.passing import features_in, form_of
from heed.core.identity.profile import Profile
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
    ("Taz", (CAR,), None, "Taz", (PHONE,), None, "neither"),
    ("Taz", (SHOP,), None, "Bones", (SHOP,), None, "neither"),
    ("Taz", (CAR,), None, "Bones", (CAR,), None, "neither"),
]


@pytest.mark.parametrize(("alias", "things", "grade", "other", "others", "grade_of_other", "what"), TABLE)
def test_what_joins_two_nicknames(alias, things, grade, other, others, grade_of_other, what):
    a = told("police P-1#0", alias, *things, grading=grade)
    b = told("school S-1#0", other, *others, grading=grade_of_other)
    assert what_becomes_of(a, b) == what


def beside(source: str, day: str, alias: str, child: str, description: str = "", **names) -> Profile:
    """A person of concern as a record names them beside a child."""
    agency, _, ref = source.partition(" ")
    given, _, family = child.partition(" ")
    people = [
        {"ref": f"{agency}-{child}", "part": "child", "given_names": given, "family_name": family},
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
