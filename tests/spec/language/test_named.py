"""What the rules read in free text, and what they leave alone, as sentences."""

import pytest

from heed.core.language.named import KINDS, RULES, proposals, thing_of

READ = [
    ("Found at 12 Mill Street at ten.", "place", "address", "12 Mill Street"),
    ("Found at 12 Mill Street, ZZ1 2CD by staff.", "place", "address", "12 Mill Street, ZZ1 2CD"),
    ("Mentioned Flat 7 6 Maltings Court.", "place", "address", "Flat 7 6 Maltings Court"),
    ("She stays at Flat 3, 61 Woodlark Cres. with him", "place", "address", "Flat 3, 61 Woodlark Cres"),
    ("A car waits near Orchard Row.", "place", "street", "Orchard Row"),
    ("They met outside the St Mary's Way shops.", "place", "street", "St Mary's Way"),
    ("in the flat above the launderette", "place", "above", "flat above the launderette"),
    ("a room behind the snooker hall", "place", "above", "room behind the snooker hall"),
    ("She was at the Star Hotel.", "place", "premises", "the Star Hotel"),
    ("somewhere in ZZ9 5LN", "place", "postcode", "ZZ9 5LN"),
    ("a silver saloon, ZZ51 ABC, outside", "vehicle", "plate", "ZZ51 ABC"),
    ("a silver saloon, ZZ51ABC.", "vehicle", "plate", "ZZ51ABC"),
    ("car A123 BCD", "vehicle", "plate", "A123 BCD"),
    ("car ABC 123D", "vehicle", "plate", "ABC 123D"),
    ("a van, reg zz51 abc", "vehicle", "plate_beside", "zz51 abc"),
    ("index DEC 123", "vehicle", "plate_beside", "DEC 123"),
    ("number plate is A 12", "vehicle", "plate_beside", "A 12"),
    ("Partial plate ZZ5? A??", "vehicle", "plate_beside", "ZZ5? A??"),
    ("registration AIG 1234", "vehicle", "plate_beside", "AIG 1234"),
    ("rang from 07700 900123 twice", "phone", "number", "07700 900123"),
    ("on +447700900123", "phone", "number", "+447700900123"),
    ("on +44 (0)7700 900123.", "phone", "number", "+44 (0)7700 900123"),
    ("01632 960001 is the flat's", "phone", "number", "01632 960001"),
    ("her mobile is 7700 900456", "phone", "number_beside", "7700 900456"),
    ("Her snapchat is @taz_zz", "account", "handle", "@taz_zz"),
    ("the messenger name dru_zz85", "account", "handle", "dru_zz85"),
    ("@taz_zz on Instagram wrote", "account", "handle", "@taz_zz"),
    ("a man known as Taz waited", "nickname", "called", "Taz"),
    ("he calls himself “Unc”", "nickname", "called", "Unc"),
    ("street name Razor", "nickname", "called", "Razor"),
    ("an adult called Chip from two", "nickname", "called", "Chip"),
    ("a.k.a. Big Moz", "nickname", "called", "Big Moz"),
]  # fmt: skip

LEFT_ALONE = [
    "ref 07123456789",
    "Crime number 01234 567890",
    "NHS number 999 000 0123",
    "at 19.25 on 14/03/2009 and 2026-11-23T10:30:00",
    "DEC 123 and A 12 and room 12",
    "scored 12-10; born 11 2 1995",
    "paid £07700900123",
    "@somebody wrote, and a_b@school.example",
    "known as a risk; called the police; called Mum",
    "Mr Taz and Auntie",
    "She was at home, at school, outside the shops.",
    "12 young people in 3 Cars",
    "ZZ1 and M25 and A40",
    "",
]


@pytest.mark.parametrize(("text", "kind", "rule", "words"), READ)
def test_read(text, kind, rule, words):
    (found,) = proposals(text)
    assert (found.kind, found.rule, found.words) == (kind, rule, words)
    assert text[found.start : found.end] == words
    assert RULES[found.rule].kind == kind


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text):
    assert proposals(text) == ()


def test_every_rule_has_a_sentence_and_words_of_its_own():
    assert {rule for _, _, rule, _ in READ} == set(RULES)
    assert {rule.kind for rule in RULES.values()} == set(KINDS)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        (
            "12 Mill Street, ZZ1 2CD",
            {"kind": "place", "part": "mentioned", "address": "12 Mill Street", "postcode": "ZZ1 2CD"},
        ),
        (
            "flat above the launderette",
            {"kind": "place", "part": "mentioned", "name": "flat above the launderette"},
        ),
        ("ZZ9 5LN", {"kind": "place", "part": "mentioned", "postcode": "ZZ9 5LN"}),
        ("ZZ51 ABC", {"kind": "vehicle", "part": "mentioned", "vrm": "ZZ51 ABC"}),
        ("07700 900123", {"kind": "phone", "part": "mentioned", "number": "07700 900123"}),
        (
            "snapchat @taz_zz",
            {"kind": "account", "part": "mentioned", "handle": "taz_zz", "service": "snapchat"},
        ),
        ("known as Taz", {"kind": "alias", "part": "mentioned", "name": "Taz"}),
    ],
)
def test_as_a_thing_of_a_record(text, thing):
    (found,) = proposals(text)
    assert thing_of(found.kind, text, found.start, found.end) == thing
