"""The same pairs and weights on Spark, for a partnership that has a cluster: `HEED_ENGINE=spark heed link`.

The statements are made from the same comparisons and keys, in Spark's words. What they use is exact on both engines
(equality, Levenshtein, lists in common), so that both find the same pairs; weights differ by rounding alone. Rows go to
Spark as Arrow, never through a file of ours. Where Spark runs is its own matter: SPARK_REMOTE, or its configuration;
without either it runs in this machine.
"""

import os
import re
from collections.abc import Sequence
from math import log2
from typing import Any

import pyarrow as pa
import sqlglot
from sqlglot import exp

from heed.core.identity import crowded
from heed.core.identity.clusters import Edge
from heed.core.identity.comparisons import COMPARISONS
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.core.records.explained import Explained
from heed.warehouse.linking import scoring
from heed.warehouse.linking.columns import LIST, TYPES, people_table
from heed.warehouse.linking.keys import keys_sql

PIECE, LETTER = re.compile(r"(\w+)\[(\d+):(\d+)\]"), re.compile(r"(\w+)\[(\d+)\]")


def find_pairs_on_spark(
    profiles: Sequence[Profile], model: Model, at_least: float | None = None
) -> list[Edge]:
    """What `find_pairs` gives, found by Spark. Raises Explained where Spark is not installed."""
    if len(profiles) < 2:
        return []
    session = _session()
    try:
        session.createDataFrame(_people(profiles, model)).createOrReplaceTempView("people")
        for name, query in (("keys", keys()), ("pairs", pairs())):
            session.sql(query).cache().createOrReplaceTempView(name)
        floor = -1e9 if at_least is None else at_least
        rows = session.sql(
            f"select l, r, weight from ({weights(model)}) where weight >= cast({floor!r} as double) order by l, r"  # noqa: S608
        ).collect()
    finally:
        session.catalog.clearCache()
    return [Edge(profiles[row.l].source, profiles[row.r].source, row.weight) for row in rows]


def keys() -> str:
    """Every key of everybody in Spark's words. The key is its parts: hashes differ from engine to engine."""
    words = keys_sql("concat_ws('|', {parts})")
    return words.replace("unnest(", "explode(").replace("list_concat(", "concat(")


def pairs() -> str:
    """Each pair that shares a key which is not crowded, once."""
    return f"""
with held as (select sort_array(collect_set(unique_id)) as holders from keys group by key having count(*) > 1),
side as (
  select explode(holders) as l, holders from held where size(holders) between 2 and {crowded.MOST_HOLDERS}
)
select distinct l, r from (select l, explode(holders) as r from side) where l < r
"""  # noqa: S608 - our own number


def weights(model: Model) -> str:
    """The weight of every pair."""
    return scoring.weighed(model, "pairs", "people", in_sparks_words)


def in_sparks_words(condition: str) -> str:
    """A condition of the core as Spark says it."""
    plain = PIECE.sub(lambda found: _substring(found[1], int(found[2]), int(found[3])), condition)
    plain = LETTER.sub(lambda found: _substring(found[1], int(found[2]), int(found[2])), plain)
    return sqlglot.parse_one(plain, read="duckdb").transform(_asked_of_lists).sql("spark")


def _substring(column: str, first: int, last: int) -> str:
    return f"substring({column}, {first}, {last - first + 1})"


def _asked_of_lists(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.ArrayOverlaps):
        return exp.func("arrays_overlap", node.this, node.expression)
    if isinstance(node, exp.Length) and TYPES.get(node.this.name[:-2]) == LIST:
        return exp.func("size", node.this)
    return node


def _people(profiles: Sequence[Profile], model: Model) -> pa.Table:
    """Everybody, with how common their names are in bits."""
    table = people_table(profiles)
    for one in COMPARISONS:
        if one.frequency_of is not None:
            names = table[one.name].to_pylist()
            bits = {name: log2(model.frequency(one.name, name or "")) for name in set(names)}
            table = table.append_column(
                scoring.frequency(one.name), pa.array([bits[name] for name in names], pa.float64())
            )
    return table


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Explained(
            "HEED_ENGINE says spark, but PySpark is not installed here. Install Heed with its extra `spark`"
            " (pip install 'heed[spark]'; it needs Java 17), or leave HEED_ENGINE out to link with DuckDB."
        ) from None
    building = SparkSession.builder.appName("heed link").config("spark.sql.ansi.enabled", "false")
    if not os.environ.get("SPARK_REMOTE") and not os.environ.get("SPARK_CONF_DIR"):
        here = {
            "spark.master": "local[2]",
            "spark.driver.memory": "3g",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "4",
            "spark.sql.execution.arrow.pyspark.enabled": "true",
        }
        for name, value in here.items():
            building = building.config(name, value)
    session = building.getOrCreate()
    # Where a statement is too long for its compiler Spark says so at length, and goes on without; what fails is raised.
    session.sparkContext.setLogLevel("FATAL")
    return session
