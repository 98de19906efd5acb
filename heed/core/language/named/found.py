"""One thing that a rule read in a text."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.core.language.quotes import Span


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


def apart(found: Iterable[Named]) -> tuple[Named, ...]:
    """The longest first, none overlapping, in their order in the text. Of equals, the one found first."""
    taken: list[Named] = []
    for each in sorted(found, key=lambda one: one.start - one.end):
        if each.words and not any(each.start < other.end and other.start < each.end for other in taken):
            taken.append(each)
    return tuple(sorted(taken, key=lambda one: one.start))
