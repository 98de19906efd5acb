"""What one source said, mention by mention, becomes one profile."""

from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.profile import Profile, profile_from_json, profile_to_json


def folded(*people, source="police c-1"):
    return profile_of(source, [told_by(one) for one in people])


def test_the_usual_value_leads_and_all_are_kept():
    profile = folded(
        {"part": "child", "given_names": "Ayla", "family_name": "Marsh", "born": "1995-02-11"},
        {"part": "child", "given_names": "Ayla", "family_name": "Marsh", "born": "1995-02-12"},
        {"part": "found_with", "given_names": "Ayle", "family_name": "Orme", "born": "1995-02-11"},
    )
    assert profile.child
    assert profile.given == ("AYLA", "AYLE")
    assert profile.family == ("MARSH", "ORME")
    assert profile.usual_born == "1995-02-11"
    assert profile.days == {"1995-02-11", "1995-02-12"}


def test_among_equals_the_latest_leads_and_addresses_run_from_the_latest():
    profile = folded(
        {"part": "child", "family_name": "Marsh", "address": "1 Hill", "postcode": "ZZ1 1AA"},
        {"part": "child", "family_name": "Orme", "address": "2 Hill", "postcode": "zz1 2bb"},
    )
    assert profile.usual_family == "ORME"
    assert profile.places == ("ZZ12BB|2 HILL", "ZZ11AA|1 HILL")
    assert profile.postcodes == ("ZZ12BB", "ZZ11AA")


def test_names_are_plain_and_an_apostrophe_is_no_difference():
    profile = folded({"family_name": "O'Neill", "given_names": "Siân"}, {"family_name": "O\u2019NEILL"})
    assert profile.family == ("ONEILL",)
    assert profile.given == ("SIAN",)


def test_a_name_in_another_script_is_kept():
    assert folded({"given_names": "Оксана"}).given == ("ОКСАНА",)


def test_what_cannot_be_read_is_left_out_never_guessed():
    profile = folded(
        {"born": "11/02/95", "given_names": 7, "ids": {"nhs": "", "upn": None}, "postcode": "  "}
    )
    assert profile == Profile("police c-1")


def test_a_time_is_no_date_of_birth():
    assert folded({"born": "1995-02-11T00:00:00+00:00"}).born == ()


def test_sex_and_the_like_never_reach_a_profile():
    kept = profile_to_json(folded({"given_names": "Ayla", "sex": "F", "ethnicity": "x", "nationality": "y"}))
    assert kept == {"given": ("AYLA",)}


def test_a_failing_number_is_kept_but_not_among_the_checked():
    profile = folded({"ids": {"NHS": "999 000 0123", "upn": "Z999000012345"}})
    assert profile.numbers == (("upn", "Z999000012345"), ("nhs", "9990000123"))
    assert profile.checked_schemes <= {"nhs"}


def test_a_person_of_concern_is_not_taken_for_a_child():
    assert not folded({"part": "person_of_concern", "also_known_as": ["Taz"]}).child


def test_a_profile_survives_its_json():
    profile = folded(
        {"part": "child", "given_names": "Ayla", "also_known_as": ["Aysh"], "ids": {"nhs": "9990000123"}}
    )
    assert profile_from_json("police c-1", profile_to_json(profile)) == profile
