"""What is wrong with a record, in words its sender can act on: the key, what was found, what was expected."""

from dataclasses import dataclass
from typing import Any

LONGEST_FOUND = 60
"""Characters of the sender's own words that a message repeats."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a record cannot be used: the key at fault (`people[0].part`), what was found, what was expected."""

    key: str
    found: str
    expected: str


def clip(words: str) -> str:
    """At most 60 characters on one line, safe to print: control characters are shown, never obeyed."""
    short = words if len(words) <= LONGEST_FOUND else words[: LONGEST_FOUND - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in short)


def found(value: Any) -> str:
    """A value as a message shows it: short things as they are, lists and objects by their size."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{clip(value)}"'
        case int() | float():
            return clip(str(value))
        case list():
            return f"a list of {len(value)}"
        case dict():
            return f"an object with {len(value)} keys"
        case _:
            return f"a {type(value).__name__}"
