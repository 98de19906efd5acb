"""The house keeps its shape: sizes, names, words, and nothing of the machine it was built on."""

import ast
import re
import subprocess

import pytest

from tests.house.reading import ROOT, functions, name, sources, tree

NAMES_THAT_SAY_NOTHING = {"utils", "helpers", "managers", "services", "misc", "common"}
PRODUCT = [
    path for path in sources() if path.relative_to(ROOT).parts[0] in ("heed", "outside", "synthetic", "bench")
]


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_file_is_never_longer_than_500_lines(path):
    assert len(path.read_text().splitlines()) <= 500


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_function_is_never_longer_than_60_lines(path):
    too_long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(path) if f.end_lineno - f.lineno >= 60}
    assert too_long == {}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_every_module_says_what_it_is_for(path):
    assert not tree(path).body or ast.get_docstring(tree(path))


def test_names_say_something():
    vague = [
        name(path)
        for path in sources()
        if {*path.with_suffix("").parts[len(ROOT.parts) :]} & NAMES_THAT_SAY_NOTHING
    ]
    assert vague == []


def test_public_functions_of_core_and_formats_are_explained():
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in sources()
        if path.relative_to(ROOT).parts[:2] in (("heed", "core"), ("heed", "formats"))
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def committed() -> list[str]:
    """Every text file git keeps."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [
        line
        for line in listed.splitlines()
        if "static/vendor" not in line and not line.endswith((".png", ".min.js"))
    ]


def test_no_address_of_a_registry_and_no_path_of_a_machine_is_committed():
    registries = r"(pypi|pythonhosted|npmjs|yarnpkg)\.(org|com)|--(extra-)?index-url|--find-links"
    machine = r"(?<![\w.])/(work|root|farm|home)/\w"
    forbidden = re.compile(f"{registries}|{machine}")
    found = []
    for file in committed():
        for number, line in enumerate((ROOT / file).read_text(errors="replace").splitlines(), start=1):
            if forbidden.search(line) and file != "tests/house/test_shape.py":
                found.append(f"{file}:{number}")
    assert found == []


def test_requirements_carry_hashes_and_no_addresses():
    for file in (ROOT / "requirements").glob("*.txt"):
        text = file.read_text()
        assert "://" not in text
        assert text.count("==") <= text.count("--hash=sha256:")
