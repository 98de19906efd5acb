"""Ten minutes of mutated samples through every reader and the intake: nothing breaks, nothing is lost, memory is flat.

`HEED_FUZZ_SECONDS` makes it longer or shorter, `HEED_FUZZ_SEED` another run.
"""

import json
import os
import subprocess
import sys

import pytest

from heed.formats import names

SECONDS = float(os.environ.get("HEED_FUZZ_SECONDS", "600"))
SEED = int(os.environ.get("HEED_FUZZ_SEED", "1"))
MOST_MB = 300


def fuzzed(house, seconds, seed):
    run = subprocess.run(
        [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.faults.hostile.fuzzing",
            str(house),
            str(seconds),
            str(seed),
        ],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    told = json.loads(run.stdout.splitlines()[-1])
    for name in sorted(told["cases"]):
        print(
            f"{name:<18} {told['cases'][name]:>6} cases, {told['explained'].get(name, 0):>6} explained as a whole"
        )
    total = sum(told["cases"].values())
    print(
        f"{total} cases in {seconds:g} s, seed {seed}: {told['lines']} lines accounted for, {told['records']} records, "
        f"{len(told['broken'])} crashes or lost lines, peak memory {told['peak']:.0f} MB"
    )
    return told


@pytest.mark.drill
def test_fuzz(tmp_path):
    told = fuzzed(tmp_path, SECONDS, SEED)
    assert told["broken"] == []
    assert set(told["cases"]) == set(names())
    assert told["peak"] < MOST_MB
