"""From the bytes of one line to one JSON object, refusing what JSON readers disagree about.

Python reads NaN, a key given twice and a number past infinity without a word; two systems would then
hold two different records under one receipt. Here each is refused by name (RFC 8259, section 4 and 6).
"""

import json
import math
from typing import Any

from heed.core.records.problems import Problem, clip, found
from heed.core.records.record import Document

LINE = "line"
"""The key of a problem that lies in the line as a whole."""


class _Disputed(ValueError):
    """JSON that two readers would read as two things."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.found)
        self.problem = problem


def document_of(line: bytes) -> Document | Problem:
    """Read one line of UTF-8 JSON. Returns the object, keys in the order sent, or what is wrong."""
    nul = line.find(b"\0")
    if nul >= 0:
        return Problem(LINE, f"a NUL byte at byte {nul + 1}", "text without NUL bytes")
    try:
        text = line.decode()
    except UnicodeDecodeError as trouble:
        return Problem(LINE, f"byte 0x{line[trouble.start]:02x} at byte {trouble.start + 1}", "UTF-8 text")
    return _parsed(text)


def _parsed(text: str) -> Document | Problem:
    try:
        value = _read(text)
    except _Disputed as trouble:
        return trouble.problem
    except json.JSONDecodeError as trouble:
        return Problem(LINE, _broken(trouble, len(text)), "one whole JSON object on one line")
    except ValueError:
        return Problem(LINE, "a number of thousands of digits", "numbers a computer can hold")
    except RecursionError:
        return Problem(LINE, "lists or objects nested without end", "a few levels of nesting")
    if not isinstance(value, dict):
        return Problem(LINE, found(value), "one JSON object")
    return value


def _broken(trouble: json.JSONDecodeError, length: int) -> str:
    """Where JSON breaks, without the words around it: they may be about a child."""
    where = "at its end" if trouble.pos >= length else f"at character {trouble.pos + 1}"
    return (
        f"JSON that breaks {where} of {length} characters: {trouble.msg.removesuffix(' starting at').lower()}"
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Disputed(Problem(clip(twice), "the same key twice", "each key once in an object"))
    return read


def _constant(name: str) -> float:
    raise _Disputed(Problem(LINE, name, "a number that JSON allows"))


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Disputed(Problem(LINE, clip(digits), "a number a computer can hold"))
    return number


_STRICT = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_constant, parse_float=_finite)
"""Made once: `json.loads` makes one for every call that asks for anything but its defaults."""


def _read(text: str) -> Any:
    if text.startswith("\ufeff"):
        raise json.JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", text, 0)
    return _STRICT.decode(text)
