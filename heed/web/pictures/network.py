"""Who is joined by what: children on the left, what they share on the right, a line for every joint record.

Plain geometry in SVG units, for a template. The layout follows the order it is given, so the same finding always
gives the same picture. Where nothing is shared but time, lines run from child to child as arcs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEFT, RIGHT, TOP, STEP, WIDTH = 184.0, 266.0, 30.0, 52.0, 400.0
LONGEST, LONGEST_RIGHT = 22, 16


@dataclass(frozen=True, slots=True)
class Child:
    """A child to draw: the words beside the dot. A child the viewer may not open is drawn open."""

    key: str
    label: str
    note: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Hub:
    """Something shared: a place, a vehicle, a phone, a name."""

    key: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Tie:
    """How many records join two keys: a child and a hub, or two children."""

    one: str
    other: str
    records: int


@dataclass(frozen=True, slots=True)
class Node:
    """A point with its words."""

    x: float
    y: float
    label: str
    note: str
    shape: str

    @property
    def corner(self) -> tuple[float, float]:
        """Where a square of 16 units around the point begins."""
        return (self.x - 8, self.y - 8)

    @property
    def words_x(self) -> float:
        """Where the words begin, or end for a child, whose words stand on the left."""
        return self.x + 16 if self.shape == "hub" else self.x - 14

    @property
    def lines_y(self) -> tuple[float, float]:
        """The base lines of the label and of the note under it."""
        return (self.y + 1, self.y + 18)


@dataclass(frozen=True, slots=True)
class Line:
    """A line or an arc as an SVG path, with its weight in units."""

    path: str
    weight: float
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """The whole picture, `width` by `height` units."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def draw(children: Sequence[Child], hubs: Sequence[Hub], ties: Sequence[Tie]) -> Network | None:
    """The network, or None where there is nothing to join (one child and nothing shared)."""
    if len(children) + len(hubs) < 2:
        return None
    rows = max(len(children), len(hubs))
    places = {child.key: (LEFT, y) for child, y in zip(children, _rows(len(children), rows), strict=True)}
    places |= {hub.key: (RIGHT, y) for hub, y in zip(hubs, _rows(len(hubs), rows), strict=True)}
    nodes = [_child(child, *places[child.key]) for child in children] + [
        _hub(hub, *places[hub.key]) for hub in hubs
    ]
    lines = [
        _line(places[tie.one], places[tie.other], tie) for tie in ties if {tie.one, tie.other} <= set(places)
    ]
    return Network(WIDTH, TOP + STEP * (rows - 1) + 42, tuple(nodes), tuple(lines))


def _child(child: Child, x: float, y: float) -> Node:
    shape = "child" if child.known else "unseen"
    return Node(x, y, _short(child.label, LONGEST), _short(child.note, LONGEST + 4), shape)


def _hub(hub: Hub, x: float, y: float) -> Node:
    return Node(x, y, _short(hub.label, LONGEST_RIGHT), _short(hub.note, LONGEST_RIGHT + 2), "hub")


def _rows(count: int, rows: int) -> list[float]:
    """The heights of a column's nodes, centred against the longer column."""
    start = TOP + STEP * (rows - count) / 2
    return [start + STEP * row for row in range(count)]


def _line(one: tuple[float, float], other: tuple[float, float], tie: Tie) -> Line:
    (x1, y1), (x2, y2) = one, other
    weight = 1.5 + min(4.5, 0.75 * (tie.records - 1))
    title = f"{tie.records} record{'s' if tie.records != 1 else ''}"
    if x1 == x2:
        reach = min(x1 + 60 + abs(y2 - y1) * 0.7, WIDTH + 60)
        path = f"M{x1:.1f} {y1:.1f} C{reach:.1f} {y1:.1f} {reach:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    else:
        path = f"M{x1:.1f} {y1:.1f} C{x1 + 45:.1f} {y1:.1f} {x2 - 45:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
    return Line(path, weight, title)


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"
