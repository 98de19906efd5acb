"""The population figures of the county, printed and held to their published ranges."""

import json
import time
from dataclasses import replace

import pytest

from heed.core.records.reading import parse
from synthetic.figures import figures
from synthetic.making import make_world
from synthetic.town import COUNTY
from synthetic.write import generate


def held(world) -> None:
    """Print every figure; hold each to its range (detection study, section 5; data standards, section 12)."""
    counted = figures(world)
    for name, value in counted.as_dict().items():
        print(f"{name:32} {value}")
    assert 598 <= counted.children_a_year <= 636
    assert 0.12 <= counted.three_or_more <= 0.155
    assert 0.65 <= counted.repeat_share <= 0.75
    assert 0.27 <= counted.top_five_percent_share <= 0.33
    assert counted.first_repeat_within_28_days > 0.5
    assert 0.77 <= counted.within_24_hours <= 0.81
    assert 0.88 <= counted.within_48_hours <= 0.92
    assert counted.over_a_week < 0.02
    assert 75 <= counted.most_missing_child <= 90


def test_a_small_town_has_the_right_durations_and_repeats(small):
    counted = figures(small.county.world)
    assert 0.7 <= counted.within_24_hours <= 0.9
    assert counted.first_repeat_within_28_days > 0.4
    assert 0.5 <= counted.repeat_share <= 0.85


@pytest.mark.drill
@pytest.mark.parametrize("seed", [7, 8])
def test_the_county_has_the_published_figures(seed):
    held(make_world(COUNTY, seed, COUNTY.until, lambda words: None))


@pytest.mark.drill
def test_the_county_without_networks_has_nearly_the_same_children():
    world = make_world(replace(COUNTY, most_missing=0), 7, COUNTY.until, lambda words: None, plot="nothing")
    assert 590 <= figures(world).children_a_year <= 636


@pytest.mark.drill
def test_the_county_is_made_in_time_and_every_record_is_readable(tmp_path):
    began = time.process_time()
    counts = generate(COUNTY, 7, COUNTY.until, tmp_path)
    seconds = time.process_time() - began
    print(f"{sum(counts.values()):,} records in {seconds:.0f} s of processor time: {counts}")
    assert 120_000 <= sum(counts.values()) <= 200_000
    assert seconds < 90
    for agency in counts:
        with (tmp_path / f"{agency}.jsonl").open(encoding="utf-8") as lines:
            assert not any(parse(json.loads(line)).problems for line in lines)
    networks = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))["networks"]
    evident = [network for network in networks if network["evidence_in_records"]]
    assert len(networks) >= 8
    assert len(evident) >= 8
    for network in evident:
        assert network["most_children_at_one_hub"] >= 4
        assert network["first_warning"] < network["first_acted_on"]
