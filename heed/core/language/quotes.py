"""Where a text quotes somebody: what stands there is evidence, and no check of wording may touch it.

Straight and curly, double and single, one inside the other; lines that begin with ">" (a quoted message). A quotation
that is never closed runs to the end of its paragraph. Where a mark may be either an apostrophe or the end of a
quotation, the quotation is taken as the longer one: a prompt may be missed, a quotation is never touched.
"""

import re
from bisect import bisect_left

from heed.core.language.spans import Span, united

PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
MESSAGE = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
PAIRS = (("“", "”"), ("„", "“”"), ("«", "»"), ("‹", "›"))
ELISIONS = re.compile(r"(?:em|til|cause|bout|twas|tis|round|cos|n|s|d|ll|\d0s|\d\d)\b", re.IGNORECASE)
"""What follows an apostrophe at the start of a word: 'em, 'til, '09."""


def quoted(text: str) -> tuple[Span, ...]:
    """The quoted parts of a text, in order, none overlapping. Never raises; offsets are characters of `text`."""
    found = [match.span() for match in MESSAGE.finditer(text)]
    for start, end in _paragraphs(text):
        found += _straight(text, start, end)
        for opening, closing in PAIRS:
            found += _curly(text, start, end, opening, closing)
        found += _single(text, start, end)
    return united(found)


def _paragraphs(text: str) -> list[Span]:
    breaks = [match.span() for match in PARAGRAPH.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return list(zip(starts, ends, strict=True))


def _straight(text: str, start: int, end: int) -> list[Span]:
    """Straight double marks open and close in turn; after a figure, with nothing open, one is a mark of inches."""
    found: list[Span] = []
    opened: int | None = None
    for place in range(start, end):
        if text[place] != '"':
            continue
        if opened is not None:
            found.append((opened, place + 1))
            opened = None
        elif place == 0 or not text[place - 1].isdigit():
            opened = place
    return [*found, (opened, end)] if opened is not None else found


def _curly(text: str, start: int, end: int, opening: str, closing: str) -> list[Span]:
    """Marks that know which way they face; nested ones end with the outermost."""
    found: list[Span] = []
    opened: list[int] = []
    for place in range(start, end):
        if text[place] in closing and opened:
            first = opened.pop()
            if not opened:
                found.append((first, place + 1))
        elif text[place] == opening:
            opened.append(place)
    return [*found, (opened[0], end)] if opened else found


def _single(text: str, start: int, end: int) -> list[Span]:
    """Single marks, which are apostrophes too: an opening one stands before a word, a closing one behind it."""
    openings = [place for place in range(start, end) if _opens(text, place)]
    closings = [place for place in range(start, end) if _closes(text, place)]
    found: list[Span] = []
    for n, first in enumerate(openings):
        until = openings[n + 1] if n + 1 < len(openings) else end
        before = bisect_left(closings, until) - 1
        last = closings[before] if before >= 0 and closings[before] > first else None
        elided = text[first] != "‘" and ELISIONS.match(text, first + 1)
        if last is None and not elided:
            # Another opens inside this one, or it is never closed.
            last = closings[-1] if closings and closings[-1] > first else end - 1
        if last is not None:
            found.append((first, last + 1))
    return found


def _opens(text: str, place: int) -> bool:
    if text[place] not in "'‘`":
        return False
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not (before.isalnum() or before in ".,!?") and not after.isspace() and after not in "'’.,;:!?)"


def _closes(text: str, place: int) -> bool:
    if text[place] not in "'’´":
        return False
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    return not before.isspace() and not after.isalnum()
