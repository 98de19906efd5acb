"""The tree is RFC 6962's: known answers, and a dull second implementation that recomputes everything."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heed.core.records import merkle

# The leaves and roots of the reference tree that Certificate Transparency implementations test against.
LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def dull(leaves):
    """MTH of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + dull(leaves[:half]) + dull(leaves[half:])).digest()


def test_the_empty_tree_is_the_hash_of_nothing():
    assert merkle.root(merkle.Frontier()) == hashlib.sha256(b"").digest()


@pytest.mark.parametrize(("count", "root"), list(enumerate(ROOTS, start=1)))
def test_known_roots(count, root):
    frontier = merkle.grown(merkle.Frontier(), map(merkle.leaf_hash, LEAVES[:count]))
    assert merkle.root(frontier).hex() == root


@given(st.lists(st.binary(max_size=9), max_size=70), st.integers(0, 70))
def test_growing_in_two_goes_gives_the_tree_of_all(data, cut):
    leaves = [merkle.leaf_hash(each) for each in data]
    frontier = merkle.grown(merkle.grown(merkle.Frontier(), leaves[:cut]), leaves[cut:])
    assert merkle.root(frontier) == dull(leaves)
    assert merkle.read(frontier.size, merkle.written(frontier)) == frontier


@pytest.mark.parametrize(
    ("size", "text"), [(1, ""), (0, "00" * 32), (3, "00" * 32), (1, "00" * 31), (1, "AB" * 32), (-1, "")]
)
def test_a_frontier_that_cannot_be_is_refused(size, text):
    with pytest.raises(ValueError, match=r"frontier|hexadecimal"):
        merkle.read(size, text)
