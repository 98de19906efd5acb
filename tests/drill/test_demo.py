"""The demonstration as a stranger meets it: an empty folder filled, proven, and opened again."""

import json
import os
import subprocess
import sys
import time

import pytest

HEED = [sys.executable, "-c", "from heed.config.cli import main; main()"]


@pytest.mark.drill
def test_an_empty_house_is_filled_and_all_of_it_is_proven(tmp_path):
    def heed(*words):
        environment = {
            key: value for key, value in os.environ.items() if not key.startswith(("HEED_", "DJANGO_"))
        }
        found = subprocess.run(
            [*HEED, "--data", str(tmp_path / "house"), *words],
            capture_output=True,
            text=True,
            env=environment,
        )
        assert found.returncode == 0, found.stderr[-2000:]
        return found

    began = time.monotonic()
    told = heed("demo", "--no-serve").stderr
    filled = time.monotonic() - began
    assert "Everybody's password" in told

    began = time.monotonic()
    heed("demo", "--no-serve")
    again = time.monotonic() - began

    owed = [json.loads(line) for line in heed("duties", "--json").stdout.splitlines()]
    assert {duty["rung"] for duty in owed} >= {5}, "somebody stayed silent all the way up"
    assert any(duty["finding"] for duty in owed) or "finding" in told
    clauses = " / ".join(duty["clause"] for duty in owed)
    for shown in (
        "a child who is watched is seen",
        "a missing child is looked for",
        "a return interview is offered",
    ):
        assert shown in clauses, "the pages of the register and of missing children have something on them"
    verified = heed("ledger", "verify").stdout
    rebuilt = heed("rebuild", "--check")
    assert "0 differences" in rebuilt.stdout + rebuilt.stderr
    print(
        f"demo filled in {filled:.0f} s, opened again in {again:.1f} s; {len(owed)} answers owed; {verified.strip()}"
    )
