"""Files as a page lists them: what the sender calls them, how large, and what is known of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from heed.casework.doors.files import File

STATES = {
    "clean": "the scanner found nothing",
    "flagged": "kept, and not offered: the scanner found something harmful in it",
    "unscanned": "nobody has scanned it for harmful programs",
    "failed": "not offered yet: the scanner could not look at it, and tries again",
    "waiting": "the scanner has not looked at it yet",
    "erased": "erased by order",
    "unreadable": "not offered: it is not as it was saved. Tell whoever keeps this house to verify the ledger",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One file in words."""

    key: str
    name: str
    size: str
    state: str
    offered: bool
    picture: bool


def rows(files: Iterable[File]) -> tuple[Row, ...]:
    """The files of one record."""
    return tuple(
        Row(f.key, f.name or "A file", size(f.size), STATES.get(f.state, f.state), f.offered, f.picture)
        for f in files
    )


def size(number: int) -> str:
    """Bytes as a person reads them."""
    for unit, most in (("bytes", 1000), ("kB", 1000**2), ("MB", 1000**3)):
        if number < most:
            amount = number * 1000 / most
            return f"{amount:.0f} {unit}" if amount >= 10 or unit == "bytes" else f"{amount:.1f} {unit}"
    return f"{number / 1000**3:.1f} GB"
