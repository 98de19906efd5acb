"""One door: pages reach what agencies wrote only through heed.casework.doors, and change it only through actions."""

import ast

import pytest

from tests.house.reading import ROOT, imports, name, sources, tree

THE_CLOCK = ("escalate_due", "pass_on_leavers", "note_policy")
"""What nobody does: it happens when its instant has come."""

WEB = [path for path in sources() if path.relative_to(ROOT).parts[:2] == ("heed", "web")]
DOORS = [path for path in sources() if path.relative_to(ROOT).parts[:3] == ("heed", "casework", "doors")]


@pytest.mark.parametrize("path", WEB, ids=name)
def test_web_never_reaches_a_model(path):
    assert not {module for module in imports(path) if module.startswith("heed.casework.models")}
    assert "objects" not in attributes(path)
    assert "get_model" not in attributes(path)


@pytest.mark.parametrize("path", WEB, ids=name)
def test_web_imports_only_doors_actions_and_plain_values_of_casework(path):
    allowed = ("heed.casework.doors", "heed.casework.actions", "heed.casework.clock", "heed.casework.policy")
    reached = {module for module in imports(path) if module.startswith("heed.casework")}
    assert {module for module in reached if not module.startswith(allowed)} == set()


@pytest.mark.parametrize("path", DOORS, ids=name)
def test_doors_read_records_as_somebody(path):
    assert "system" not in attributes(path), "a door reads for a viewer, never for the system"


@pytest.mark.parametrize("path", [p for p in sources() if "casework/actions" in str(p)], ids=name)
def test_what_writes_says_by_whom_and_when(path):
    for node in tree(path).body:
        if (
            isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and "attr='atomic'" in ast.dump(node)
        ):
            assert not node.args.args, f"{node.name}: keyword-only"
            named = {argument.arg for argument in node.args.kwonlyargs}
            assert "now" in named, f"{node.name}: now="
            assert "by" in named or node.name in THE_CLOCK, f"{node.name}: by="


def attributes(path) -> set[str]:
    """Every attribute a file reads."""
    return {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
