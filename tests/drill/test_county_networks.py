"""The whole fictional county: every network whose evidence is in the records is named, few others are."""

import pytest

from bench.replay import run, table
from heed.casework.policy.thresholds import read_thresholds
from synthetic.town import TOWNS
from synthetic.write import generate


@pytest.mark.drill
@pytest.mark.parametrize("seed", [7, 11])
def test_the_countys_networks_are_named_early_and_little_else_is(tmp_path, seed):
    generate(TOWNS["county"], seed, TOWNS["county"].until, tmp_path)
    outcome = run(tmp_path, read_thresholds())
    print("\n".join(table(outcome)))
    missed = [network.name for network in outcome.networks if network.in_records and network.first is None]
    assert missed == []
    strays = [finding for finding in outcome.strays if finding.detector != "own_rate"]
    assert len(strays) / outcome.weeks < 0.2
    acted = [n for n in outcome.networks if n.in_records and n.acted and n.first]
    assert all(network.first.as_of < network.acted for network in acted)


@pytest.mark.drill
def test_a_county_without_networks_is_told_of_few(tmp_path):
    generate(TOWNS["county"], 5, TOWNS["county"].until, tmp_path, plot="nothing")
    outcome = run(tmp_path, read_thresholds())
    assert len(outcome.findings) / outcome.weeks < 0.2


def test_every_network_of_the_small_town_is_named(tmp_path):
    generate(TOWNS["small"], 7, TOWNS["small"].until, tmp_path)
    outcome = run(tmp_path, read_thresholds())
    assert [n.name for n in outcome.networks if n.in_records and n.first is None] == []
    assert next(iter(table(outcome))).startswith("network")
