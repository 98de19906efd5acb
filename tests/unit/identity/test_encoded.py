"""Encodings without names: what they find, what the key protects, and what it does not."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.core.identity.encoded import BITS, LEAST_ALIKE, Encoded, encoded, fingerprint, matches
from heed.core.identity.profile import Profile
from tests.two_files import two_files

KEY, OTHER = b"k" * 32, b"o" * 32
AYLA = Profile(
    "police c-1", child=True, given=("AYLA",), family=("MARSH",), born=("1995-02-11",), numbers=(("nhs", "9990000018"),)
)  # fmt: skip


def code(profile, key=KEY, handle=""):
    return encoded(profile, key, handle or profile.source)


def ones(bits):
    return {place for place in range(BITS) if bits[place // 8] >> (7 - place % 8) & 1}


def dice(one, other):
    a, b = ones(one.bits), ones(other.bits)
    return 2 * len(a & b) / (len(a) + len(b))


def test_a_slip_of_spelling_leaves_two_codes_alike_and_no_name_in_them():
    slipped = code(replace(AYLA, given=("AYLAH",), born=("1995-11-02",), numbers=()))
    assert 0.6 < dice(code(AYLA), slipped) < 1
    assert len(code(AYLA).bits) == BITS // 8
    assert not any(word in repr(code(AYLA, handle="h")) for word in ("AYLA", "MARSH", "1995", "9990000018"))


def test_names_the_other_way_round_are_the_same_code():
    assert code(replace(AYLA, given=("MARSH",), family=("AYLA",))).bits == code(AYLA).bits


@pytest.mark.parametrize("lost", [{"given": (), "family": ()}, {"born": ()}])
def test_of_whom_too_little_is_known_there_is_no_code(lost):
    assert code(replace(AYLA, **lost)) is None


def test_without_the_key_nothing_matches():
    """The same children under two keys: no token in common, no more alike than strangers, and another fingerprint."""
    left, _, _ = two_files(200, 3)
    mine, theirs = [code(each) for each in left], [code(each, OTHER) for each in left]
    assert not {t for each in mine for t in each.tokens} & {t for each in theirs for t in each.tokens}
    assert matches(mine, theirs, 0.8) == []
    assert max(dice(one, other) for one, other in zip(mine, theirs, strict=True)) < 0.5
    assert fingerprint(KEY, "north") != fingerprint(OTHER, "north") != fingerprint(OTHER, "south")


def test_limit_whoever_has_the_key_can_look_for_anybody_they_can_name():
    """A limit that docs/explanation/without-names.md states: either agency, or whoever took its key, can encode every
    name of a telephone book with every day and find who is in the other's file. Here, one name of sixty."""
    left, _, _ = two_files(60, 4)
    stolen = [code(each) for each in left]
    wanted = left[17]
    guess = code(Profile("guess", child=True, given=wanted.given, family=wanted.family, born=wanted.born))
    found = matches([guess], stolen, 0.99)
    assert [each.right for each in found] == [wanted.source]


def test_limit_the_third_party_learns_how_common_a_pattern_is_without_any_key():
    """Another limit stated there: common names set the same bits in many filters, so the bits of the commonest pairs of
    letters stand out, and whoever knows how common names are begins from them."""
    left, _, _ = two_files(1500, 5)
    codes = [code(each) for each in left]
    bits = Counter(place for each in codes for place in ones(each.bits))
    surname, _ = Counter(each.family[0] for each in left).most_common(1)[0]
    theirs = set.intersection(
        *(ones(c.bits) for c, each in zip(codes, left, strict=True) if each.family[0] == surname)
    )
    average = sum(bits.values()) / BITS
    assert sum(bits[place] for place in theirs) / len(theirs) > 1.5 * average


def dull(left, right, at_least):
    """The same by trying every pair over sets."""
    found = []
    for one, other in product(left, right):
        alike = round(dice(one, other), 6)
        token = bool(set(one.tokens) & set(other.tokens)) and dice(one, other) >= LEAST_ALIKE
        if token or dice(one, other) >= at_least:
            found.append((not token, -alike, one.handle, other.handle))
    taken, kept = set(), []
    for _, _, one, other in sorted(found):
        if ("l", one) not in taken and ("r", other) not in taken:
            taken |= {("l", one), ("r", other)}
            kept.append((one, other))
    return kept


codes = st.builds(
    lambda bits, tokens: (bytes(bits) + b"\xff" * 100, tokens),
    st.lists(st.sampled_from([0, 1, 3, 255]), min_size=28, max_size=28),
    st.sets(st.sampled_from(["a", "b", "c"]), max_size=2),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(codes, max_size=5), st.lists(codes, max_size=5), st.sampled_from([0.8, 0.95, 1.0]))
def test_comparing_is_what_trying_every_pair_gives(left, right, at_least):
    sides = [
        [Encoded(f"{name}{place}", tuple(sorted(tokens)), bits) for place, (bits, tokens) in enumerate(side)]
        for name, side in (("l", left), ("r", right))
    ]
    found = [(each.left, each.right) for each in matches(*sides, at_least)]
    assert found == dull(*sides, at_least)
    turned = [(each.right, each.left) for each in matches(sides[1], sides[0], at_least)]
    assert len(turned) == len(found)
