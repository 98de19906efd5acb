"""The published threat model names a test for every threat, and each of them is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "threat-model.md").read_text(encoding="utf-8")
ROWS = {row.split("|")[1].strip(): row for row in PAGE.splitlines() if re.match(r"\| T\d+ \|", row)}


def test_each_of_the_thirty_is_there_once() -> None:
    numbered = [row for row in PAGE.splitlines() if re.match(r"\| T\d+ \|", row)]
    assert list(ROWS) == [f"T{n}" for n in range(1, 31)]
    assert len(numbered) == 30


@pytest.mark.parametrize("threat", list(ROWS))
def test_what_holds_it_is_a_test_that_exists(threat: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+|\*)`", ROWS[threat])
    assert named, f"{threat} names no test: write `tests/FILE.py::test_NAME`, or ::* for all of a file"
    for file, test in named:
        assert test == "*" or test in _tests(file), f"{threat} names {file}::{test}, which is not there"
        assert _tests(file), f"{threat} names {file}, which tests nothing"


def _tests(file: str) -> set[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")}
