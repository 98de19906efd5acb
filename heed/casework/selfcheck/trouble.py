"""One thing that is not as it should be."""

from dataclasses import dataclass

REFUSES, WARNS = "refuses", "warns"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`code` is for machines and never changes; `words` say what it is, why it matters and what to do."""

    code: str
    level: str
    words: str
