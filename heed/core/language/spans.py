"""Stretches of a text, and choosing among those that overlap; quick also in a text that is nothing but marks."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence

type Span = tuple[int, int]
"""From which character to which, the last one not counted."""


def inside(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether any character from `start` to `end` stands in one of the spans (sorted, none overlapping)."""
    place = bisect_left(spans, (end, end)) - 1
    return place >= 0 and spans[place][1] > start


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same characters as few spans, in order, none overlapping."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def longest_apart[T](found: Iterable[T], span_of: Callable[[T], Span]) -> tuple[T, ...]:
    """The longest first, none overlapping, given back in the order of the text. Of equals, the one found first."""
    ends: list[int] = []
    taken: list[tuple[int, int, T]] = []
    starts: list[int] = []
    for each in sorted(found, key=lambda one: span_of(one)[0] - span_of(one)[1]):
        start, end = span_of(each)
        place = bisect_right(starts, start)
        before_ends = place == 0 or ends[place - 1] <= start
        if start < end and before_ends and (place == len(starts) or end <= starts[place]):
            starts.insert(place, start)
            ends.insert(place, end)
            taken.append((start, end, each))
    return tuple(each for _, _, each in sorted(taken, key=lambda one: one[0]))
