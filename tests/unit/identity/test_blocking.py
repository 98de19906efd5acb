"""Who is compared with whom."""

from heed.core.identity.blocking import hashed, keys_of
from heed.core.identity.profile import Profile

CHILD = Profile("police c-1", True, ("AYLA",), ("MARSH",), (), ("1995-02-11",))


def meet(a: Profile, b: Profile) -> bool:
    return bool(set(keys_of(a)) & set(keys_of(b)))


def other(**values) -> Profile:
    return Profile("health h-1", **{"child": True, **values})


def test_exchanged_names_a_new_surname_a_short_name_and_a_slip_are_still_found():
    day = ("1995-02-11",)
    assert meet(CHILD, other(given=("MARSH",), family=("AYLA",)))
    assert meet(CHILD, other(given=("AYLA",), family=("ORME",), born=day))
    assert meet(CHILD, other(given=("AYLAH",), family=("MARCH",), born=("1995-11-02",)))
    liz = Profile("police c-2", True, ("ELIZABETH",), ("MARSH",))
    assert meet(liz, other(given=("BETH",), family=("MARSH",)))


def test_a_person_of_concern_is_found_by_full_name_and_day_or_by_a_number_never_by_an_alias():
    full = {"given": ("KARL",), "family": ("VOSS",), "born": ("1970-05-05",)}
    concern = Profile("police x-1", False, aliases=("TAZ",), **full)
    assert meet(concern, other(child=False, **full))
    assert meet(Profile("police x-2", numbers=(("pnc", "1"),)), other(child=False, numbers=(("pnc", "1"),)))
    assert not meet(concern, other(child=False, aliases=("TAZ",)))
    assert not meet(concern, other(child=False, given=("KARL",), family=("VOSS",)))


def test_a_profile_that_says_too_little_has_no_key():
    assert keys_of(other(given=("AYLA",))) == ()
    assert keys_of(other(born=("1995-02-11",))) == ()
    assert keys_of(Profile("police x-3", False, given=("AYLA",), family=("MARSH",))) == ()


def test_a_stored_key_holds_no_name():
    assert len(hashed(keys_of(CHILD)[0])) == 32
    assert all("MARSH" not in hashed(key).upper() for key in keys_of(CHILD))


def test_names_are_found_as_they_sound_and_a_first_name_beside_the_same_other_child():
    assert meet(CHILD, other(given=("AILA",), family=("MARCHE",)))
    assert meet(
        other(given=("STEPHEN",), family=("CADOGAN",)), other(given=("STEFEN",), family=("CADOGGAN",))
    )
    nell = Profile("police P-1#1", True, ("NELL",), company=("print1",))
    assert meet(nell, other(given=("ELEANOR",), family=("ORME",), company=("print1", "print2")))
    assert not meet(nell, other(given=("ELEANOR",), family=("ORME",), company=("print2",)))
