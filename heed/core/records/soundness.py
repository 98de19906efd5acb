"""What no record may hold, anywhere in it, because some database, screen or proof would trip over it.

NUL characters (PostgreSQL cannot keep them), lone surrogates (no UTF-8 for them), NaN and infinity
(not JSON), and nesting deeper than any honest record.
"""

import math
from typing import Any

from heed.core.records.problems import Problem

DEEPEST = 32
"""Levels of lists and objects in one record; the contract itself needs four."""


def is_plainly_sound(line: bytes) -> bool:
    """Whether a line that JSON was read from can hold nothing unsound, told from its bytes alone: no NUL and no half
    of a surrogate pair without an escape for it, no nesting without a bracket for each level."""
    return b"\\u" not in line and line.count(b"{") + line.count(b"[") <= DEEPEST


def unsound(value: Any, path: str = "", depth: int = 0) -> Problem | None:
    """The first part of a JSON value that cannot be kept, or None when all of it can."""
    if isinstance(value, str):
        return _unsound_text(value, path)
    if isinstance(value, dict):
        return _unsound_object(value, path, depth)
    if isinstance(value, list):
        if depth >= DEEPEST:
            return _too_deep(path)
        each = (unsound(inner, f"{path}[{place}]", depth + 1) for place, inner in enumerate(value))
        return next((problem for problem in each if problem), None)
    if isinstance(value, float) and not math.isfinite(value):
        return Problem(path, str(value), "a number that JSON can write")
    if value is None or isinstance(value, int | float):
        return None
    return Problem(path, f"a {type(value).__name__}", "a JSON value")


def _unsound_object(value: dict[Any, Any], path: str, depth: int) -> Problem | None:
    if depth >= DEEPEST:
        return _too_deep(path)
    for key, inner in value.items():
        if not isinstance(key, str):
            return Problem(path, f"a key that is a {type(key).__name__}", "keys that are text")
        where = f"{path}.{key}" if path else key
        problem = _unsound_text(key, path) or unsound(inner, where, depth + 1)
        if problem:
            return problem
    return None


def _unsound_text(text: str, path: str) -> Problem | None:
    if "\0" in text:
        return Problem(path, "a NUL character", "text without NUL characters")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return Problem(path, "half of a surrogate pair", "whole Unicode characters")
    return None


def _too_deep(path: str) -> Problem:
    return Problem(path.split(".")[0].split("[")[0], "lists in lists", f"at most {DEEPEST} levels")
