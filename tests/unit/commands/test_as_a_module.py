"""`python -m heed.config.cli` is `heed`, for whoever has no script folder on the path."""

import subprocess
import sys


def test_it_says_what_it_can_do():
    done = subprocess.run(
        [sys.executable, "-m", "heed.config.cli", "--help"], capture_output=True, text=True, check=True
    )
    assert "doctor" in done.stdout
