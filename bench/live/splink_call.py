"""Splink's side of `bench live`: one new row against everybody with `predict_between`, the same model. A program of its
own."""

import json
import sys
from pathlib import Path
from time import perf_counter

from splink import DuckDBAPI

from bench.link.peers.telling import peak_mb
from bench.link.sets import entries
from heed.core.identity.comparisons import COMPARISONS
from heed.core.identity.folding import profile_of, told_by
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.engine import linker
from heed.warehouse.linking.filling import filled

RULES = (
    "l.nhs = r.nhs",
    "l.upn = r.upn",
    "l.given = r.given and l.family = r.family",
    "l.born = r.born and l.family = r.family",
    "l.born = r.born and l.given = r.given",
)
"""Fewer and simpler than Heed's keys, which costs Splink nothing."""


def main() -> None:
    """Load, then ask for one person after the other."""
    folder, arriving, calls = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    connection = filled(profile_of(source, [told_by(body)]) for source, body in entries(folder))
    ((many,),) = connection.execute("select count(*) from people").fetchall()
    api = DuckDBAPI(connection)
    people = api.register("people", dataset_display_name="people")
    splink = linker(people, current_model(), RULES)
    for one in COMPARISONS:
        if one.frequency_of is not None:
            splink.table_management.compute_tf_table(one.name)
    asked = []
    for number in range(calls + 2):
        # `many // arriving` apart, as those who arrive in the house.
        place = number * (many // arriving)
        connection.execute(
            f"create or replace table new_{number} as select * replace (-1 as unique_id) from people "
            f"where unique_id = {place}"
        )
        new = api.register(f"new_{number}", dataset_display_name=f"new_{number}")
        began = perf_counter()
        found = splink.inference.predict_between(people, new, threshold_match_probability=0.05)
        connection.execute(f"select * from {found.physical_name}").fetchall()
        asked.append(1000 * (perf_counter() - began))
        found.drop_table_from_database_and_remove_from_cache()
    print(json.dumps({"asked": asked[2:], "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
