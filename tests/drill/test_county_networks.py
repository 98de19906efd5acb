"""The whole fictional county: every network whose evidence is in the records is named, few others are, and silence would
have brought each before an executive long before anybody acted."""

import pytest

from bench.replay import run, table
from heed.casework.ledger import check
from heed.casework.models import Duty
from heed.casework.policy.thresholds import read_thresholds
from synthetic.town import TOWNS
from synthetic.write import generate
from tests import silence
from tests.figures import figure


@pytest.fixture(scope="module", params=[7, 11])
def replayed(request, tmp_path_factory):
    """A county's folder, and what the rules find in it week by week: asked once for both drills."""
    folder = tmp_path_factory.mktemp("county")
    generate(TOWNS["county"], request.param, TOWNS["county"].until, folder)
    return folder, run(folder, read_thresholds())


@pytest.mark.drill
def test_the_countys_networks_are_named_early_and_little_else_is(replayed):
    _, outcome = replayed
    print("\n".join(table(outcome)))
    missed = [network.name for network in outcome.networks if network.in_records and network.first is None]
    assert missed == []
    strays = [finding for finding in outcome.strays if finding.detector != "own_rate"]
    assert len(strays) / outcome.weeks < 0.2
    acted = [n for n in outcome.networks if n.in_records and n.acted and n.first]
    assert all(network.first.as_of < network.acted for network in acted)


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.parametrize("replayed", [7], indirect=True)
def test_silence_would_have_brought_each_network_before_an_executive(replayed):
    reached = silence.run(*replayed)
    print("\n".join([*silence.networks_table(reached), "", *silence.concerns_table()]))
    assert {duty.rung for duty in Duty.objects.all()} == {silence.EXECUTIVES}
    assert check().faults == []
    known = [each for each in reached if each.in_records]
    sooner = [each for each in known if each.executive and each.executive < each.acted]
    assert len(sooner) == len(known)
    least = min((each.acted - each.executive).days // 7 for each in sooner)
    figure(
        f"The county's 16 years under the clock, {Duty.objects.count()} duties and nobody answering: networks before "
        "the partnership's executive by name before managers acted",
        f"{len(sooner)} of {len(known)} whose evidence is in the records, at least {least} weeks sooner",
        "all of them",
    )


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
