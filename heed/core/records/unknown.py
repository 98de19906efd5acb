"""Keys nobody expected: moved under `extra` of the object they stood in, noted, never dropped.

Moving is done once: a record that has been through it comes out the same, so that export, import
elsewhere and export again give identical bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from heed.core.records.opened import Desk
from heed.core.records.problems import Problem, clip, found
from heed.core.records.record import Document


@dataclass(frozen=True)
class Shape:
    """The keys an object may have, and the shapes of those that hold objects or lists of objects."""

    keys: frozenset[str]
    inside: Mapping[str, "Shape"] = field(default_factory=dict)


def _shape(keys: str, **inside: Shape) -> Shape:
    return Shape(frozenset(keys.split()) | inside.keys() | {"extra"}, inside)


AUTHOR = _shape("ref name role grade agency")
PERSON = _shape("ref part given_names family_name also_known_as born sex ids address postcode description")
THING = _shape("kind part name address postcode vrm number service handle description lat lon")
RECORD = _shape(
    "v agency ref revision kind happened_from happened_to recorded_at observations text childs_words",
    author=AUTHOR,
    people=PERSON,
    things=THING,
    missing=_shape("category risk risk_reason missing_from"),
    told=_shape("ref name role grade agency at"),
    answer=_shape("decision reason at", by=AUTHOR),
    grading=_shape("source information handling conditions"),
)


def moved(document: Document, shape: Shape, desk: Desk, path: str = "") -> Document:
    """The document with unknown keys under `extra`; the same object where there are none."""
    known = document
    for key, inner in shape.inside.items():
        if key in document:
            tidied = _inside(document[key], inner, desk, f"{path}{key}")
            if tidied is not document[key]:
                known = {**known, key: tidied}
    strays = [] if document.keys() <= shape.keys else [key for key in document if key not in shape.keys]
    return _with_extra(known, strays, desk, path) if strays or "extra" in document else known


def _inside(value: Any, shape: Shape, desk: Desk, path: str) -> Any:
    if isinstance(value, dict):
        return moved(value, shape, desk, f"{path}.")
    if isinstance(value, list):
        if all(_is_tidy(each, shape) for each in value):
            return value
        tidied = [_inside(each, shape, desk, f"{path}[{place}]") for place, each in enumerate(value)]
        return tidied if any(a is not b for a, b in zip(tidied, value, strict=True)) else value
    return value


def _is_tidy(value: Any, shape: Shape) -> bool:
    """Whether it plainly has nothing to move, told without a look at each key: most people of most records."""
    return not shape.inside and type(value) is dict and value.keys() <= shape.keys and "extra" not in value


def _with_extra(document: Document, strays: list[str], desk: Desk, path: str) -> Document:
    given = document.get("extra")
    if given is not None and not isinstance(given, dict):
        desk.problems.append(Problem(f"{path}extra", found(given), "an object"))
        return document
    if not strays:
        return document
    extra = dict(given or {})
    for key in strays:
        extra[_free(key, extra)] = document[key]
        desk.note("unknown key", f"{_place_out(path)}{clip(key)} is kept under extra")
    kept = {key: value for key, value in document.items() if key not in strays}
    return {**kept, "extra": extra}


def _free(key: str, extra: Mapping[str, Any]) -> str:
    """The key, or the key with a mark, where `extra` already has one of that name."""
    while key in extra:
        key += "_"
    return key


def _place_out(path: str) -> str:
    """`people[3].` as `people[].`, so that a thousand equal notes are one note a thousand times."""
    out = ""
    for part in path.split("["):
        out += part if not out else "[" + part.lstrip("0123456789")
    return out
