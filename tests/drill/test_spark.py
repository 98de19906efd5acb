"""Spark finds the same pairs, weights and clusters as DuckDB among the county's 100,000. Takes about three minutes, and
once more for setting PySpark up."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.link.sets import made
from bench.surroundings import python_of, surroundings
from tests.figures import figure

PROGRAM = Path(__file__).with_name("link_on_spark.py")
FILES = 100_000


@pytest.mark.drill
def test_spark_and_duckdb_find_the_same_people(tmp_path):
    if not shutil.which("java"):
        if os.environ.get("CI"):
            pytest.fail("Spark needs Java 17, and there is none")
        pytest.skip("Spark needs Java 17, and there is none")
    done = subprocess.run(
        [python_of("spark"), str(PROGRAM), str(made(str(FILES), tmp_path))],
        capture_output=True,
        text=True,
        env=surroundings(),
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["people"] == FILES
    assert told["pairs"] > FILES
    assert told["same_pairs"]
    assert told["same_clusters"]
    assert told["apart_by"] < 1e-9
    figure(
        "linking on Spark and on DuckDB",
        f"{told['clusters']:,} clusters of {FILES:,} files, identical; {told['pairs']:,} pairs, weights apart by"
        f" {told['apart_by']:.1e}; {told['seconds'][1]:.0f} s and {told['seconds'][0]:.0f} s",
        "identical clusters",
    )
