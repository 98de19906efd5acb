"""Figures that drills publish: one table at the end of a run, promise by promise, with the bar each had to reach."""

import json
import os
from pathlib import Path

FILE = "HEED_FIGURES"
"""Where a run of drills gathers its figures: a file of JSON lines named by `dev.py drill`."""


def figure(promise: str, found: str, bar: str) -> None:
    """Publish what was found. A figure that misses its bar is a failed assertion before it comes here."""
    print(f"{promise}: {found} (bar: {bar})")
    if file := os.environ.get(FILE):
        with Path(file).open("a") as lines:
            lines.write(json.dumps({"promise": promise, "figure": found, "bar": bar}) + "\n")
