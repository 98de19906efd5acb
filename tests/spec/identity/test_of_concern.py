"""People of concern, of whom a nickname and little else is known: what joins, what is shown, what does neither."""

import pytest

from heed.core.identity.blocking import keys_of
from heed.core.identity.company import scene_of
from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.judgement import score
from heed.warehouse.linking.committed import current_model

MODEL = current_model()
CAR = {"kind": "vehicle", "part": "seen_in", "vrm": "ZZ51 ABC"}
PHONE = {"kind": "phone", "part": "called_by", "number": "07700 900123"}
FLAT = {"kind": "place", "part": "found_at", "address": "12 Mill Street", "postcode": "ZZ1 2CD"}
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
    ("Taz", (), None, "Taz", (), None, "neither"),
    ("Taz", (CAR,), None, "Taz", (PHONE,), None, "neither"),
    ("Taz", (SHOP,), None, "Taz", (SHOP,), None, "neither"),
    ("Taz", (CAR,), None, "Bones", (CAR,), None, "neither"),
]


@pytest.mark.parametrize(("alias", "things", "grade", "other", "others", "grade_of_other", "what"), TABLE)
def test_what_joins_two_nicknames(alias, things, grade, other, others, grade_of_other, what):
    a = told("police P-1#0", alias, *things, grading=grade)
    b = told("school S-1#0", other, *others, grading=grade_of_other)
    found = score(a, b, MODEL).probability if set(keys_of(a)) & set(keys_of(b)) else 0.0
    assert what == ("joined" if found >= MODEL.link_at else "shown" if found >= MODEL.show_at else "neither")


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
