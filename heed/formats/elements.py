"""XML a piece at a time: each element that a format asks for as a small tree, with the line it began on.

Document types and entities are refused (defusedxml), so no file can grow in memory or fetch anything; depth, the
length of one text and the elements of one piece have limits. A file that breaks gives what was whole before the break.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax import SAXParseException  # its words only; the parser is defusedxml's
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.expatreader import DefusedExpatParser  # type: ignore[import-untyped]

from heed.core.records.problems import clip

DEEPEST, LONGEST_TEXT, MOST_ELEMENTS = 32, 64 * 1024, 20_000
"""Levels, characters of one element's text, and elements of one piece: far beyond any honest return."""
_CHUNK = 1 << 16


@dataclass(slots=True)
class Element:
    """One element: its name without a prefix, its text, what is in it. `stray` is text between its elements.
    `number` counts the units of the file from 1; 0: not a unit."""

    tag: str
    line: int
    number: int = 0
    words: str = ""
    inside: list["Element"] = field(default_factory=list)
    stray: str = ""

    def get(self, tag: str) -> str:
        """The text of the first element of that name directly inside, or nothing."""
        return next((each.words for each in self.inside if each.tag == tag), "")

    def all(self, tag: str) -> list["Element"]:
        """Every element of that name directly inside."""
        return [each for each in self.inside if each.tag == tag]

    def units(self) -> Iterator["Element"]:
        """This element and what is in it, as far as they are units, in the order of the file."""
        if self.number:
            yield self
        for each in self.inside:
            yield from each.units()


@dataclass(frozen=True, slots=True)
class Piece:
    """One element asked for, whole; or, not `whole`, a unit that stands elsewhere or that the file broke in."""

    element: Element
    whole: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a file stops being XML that is read, and why. It counts as one more unit."""

    number: int
    line: int
    why: str


class _Limit(Exception):
    """A limit of this reader was passed."""


class _Handler(ContentHandler):
    """Keeps the open elements, and what is finished until it is fetched."""

    def __init__(self, parser: DefusedExpatParser, pieces: Collection[str], units: Collection[str]) -> None:
        super().__init__()
        self.parser, self.pieces, self.units = parser, pieces, units
        self.depth = self.number = self.held = 0
        self.stack: list[Element] = []
        self.done: list[Piece] = []

    def line(self) -> int:
        """The line the parser is on."""
        return int(self.parser.getLineNumber() or 1)

    def startElement(self, name: str, attrs: object) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Limit(f"elements nested more than {DEEPEST} deep")
        if self.stack and self.held >= MOST_ELEMENTS:
            raise _Limit(f"more than {MOST_ELEMENTS} elements in one {self.stack[0].tag}")
        tag = name.rpartition(":")[2]
        self.number += tag in self.units
        element = Element(tag, self.line(), self.number if tag in self.units else 0)
        if self.stack:
            self.held += 1
            self.stack[-1].inside.append(element)
            self.stack.append(element)
        elif tag in self.pieces:
            self.held, self.stack = 1, [element]
        elif element.number:
            self.done.append(Piece(element, False, f"an element inside {' or '.join(sorted(self.pieces))}"))

    def characters(self, content: str) -> None:
        if self.stack:
            element = self.stack[-1]
            element.words += content
            if len(element.words) > LONGEST_TEXT:
                raise _Limit(f"more than {LONGEST_TEXT} characters in one {element.tag}")

    def endElement(self, name: str) -> None:
        self.depth -= 1
        if not self.stack:
            return
        element = self.stack.pop()
        words = " ".join(element.words.split())
        element.words, element.stray = ("", words) if element.inside else (words, "")
        if not self.stack:
            self.done.append(Piece(element))


def pieces(path: Path, wanted: Collection[str], units: Collection[str]) -> Iterator[Piece | Break]:
    """Every wanted element of a file, whole, as it ends; units outside of any; a break as the last.

    Never raises for what the file holds.
    """
    parser = DefusedExpatParser(forbid_dtd=True)
    handler = _Handler(parser, wanted, units)
    parser.setContentHandler(handler)
    why = _fed(parser, b"")
    with path.open("rb") as file:
        while not why:
            chunk = file.read(_CHUNK)
            why = _fed(parser, chunk) if chunk else _ended(parser)
            ready, handler.done = handler.done, []
            yield from ready
            if not chunk:
                break
    if why:
        line = handler.line()
        for unit in handler.stack[0].units() if handler.stack else ():
            yield Piece(unit, False, f"an element that ends, in a file that is not broken on line {line}")
        yield Break(handler.number + 1, line, why)


def count_units(path: Path, wanted: Collection[str], units: Collection[str]) -> int:
    """How many units a file has: their start tags, and one more where it breaks."""
    found = 0
    for each in pieces(path, wanted, units):
        numbers = [each.number] if isinstance(each, Break) else [unit.number for unit in each.element.units()]
        found = max([found, *numbers])
    return found


def _fed(parser: DefusedExpatParser, chunk: bytes) -> str:
    """Give the parser a chunk: nothing, or why it stopped."""
    return _why(lambda: parser.feed(chunk))


def _ended(parser: DefusedExpatParser) -> str:
    """Tell the parser that this is all: nothing, or why that cannot be."""
    return _why(parser.close)


def _why(step: Callable[[], None]) -> str:
    try:
        step()
    except DefusedXmlException:
        return "a document type or an entity, which no return has and this reader never opens"
    except _Limit as limit:
        return str(limit)
    except (SAXParseException, ValueError, LookupError) as trouble:
        # The parser's own words quote nothing of the file.
        words = (
            trouble.getMessage() if isinstance(trouble, SAXParseException) else "its encoding is not known"
        )
        return f"not XML: {clip(words)}"
    return ""
