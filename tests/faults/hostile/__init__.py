"""Files that mean harm, or look as if they did, made by code when they are wanted: one module a format, and some that
every format meets. A format without such a module fails `test_every_format_has_hostile_files`.

A module holds functions that take an empty folder and return what is to be imported; their docstring says what is
wrong with it. `OPTIONS` of a module are added to the command line.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

import heed.formats
from heed.formats import names

type Maker = Callable[[Path], Path]

HERE = Path(__file__).parent
FORMATS = Path(heed.formats.__file__).parent


def module_name(format_name: str) -> str:
    """The module with the hostile files of a format."""
    return "of_" + format_name.replace("-", "_")


def without_files() -> list[str]:
    """The formats nobody has made hostile files for."""
    there = {module.name for module in pkgutil.iter_modules([str(HERE)])}
    return [name for name in names() if module_name(name) not in there]


def makers(format_name: str) -> dict[str, Maker]:
    """The hostile files of a format by name, with those that every format meets."""
    own = importlib.import_module(f"{__name__}.{module_name(format_name)}")
    every = importlib.import_module(f"{__name__}.every")
    found: dict[str, Maker] = {
        f"every.{name}": maker for name, maker in every.makers(sample_of(format_name)).items()
    }
    return found | dict(public(own))


def public(module: object) -> list[tuple[str, Maker]]:
    """The makers of a module, in the order they are written."""
    found = [
        (name, each)
        for name, each in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_")
        and each.__module__ == module.__name__
        and list(inspect.signature(each).parameters) == ["folder"]
    ]
    return sorted(found, key=lambda pair: pair[1].__code__.co_firstlineno)


def options(format_name: str) -> list[str]:
    """What the command line needs beside the path."""
    own = importlib.import_module(f"{__name__}.{module_name(format_name)}")
    return list(getattr(own, "OPTIONS", ()))


def sample_of(format_name: str) -> Path:
    """The sample that lies in the format's folder: a file, or a folder of files."""
    (sample,) = (FORMATS / format_name.replace("-", "_")).glob("sample*")
    return sample
