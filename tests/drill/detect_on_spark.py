"""Detect in one world with DuckDB and with Spark, in Spark's own environment; prints what both found, as JSON."""

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from heed.warehouse.build import in_memory
from heed.warehouse.detect import replay
from heed.warehouse.facts import Facts
from heed.warehouse.spark import SparkWarehouse
from synthetic.worlds.families import area
from synthetic.worlds.world import made

policy = json.loads(sys.argv[1])
world = made(area(17, "plain", "H1", scale=0.12, wide=True))
facts = Facts()
for number, document in enumerate(world.documents, 1):
    facts.add(number, document)
facts.rows["person_of"] = list(world.linked.items())
facts.supersede()
first, last = (datetime.fromtimestamp(at, UTC).date() for at in (world.start_s, world.end_s))
found, seconds = [], []
for house in (in_memory(facts), SparkWarehouse(facts)):
    began = time.perf_counter()
    found.append([finding.kept() for finding in replay(house, first, last, 7, policy)])
    seconds.append(time.perf_counter() - began)
    house.close()
print(
    json.dumps(
        {
            "records": len(facts.rows["record"]), "findings": len(found[0]), "same": found[0] == found[1],
            "first_apart": next(([a, b] for a, b in zip(*found, strict=False) if a != b), None), "seconds": seconds,
        }
    )
)  # fmt: skip
