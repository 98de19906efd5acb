"""Detection on worlds of the validation families: how early, how surely, at what price; and the same on Spark."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.detect.measures import bootstrapped, found, mean_of, ratio_at
from bench.detect.report import BUDGET, findable, lines
from bench.detect.running import null_rate, run_all
from bench.surroundings import python_of, surroundings
from heed.casework.policy.thresholds import read_thresholds
from synthetic.worlds.families import areas
from tests.figures import figure

WORLDS = 5
PROGRAM = Path(__file__).with_name("detect_on_spark.py")


@pytest.mark.drill
def test_networks_are_noticed_early_at_a_price_people_can_pay():
    policy = read_thresholds()
    harm = run_all(areas("validation", WORLDS, harm=True), policy)
    null = run_all(areas("validation", WORLDS, harm=False, skip=WORLDS), policy)
    print("\n".join(lines(harm, null, [])))
    rows, rate = findable(harm, BUDGET), null_rate(null, BUDGET)
    figure("networks noticed, times the floor's weeks", str(bootstrapped(rows, ratio_at(0.5))), "at most 1.5")
    figure("purity and coverage at the first alert", f"{mean_of('purity')(rows):.2f} and {mean_of('coverage')(rows):.2f}",
           "0.90 and 0.70")  # fmt: skip
    figure("patterns told without harm, a week", f"{rate:.3f}", "at most 0.25 (1.25 times the budget)")
    assert rate <= 0.3
    assert found(rows) >= 0.5
    practice = sum(run.baselines["3 episodes in 90 days"][1] for run in null) / len(null)
    assert practice > 5 * rate


@pytest.mark.drill
def test_spark_and_duckdb_notice_the_same():
    if not shutil.which("java"):
        if os.environ.get("CI"):
            pytest.fail("Spark needs Java 17, and there is none")
        pytest.skip("Spark needs Java 17, and there is none")
    policy = {name: dict(limits) for name, limits in read_thresholds().items()}
    done = subprocess.run(
        [python_of("spark"), str(PROGRAM), json.dumps(policy)],
        capture_output=True,
        text=True,
        env=surroundings(),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["same"], told["first_apart"]
    assert told["findings"] >= 1
    here, there = told["seconds"]
    figure(
        "detection on Spark and on DuckDB",
        f"{told['findings']} findings, identical; {there:.0f} s and {here:.1f} s",
        "identical",
    )
