"""The same child in several agencies' files: what the committed model finds in a county it was not trained on, and what
Heed finds beside plain Splink on the same people. Takes about two minutes; how long it takes to link is only told."""

import os
import subprocess
import sys

import pytest

from bench.link.running import measured
from bench.link.sets import made
from bench.live import at, run
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.rehearsal import evaluate
from tests.figures import figure

HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]
SEED, FILES, KNOWN, ARRIVING = 2, 10_000, 30_000, 300
"""Seed 1 is what the model was trained on; the bench's people are of a seed nothing was ever tuned on."""


@pytest.mark.drill
def test_the_countys_children_are_found_in_a_county_the_model_never_met(tmp_path):
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))}
    synth = ["synth", "--town", "county", "--seed", str(SEED), "--out", str(tmp_path / "county")]
    subprocess.run([*HEED, "--data", str(tmp_path), *synth], env=outside, check=True, capture_output=True)
    tried = evaluate(tmp_path / "county", current_model())
    found, queue = tried.quality, tried.queue / tried.persons
    figure(
        "The same child, a county the model never met",
        f"pairs: precision {found.precision:.4f}, recall {found.recall:.4f}; clusters: F1 {found.cluster_f1:.3f};"
        f" {queue:.1%} of {tried.persons:,} people to look at",
        "precision 0.995, recall 0.95, clusters 0.96, at most 2% to look at",
    )
    assert found.precision >= 0.995
    assert found.recall >= 0.95
    assert found.cluster_f1 >= 0.96
    assert queue < 0.02


@pytest.mark.drill
def test_heed_errs_less_than_plain_splink_on_the_same_people(tmp_path):
    runs = measured([str(FILES)], ["splink", "heed"], 15, tmp_path, print)
    theirs, ours = ((each, each.quality) for each in runs)
    assert not theirs[0].stopped + ours[0].stopped
    pairs, clusters = (
        1 - (1 - getattr(ours[1], name)) / (1 - getattr(theirs[1], name)) for name in ("f1", "cluster_f1")
    )
    figure(
        f"Errors against plain Splink, {FILES:,} files",
        f"pairwise {pairs:.0%} fewer (F1 {theirs[1].f1:.4f} to {ours[1].f1:.4f}), clusters {clusters:.0%} fewer"
        f" ({theirs[1].cluster_f1:.4f} to {ours[1].cluster_f1:.4f})",
        "30% and 20%",
    )
    assert pairs >= 0.3
    assert clusters > 0


@pytest.mark.drill
def test_one_person_who_arrives(tmp_path):
    folder = made(str(KNOWN + ARRIVING), tmp_path)
    ours = run("house", folder, tmp_path / "house")
    theirs = run("splink_call", folder, tmp_path / "house")
    asked = at(ours["asked"], 0.95)
    figure(
        f"One person against {KNOWN:,} known",
        f"found, weighed and explained p95 {asked:.2f} ms, {at(theirs['asked'], 0.5) / at(ours['asked'], 0.5):.0f} times"
        f" Splink's predict_between; with its commit p95 {at(ours['linked'], 0.95):.1f} ms",
        "10 ms, 50 times (heed bench live)",
    )
    assert ours["arrived"] > 0.9 * ARRIVING, "of the others too little is said to compare them"
    assert ours["pairs"] > 0
