"""What every detector is: a name, its words and limits, and a way to find."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from heed.core.patterns.raised import Raised

type Columns = Mapping[str, np.ndarray[Any, Any]]
"""The answer to one SQL text: equally long columns by name, no nulls."""

type Ask = Callable[[str, Mapping[str, int]], Columns]
"""Runs one SQL text of the restricted dialect with its named whole-number parameters."""

type Limits = Mapping[str, float]
"""Thresholds by name, as policy/thresholds.yaml states them."""


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
    find: Callable[[Ask, Span, Limits], list[Raised]]
    single_child: bool = False
    """A change in one child's own records: its own, smaller queue, ranked after the patterns across children."""
