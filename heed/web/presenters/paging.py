"""A long list in pages."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pages:
    """Which page this is, of how many; 0 where there is none before or after."""

    page: int
    count: int

    @property
    def before(self) -> int:
        """The page before, or 0."""
        return self.page - 1

    @property
    def after(self) -> int:
        """The page after, or 0."""
        return self.page + 1 if self.page < self.count else 0


def paged[T](rows: Sequence[T], page: int, each: int) -> tuple[Sequence[T], Pages]:
    """The rows of a page; a number out of range gives the nearest page there is."""
    count = max(1, -(-len(rows) // each))
    here = min(max(1, page), count)
    return rows[(here - 1) * each : here * each], Pages(here, count)


def whole(text: str | None) -> int:
    """A whole number from an address; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 15 else 0
