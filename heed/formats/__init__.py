"""Import formats, one folder each, found by their `format.yaml`: adding one touches no other file."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import cast

import yaml

from heed.core.records.explained import Explained
from heed.formats.contract import Counter, Reader
from heed.formats.lines import count_lines

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the name the command line uses, what it is in words, its reader, and the unit it accounts for.
    `options` are the names it takes after --option, each with what it is for."""

    name: str
    title: str
    read: Reader
    needs_agency: bool
    count: Counter
    unit: str
    options: Mapping[str, str]


def names() -> list[str]:
    """Every format there is, as the command line names it."""
    return sorted(file.parent.name.replace("_", "-") for file in _HERE.glob("*/format.yaml"))


def load(name: str) -> Format:
    """The format of that name. Raises Explained for one that does not exist."""
    if name not in names():
        raise Explained(f"there is no format {name!r}; there are: {', '.join(names())}.")
    folder = name.replace("-", "_")
    words = yaml.safe_load((_HERE / folder / "format.yaml").read_text(encoding="utf-8"))
    module: ModuleType = importlib.import_module(f"heed.formats.{folder}.read")
    return Format(
        name,
        words["title"],
        cast(Reader, module.read),
        bool(words["needs_agency"]),
        cast(Counter, getattr(module, "count", count_lines)),
        words.get("unit", "line"),
        words["options"],
    )
