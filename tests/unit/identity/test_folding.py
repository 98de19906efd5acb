"""What one source said, mention by mention, becomes one profile."""

from heed.core.identity.company import MOST_PEOPLE, print_of, scene_of
from heed.core.identity.folding import MOST_EVENTS, profile_of, told_by
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


def test_a_name_in_cyrillic_or_greek_is_written_in_latin_and_one_in_another_script_is_kept():
    assert folded({"given_names": "Оксана"}).given == ("OKSANA",)
    assert folded({"given_names": "Łukasz", "family_name": "Παππάς"}).given == ("LUKASZ",)
    assert folded({"given_names": "ليلى"}).given == ("ليلى",)


def test_a_scene_gives_the_day_and_fingerprints_of_whoever_was_named_beside_and_no_name():
    people = [
        {"part": "child", "ref": "c-1", "given_names": "Ayla", "family_name": "Marsh"},
        {"part": "found_with", "given_names": "Nell"},
        {"part": "professional", "given_names": "R.", "family_name": "Bell"},
    ]
    told = {"agency": "police", "ref": "P-1", "happened_from": "2009-03-14T22:10:00+00:00", "people": people}
    scene = scene_of(told)
    nell = profile_of("police P-1#1", [told_by(people[1], scene, 1)])
    assert nell.seen == nell.events == ("2009-03-14",)
    assert nell.company == tuple(sorted((print_of("police c-1"), print_of("AYLA|MARSH"))))
    assert nell.shared == (print_of("police P-1"),)
    ayla = profile_of("police c-1", [told_by(people[0], scene, 0)])
    assert ayla.company == (print_of("police P-1#1"),)


def test_a_list_of_many_people_is_no_company_and_many_days_are_no_events():
    people = [{"part": "child", "ref": f"c-{number}"} for number in range(MOST_PEOPLE + 1)]
    assert scene_of({"agency": "police", "ref": "P-1", "people": people}).beside(0) == ()
    days = [f"2009-{1 + number // 28:02}-{1 + number % 28:02}" for number in range(MOST_EVENTS + 1)]
    often = profile_of(
        "home h-1", [told_by({"part": "child"}, scene_of({"recorded_at": day})) for day in days]
    )
    assert often.events == ()
    assert often.seen == (days[0], days[-1])


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
