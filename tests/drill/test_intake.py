"""An import's memory stays flat, however long its file. Its speed beside a bare insert is for `heed bench intake`."""

import os

import pytest

from bench.intake import measured, table

LINES = int(os.environ.get("HEED_INTAKE_LINES", "60000"))
MOST_MB, MOST_GROWTH_MB = 300, 120
"""The database's own cache grows to 64 MB; nothing else may grow with the file."""


@pytest.mark.drill
def test_the_memory_of_an_import_is_flat():
    watched, beside = measured(LINES, seed=1)
    print("\n".join(table(LINES, watched, beside)))
    assert watched.whole < MOST_MB
    assert watched.whole - watched.tenth < MOST_GROWTH_MB
