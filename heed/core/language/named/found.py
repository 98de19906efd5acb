"""One thing that a rule read in a text."""

from dataclasses import dataclass

from heed.core.language.spans import Span


@dataclass(frozen=True, slots=True)
class Named:
    """Characters `start` to `end` of a text, read as a `kind` by the rule of that name."""

    kind: str
    start: int
    end: int
    words: str
    rule: str


def named(text: str, span: Span, kind: str, rule: str) -> Named:
    """What stands in a span, without the stops and spaces at its ends. A full stop in a handle's middle stays."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ".,;:!"):
        end -= 1
    return Named(kind, start, end, text[start:end], rule)
