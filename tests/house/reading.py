"""How the house tests read the repository: files as git would take them, and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("heed", "outside", "synthetic", "bench", "tests")
MADE_BY_MACHINE = ("migrations", "vendor")


@cache
def sources() -> tuple[Path, ...]:
    """Every Python file that a person wrote."""
    found = [path for folder in OURS for path in (ROOT / folder).rglob("*.py")]
    return tuple(sorted(path for path in found if not set(path.parts) & set(MADE_BY_MACHINE)))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a file, also those inside classes."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imports(path: Path) -> set[str]:
    """Every module a file imports, wherever in it."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def name(path: Path) -> str:
    """A file as a person would name it."""
    return str(path.relative_to(ROOT))
