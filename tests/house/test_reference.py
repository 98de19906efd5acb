"""The reference says what the code says."""

import pytest

from tests.reference import FOLDER, pages


@pytest.mark.parametrize(
    "name", ["README.md", "detectors.md", "ladder.md", "practice.md", "formats.md", "commands.md"]
)
def test_the_reference_is_fresh(name):
    assert (FOLDER / name).read_text() == pages()[name], "stale: run python3 dev.py docs"
