"""Children in common found without names: how many are found and how many of those are right, on two made-up files, and
on FEBRL's fourth set where the linkers beside which Heed is measured are installed."""

import time
from pathlib import Path

import pytest

from heed.core.identity.encoded import encoded, matches
from heed.core.identity.folding import profile_of, told_by
from tests.figures import figure
from tests.two_files import two_files

ROOT = Path(__file__).parents[2]
FEBRL = ROOT / ".tools" / "linkpeers" / "heed-stamp"
KEY = b"a key of a project of thirty two"
POLICY, FEBRLS = 0.8, 0.7
"""The shipped limit, and the one at which others measured FEBRL 4: there everybody is in both files."""


def compared(left, right, truth, at_least):
    """Precision, recall, F1 and seconds."""
    begun = time.perf_counter()
    codes = [[encoded(each, KEY, each.source) for each in side] for side in (left, right)]
    known = [[each for each in side if each is not None] for side in codes]
    found = matches(*known, at_least)
    right_ones = sum(truth.get(each.left) == each.right for each in found)
    precision, recall = right_ones / len(found), right_ones / len(truth)
    return precision, recall, 2 * precision * recall / (precision + recall), time.perf_counter() - begun


def told(result):
    precision, recall, f1, seconds = result
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}, {seconds:.1f} s"


@pytest.mark.drill
@pytest.mark.parametrize(
    ("shared", "at_least", "bar"), [(1.0, FEBRLS, 0.98), (1.0, POLICY, 0.95), (0.3, POLICY, 0.94)]
)
def test_children_in_common_are_found_without_names(shared, at_least, bar):
    result = compared(*two_files(5_000, 1, shared), at_least)
    assert result[2] >= bar, told(result)
    what = f"Without names, two files of 5,000, {shared:.0%} in both, Dice {at_least}"
    figure(what, told(result), f"F1 at least {bar}")


@pytest.mark.drill
@pytest.mark.skipif(not FEBRL.exists(), reason="the linkers beside which Heed is measured are not installed")
def test_febrl_4_is_found_without_names(tmp_path):
    from bench.link.sets import entries, made

    place = made("febrl4", tmp_path)
    sides = {"org": [], "dup": []}
    for source, entry in entries(place):
        del entry["ids"], entry["address"], entry["postcode"]
        sides["org" if "-org" in source else "dup"].append(profile_of(source, [told_by(entry)]))
    truth = {each.source: each.source.replace("-org", "-dup-0") for each in sides["org"]}
    result = compared(sides["org"], sides["dup"], truth, FEBRLS)
    assert result[2] >= 0.9, told(result)
    figure("Without names, FEBRL 4, names and dates of birth only, Dice 0.7", told(result), "F1 at least 0.9")
