"""All pairs of a county that may be one person, weighed by Splink with the model's frozen weights.

The oracle: Heed's own engine gives the same pairs and weights, faster, and a test holds both to that. Keys come from
the core here, and from SQL there.
"""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
from splink import DuckDBAPI, Linker

from heed.core.identity.clusters import Edge
from heed.core.identity.comparisons import COMPARISONS, Comparison
from heed.core.identity.crowded import MOST_HOLDERS
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.warehouse.linking.columns import keys_table, people_table
from heed.warehouse.linking.engine import closed_connection, linker, load

PAIRS = f"""
with held as (select key, unique_id, count(*) over (partition by key) as holders from keys)
select distinct '0' as match_key, a.unique_id as join_key_l, b.unique_id as join_key_r
from held as a join held as b on a.key = b.key and a.unique_id < b.unique_id
where a.holders <= {MOST_HOLDERS}
"""  # noqa: S608 - our own number


def splink_pairs(profiles: Sequence[Profile], model: Model, at_least: float | None = None) -> list[Edge]:
    """Pairs that share a blocking key, as edges between source keys with their weight in bits.

    `at_least` (bits) leaves out weaker pairs; without it every compared pair comes back.
    """
    if len(profiles) < 2:
        return []
    connection = closed_connection()
    api = DuckDBAPI(connection)
    people = load(api, connection, "people", people_table(profiles))
    load(api, connection, "keys", keys_table(profiles))
    connection.execute(f"create table pairs as {PAIRS}")
    if connection.execute("select count(*) from pairs").fetchall() == [(0,)]:
        return []
    splink = linker(people, model)
    _freeze_frequencies(api, connection, splink, profiles, model)
    splink.table_management.register_blocked_pairs_for_predict(
        api.register("pairs", dataset_display_name="pairs")
    )
    scored = splink.inference.predict(threshold_match_weight=at_least, warning_mode="never")
    return [
        Edge(profiles[left].source, profiles[right].source, weight)
        for left, right, weight in _less_kin(connection, scored.physical_name, model, at_least)
    ]


def _freeze_frequencies(
    api: DuckDBAPI,
    connection: duckdb.DuckDBPyConnection,
    splink: Linker,
    profiles: Sequence[Profile],
    model: Model,
) -> None:
    """Give Splink the model's name frequencies, never those of the data at hand."""
    for comparison in COMPARISONS:
        if comparison.frequency_of is None:
            continue
        values = sorted({value for one in profiles if (value := comparison.frequency_of(one)) is not None})
        table = pa.table(
            {
                comparison.name: pa.array(values, pa.string()),
                f"tf_{comparison.name}": pa.array(
                    [model.frequency(comparison.name, value) for value in values], pa.float64()
                ),
            }
        )
        known = load(api, connection, f"frequency_of_{comparison.name}", table)
        splink.table_management.register_term_frequency_lookup(known, comparison.name)


def _less_kin(
    connection: duckdb.DuckDBPyConnection, scored: str, model: Model, at_least: float | None
) -> list[tuple[int, int, float]]:
    """Splink's weight less what speaks for a brother or a sister as well: the core's arithmetic in SQL."""
    excess = [f"cast({model.start - model.kin_start!r} as double)"]
    for one in COMPARISONS:
        weight = f"mw_{one.name}" + (f" + mw_tf_adj_{one.name}" if one.frequency_of else "")
        if one.household:
            excess.append(f"greatest(0.0, {weight})")
        elif one.name in model.kin:
            excess.append(f"{weight} - {_kin_bits(one, model)}")
    weights = (
        f"select unique_id_l, unique_id_r, match_weight"  # noqa: S608 - names of our own comparisons
        f" - log2(1.0 + pow(2.0, {' + '.join(excess)})) as weight from {scored}"
    )
    floor = -1e9 if at_least is None else at_least
    query = f"select * from ({weights}) where weight >= cast({floor} as double) order by 1, 2"  # noqa: S608
    rows: list[tuple[int, int, float]] = connection.execute(query).fetchall()
    return rows


def _kin_bits(one: Comparison, model: Model) -> str:
    """Splink numbers levels downwards: 0 is the last, -1 nothing to compare."""
    told = " ".join(
        f"when {len(one.levels) - 1 - place} then cast({model.kin_weight(one.name, level.name)!r} as double)"
        for place, level in enumerate(one.levels)
    )
    return f"case gamma_{one.name} {told} else 0.0 end"
