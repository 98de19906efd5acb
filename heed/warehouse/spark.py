"""The detectors' SQL on Apache Spark: the same texts through sqlglot, the same columns back.

For a partnership that has a cluster (`HEED_ENGINE=spark`); without SPARK_REMOTE it runs in this machine. Rows go over as
Arrow. The statistics stay numpy: what SQL hands them is small.
"""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import sqlglot

from heed.core.patterns.asking import Columns
from heed.core.patterns.derived import DERIVED
from heed.warehouse.build import Warehouse
from heed.warehouse.facts import TABLES, Facts
from heed.warehouse.linking.spark import _session

PARAMETER = re.compile(r"\$(\w+)")


class SparkWarehouse(Warehouse):
    """An open warehouse on Spark: facts as views, what is derived from them cached."""

    def __init__(self, facts: Facts) -> None:
        self.session = _session()
        self._derived = False
        for name in TABLES:
            self.session.createDataFrame(facts.table(name)).cache().createOrReplaceTempView(name)

    def ask(self, sql: str, parameters: Mapping[str, int]) -> Columns:
        """Run one text of a detector; columns come back as numpy arrays."""
        self.derive()
        table = self._run(sql, parameters).toArrow()
        return {name: np.asarray(table[name].to_numpy()) for name in table.column_names}

    def derive(self) -> None:
        """Make homes, touches, episodes and company once."""
        if not self._derived:
            for name, sql in DERIVED:
                self._run(sql, {}).cache().createOrReplaceTempView(name)
            self._derived = True

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a text."""
        return [tuple(row) for row in self._run(sql, {}).collect()]

    def close(self) -> None:
        """Let Spark forget the tables."""
        self.session.catalog.clearCache()

    def _run(self, sql: str, parameters: Mapping[str, int]) -> Any:
        return self.session.sql(in_sparks_words(sql, parameters))


def in_sparks_words(sql: str, parameters: Mapping[str, int]) -> str:
    """A text as Spark says it, its whole numbers filled in. A whole-number division stays one (`div`)."""
    filled = PARAMETER.sub(lambda found: str(int(parameters[found[1]])), sql)
    (text,) = sqlglot.transpile(
        filled, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    return text
