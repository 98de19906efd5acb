"""What people said of pairs: same, different or unsure. The newest word on a pair stands; all are kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """A person's word on two sources. `unsure` changes nothing; it is shown beside the link."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict as it was given; `order` counts up with time."""

    order: int
    left: str
    right: str
    word: Word


def pair(a: str, b: str) -> tuple[str, str]:
    """A pair of source keys in the one order in which it is kept."""
    return (a, b) if a <= b else (b, a)


def standing(verdicts: Iterable[Said]) -> tuple[Said, ...]:
    """The newest verdict on each pair, newest first."""
    newest: dict[tuple[str, str], Said] = {}
    for said in sorted(verdicts, key=lambda said: said.order):
        newest[pair(said.left, said.right)] = said
    return tuple(sorted(newest.values(), key=lambda said: -said.order))
