"""Sex and ethnicity: read for error rates by group in one place, and by no rule, match or ranking."""

import ast

import pytest

from tests.house.reading import ROOT, imports, name, sources, tree

GROUPS = "heed.casework.quality.groups"
REPORT = "heed.casework.quality.report"
MAY_READ = {"heed/casework/quality/report.py"}
"""Whoever may import the reading of groups: the report, and the report is for a page and a command."""
MAY_REPORT = {"heed/casework/doors/sampling.py", "heed/casework/commands/identity/quality.py"}
RULES = ("heed/core/", "heed/warehouse/", "heed/casework/linking/", "heed/casework/noticing.py", "bench/")
FACTS = {"sex", "ethnicity", "religion", "nationality", "gender"}
KEEPERS = {"heed/core/records/people.py", "heed/core/records/unknown.py", "heed/core/review/thirdparties.py"}
"""Where the word is a key of a record that is read, kept or left out, and goes no further."""

HEED = [path for path in sources() if path.relative_to(ROOT).parts[0] == "heed"]


def importers(module: str) -> set[str]:
    package, _, _ = module.rpartition(".")
    found = set()
    for path in HEED:
        whole = {f"{node.module}.{alias.name}" for node in ast.walk(tree(path))
                 if isinstance(node, ast.ImportFrom) and node.module == package for alias in node.names}  # fmt: skip
        if module in imports(path) | whole:
            found.add(name(path))
    return found


def test_only_the_report_reads_groups():
    assert importers(GROUPS) == MAY_READ
    assert importers(REPORT) == MAY_REPORT


@pytest.mark.parametrize("path", [p for p in HEED if name(p).startswith(RULES)], ids=name)
def test_no_rule_match_or_ranking_reaches_what_is_measured_or_names_such_a_fact(path):
    assert not {module for module in imports(path) if module.startswith("heed.casework.quality")}
    if name(path) in KEEPERS:
        return
    words = {
        node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }  # fmt: skip
    assert {word.casefold() for word in words} & FACTS == set()


def test_what_is_looked_for_is_there_to_be_found():
    """The test above would pass over empty lists."""
    assert len([p for p in HEED if name(p).startswith(RULES)]) > 100
    assert all((ROOT / file).exists() for file in KEEPERS | MAY_READ | MAY_REPORT)
