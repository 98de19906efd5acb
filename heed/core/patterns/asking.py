"""How a detector asks the warehouse: texts of SQL with named whole numbers in, columns out."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

type Columns = Mapping[str, np.ndarray[Any, Any]]
"""The answer to one SQL text: equally long columns by name, no nulls."""

type Ask = Callable[[str, Mapping[str, int]], Columns]
"""Runs one SQL text of the restricted dialect with its named whole-number parameters."""

type Limits = Mapping[str, float]
"""Thresholds by name, as policy/thresholds.yaml states them."""
