"""Every text of SQL can be handed to Spark, and uses nothing that means something else there."""

import pytest
import sqlglot
from sqlglot import expressions as sql

from heed.core.patterns import area
from heed.core.patterns.derived import DERIVED
from heed.core.patterns.detectors import missing_together, own_rate, shared_entity
from heed.core.patterns.material import EPISODE_ROWS, TOUCH_ROWS
from heed.warehouse.detect import SOURCES
from heed.warehouse.spark import in_sparks_words

TEXTS = {
    **dict(DERIVED),
    "touch rows": TOUCH_ROWS,
    "episode rows": EPISODE_ROWS,
    "sources": SOURCES,
    "first recorded": area.FIRST_RECORDED,
    "new hubs": area.NEW_HUBS,
    "shared entity": shared_entity.counting(("phone", "account")),
    "own rate": own_rate.COUNTS,
    "own rate area": own_rate.AREA,
    "missing together": missing_together.COUNTS,
}
ALLOWED = {
    "Coalesce",
    "Count",
    "Min",
    "Max",
    "Sum",
    "Least",
    "Greatest",
    "Lead",
    "Lag",
    "Case",
    "If",
    "And",
    "Or",
    "Length",
    "Substring",
    "StrPosition",
}
"""Functions measured to mean the same on DuckDB and Spark; `If` is an arm of a case."""
FORBIDDEN = (sql.Interval, sql.Qualify, sql.Array, sql.Cast, sql.Anonymous)


@pytest.mark.parametrize("name", TEXTS)
def test_only_allowed_functions_are_used(name):
    tree = sqlglot.parse_one(TEXTS[name], read="duckdb")
    used = {type(node).__name__ for node in tree.find_all(sql.Func)}
    assert used <= ALLOWED
    assert not list(tree.find_all(*FORBIDDEN))


@pytest.mark.parametrize("name", TEXTS)
def test_sqlglot_hands_it_to_spark(name):
    (text,) = sqlglot.transpile(
        TEXTS[name], read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    assert sqlglot.parse_one(text, read="spark")
    assert "//" not in text


def test_sparks_words_keep_whole_numbers_whole():
    """A division over doubles, or in 32 bits, would not give seconds back."""
    text = in_sparks_words(
        "select (at_s // $step) * $step as day from touch where at_s > $at_s", {"step": 86400, "at_s": -5}
    )
    assert text == "SELECT (at_s DIV 86400) * 86400 AS day FROM touch WHERE at_s > -5"
    with pytest.raises(KeyError):
        in_sparks_words("select $unknown as x", {})
