"""What every detector is: a name, its words and limits, and a way to find."""

from collections.abc import Callable
from dataclasses import dataclass

from heed.core.patterns.asking import Ask, Limits
from heed.core.patterns.material import Material
from heed.core.patterns.raised import Raised

type Rows = Callable[[], Material]
"""The rows behind the counts, read once for all detectors and only when one wants them."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days on which findings may be raised: `first` to `last`, as days since 1970-01-01 (UTC)."""

    first: int
    last: int


@dataclass(frozen=True)
class Detector:
    """One rule. `find` returns everything raised in a span, knowing on each day only what was recorded by its end."""

    name: str
    version: str
    title: str
    why_it_matters: str
    limits: str
    words: str
    find: Callable[[Ask, Rows, Span, Limits], list[Raised]]
    single_child: bool = False
    """A change in one child's own records: its own, smaller queue, ranked after the patterns across children."""
