"""Proofs over the tree: an independent implementation agrees, the RFC's own recursion agrees, and forgeries fail."""

import hashlib

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heed.core.records import merkle
from heed.core.records.proofs import Leaves, is_consistent, is_included
from outside import heed_verify, heed_witness

SIZES = st.integers(1, 130)


def entries(size: int) -> list[bytes]:
    return [b"entry %d" % number for number in range(size)]


def tree_of(size: int) -> Leaves:
    return Leaves([merkle.leaf_hash(each) for each in entries(size)])


def independent(size: int) -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for each in entries(size):
        tree.append_entry(each)
    return tree


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), mth(leaves[half:])]
    return [*path(index - half, leaves[half:]), mth(leaves[:half])]


def subproof(old: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962, section 2.1.2, word for word."""
    if old == len(leaves):
        return [] if whole else [mth(leaves)]
    half = _half(len(leaves))
    if old <= half:
        return [*subproof(old, leaves[:half], whole), mth(leaves[half:])]
    return [*subproof(old - half, leaves[half:], False), mth(leaves[:half])]


def mth(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    half = _half(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:half]) + mth(leaves[half:])).digest()


def _half(size: int) -> int:
    half = 1
    while half * 2 < size:
        half *= 2
    return half


@settings(max_examples=150, deadline=None)
@given(SIZES, st.data())
def test_inclusion_agrees_with_the_rfc_and_with_an_independent_tree(size, data):
    index = data.draw(st.integers(0, size - 1))
    tree, other = tree_of(size), independent(size)
    leaf = merkle.leaf_hash(entries(size)[index])
    ours = tree.inclusion(index, size)
    assert tree.root(size) == other.get_state(size)
    assert ours == path(index, [merkle.leaf_hash(each) for each in entries(size)])
    assert ours == [each for each in other.prove_inclusion(index + 1, size).path if each != leaf]
    assert is_included(leaf, index, size, ours, other.get_state(size))


@settings(max_examples=150, deadline=None)
@given(SIZES, st.data())
def test_consistency_agrees_with_the_rfc_and_with_an_independent_tree(size, data):
    old = data.draw(st.integers(1, size))
    tree, other = tree_of(size), independent(size)
    proof = tree.consistency(old, size)
    leaves = [merkle.leaf_hash(each) for each in entries(size)]
    assert proof == subproof(old, leaves, True)
    pymerkle.verify_consistency(tree.root(old), tree.root(size), other.prove_consistency(old, size))
    assert is_consistent(old, other.get_state(old), size, other.get_state(size), proof)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 40), st.data())
def test_no_forged_proof_of_inclusion_is_taken(size, data):
    tree, index = tree_of(size), data.draw(st.integers(0, size - 1))
    leaf, proof, root = merkle.leaf_hash(entries(size)[index]), tree.inclusion(index, size), tree.root(size)
    other = data.draw(st.integers(-2, size + 2))
    where, bit = data.draw(st.integers(0, len(proof))), data.draw(st.integers(0, 255))
    forged = _bent([leaf, *proof], where, bit)
    assert not is_included(forged[0], index, size, forged[1:], root)
    assert other == index or not is_included(leaf, other, size, proof, root)
    assert not is_included(leaf, index, size, [*proof, root], root)
    assert not proof or not is_included(leaf, index, size, proof[:-1], root)
    assert not is_included(leaf, index, size, proof, _bent([root], 0, bit)[0])


@settings(max_examples=300, deadline=None)
@given(st.integers(2, 40), st.data())
def test_no_forged_proof_of_growth_is_taken_by_heed_or_by_a_witness(size, data):
    tree, old = tree_of(size), data.draw(st.integers(1, size - 1))
    proof, was, now = tree.consistency(old, size), tree.root(old), tree.root(size)
    bent = _bent(
        [was, now, *proof], data.draw(st.integers(0, len(proof) + 1)), data.draw(st.integers(0, 255))
    )
    for before, after, hashes, holds in (
        (was, now, proof, True),
        (bent[0], bent[1], bent[2:], False),
        (was, now, [*proof, now], False),
        (was, now, proof[:-1], False),
        (now, was, proof, False),
    ):
        assert is_consistent(old, before, size, after, hashes) is holds
        assert _witness_says(old, before, size, after, hashes) is holds


@pytest.mark.parametrize("size", [1, 2, 7, 8, 33])
def test_the_verifier_outside_grows_the_same_tree(size):
    theirs = heed_verify.Tree()
    for each in entries(size):
        theirs.add(merkle.leaf_hash(each))
    assert theirs.root() == tree_of(size).root(size)


def _witness_says(old: int, was: bytes, new: int, now: bytes, proof: list[bytes]) -> bool:
    before, after = (heed_witness.Checkpoint("log", n, root, "", "") for n, root in ((old, was), (new, now)))
    return heed_witness.grew(before, after, proof)


def _bent(hashes: list[bytes], where: int, bit: int) -> list[bytes]:
    """The hashes with one bit of one of them turned."""
    turned = bytearray(hashes[where])
    turned[bit // 8] ^= 1 << bit % 8
    return [*hashes[:where], bytes(turned), *hashes[where + 1 :]]
