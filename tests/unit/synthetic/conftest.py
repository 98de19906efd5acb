"""A small town made once for all tests of it."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from synthetic.concerns import Warned
from synthetic.county import County
from synthetic.town import SMALL
from synthetic.write import recorded, write

AGENCIES = ("police", "social_care", "school", "health", "home", "voluntary")


@dataclass(frozen=True)
class Made:
    """A town with its files and its truth."""

    county: County
    given: list[Warned]
    folder: Path
    counts: dict[str, int]

    records: list[dict[str, Any]] = field(default_factory=list)

    def documents(self) -> list[dict[str, Any]]:
        """Every record of every agency, read once."""
        if not self.records:
            self.records.extend(json.loads(line) for agency in AGENCIES for line in self.lines(agency))
        return self.records

    def lines(self, agency: str) -> list[str]:
        """One agency's file."""
        return (self.folder / f"{agency}.jsonl").read_text(encoding="utf-8").splitlines()

    def read(self, name: str) -> Any:
        """A JSON file."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small town of seed 7."""
    folder = tmp_path_factory.mktemp("small")
    county, given = recorded(SMALL, 7, SMALL.until, lambda words: None, frozenset())
    return Made(county, given, folder, write(county, given, 7, folder, frozenset()))
