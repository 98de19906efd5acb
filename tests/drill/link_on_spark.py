"""Link the same people with DuckDB and with Spark, in Spark's own environment; prints what both found, as JSON."""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.link.sets import entries
from heed.core.identity.carried import carried
from heed.core.identity.folding import profile_of, told_by
from heed.warehouse.linking.committed import current_model
from heed.warehouse.linking.finding_pairs import find_pairs
from heed.warehouse.linking.grouping import groups
from heed.warehouse.linking.spark import find_pairs_on_spark

profiles = [profile_of(source, [told_by(body)]) for source, body in entries(Path(sys.argv[1]))]
model = current_model()
marks = {one.source: carried(one) for one in profiles}
found, clusters, seconds = [], [], []
for finder in (find_pairs, find_pairs_on_spark):
    began = time.perf_counter()
    edges = finder(profiles, model, 0.0)
    seconds.append(time.perf_counter() - began)
    found.append({(edge.left, edge.right): edge.weight for edge in edges})
    clusters.append({frozenset(group) for group in groups(marks, edges, (), marks)})
here, there = found
print(
    json.dumps(
        {
            "people": len(profiles),
            "pairs": len(here),
            "same_pairs": here.keys() == there.keys(),
            "apart_by": max(
                (abs(here[pair] - there[pair]) for pair in here.keys() & there.keys()), default=0.0
            ),
            "clusters": len(clusters[0]),
            "same_clusters": clusters[0] == clusters[1],
            "seconds": seconds,
        }
    )
)
