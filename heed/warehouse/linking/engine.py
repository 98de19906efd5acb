"""Splink's settings from the core's comparisons, and one in-memory DuckDB that never reaches outside."""

import logging
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator
from splink.internals.splink_dataframe import SplinkDataFrame

from heed.core.identity.comparisons import COMPARISONS, OTHERWISE, Comparison
from heed.core.identity.model import Model
from heed.warehouse.linking.conditions import MACROS, with_lists

logging.getLogger("splink").setLevel(logging.ERROR)

FIRST_GUESS = 0.0001
"""Where training starts from; every figure is estimated afterwards."""


def closed_connection() -> duckdb.DuckDBPyConnection:
    """A database in memory that loads nothing and reads no file: data comes in as Arrow."""
    connection = duckdb.connect()
    for macro in MACROS:
        connection.execute(macro)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Copy an Arrow table into the database, in the place of one of that name."""
    connection.register(f"{name}_as_sent", rows)
    connection.execute(f"create or replace table {name} as select * from {name}_as_sent")  # noqa: S608 - our name
    connection.unregister(f"{name}_as_sent")


def load(
    api: DuckDBAPI, connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table
) -> SplinkDataFrame:
    """Copy an Arrow table into the database and make it known to Splink."""
    create(connection, name, table)
    return api.register(name, dataset_display_name=name)


def linker(people: SplinkDataFrame, model: Model | None = None, rules: Sequence[str] = ()) -> Linker:
    """Splink over a table of people: with the weights of a model, or untrained. `rules` are for its own finding of pairs,
    which Heed does not use. The database needs `conditions.MACROS`."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        probability_two_random_records_match=model.prior if model else FIRST_GUESS,
        comparisons=[_comparison(comparison, model) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=list(rules),
        # The level of each comparison comes back only together with what was compared.
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    return Linker(people, settings, log_level=None)


def _comparison(comparison: Comparison, model: Model | None) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": comparison.unknown, "label_for_charts": "unknown", "is_null_level": True}
    ]
    for place, level in enumerate(comparison.levels):
        one: dict[str, Any] = {
            "sql_condition": "ELSE" if level.sql == OTHERWISE else with_lists(level.sql),
            "label_for_charts": level.name,
        }
        if place == 0 and comparison.frequency_of is not None:
            one["tf_adjustment_column"] = comparison.name
        if model is not None:
            chances = model.chances[comparison.name][level.name]
            one |= {"m_probability": chances.m, "u_probability": chances.u}
        levels.append(one)
    return {"output_column_name": comparison.name, "comparison_levels": levels}
