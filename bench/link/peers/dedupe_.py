"""dedupe, given eight hundred labelled pairs of the truth, half of them one person. Runs among the peers' packages."""

import io
import json
import random
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
sys.path.insert(0, str(Path(__file__).parent))

import dedupe
import pyarrow.parquet as pq
from dedupe import variables
from telling import THRESHOLDS, Told, asked, rows

LABELS, SAMPLE = 800, 15_000
CUTS = tuple(t for t in THRESHOLDS if t < 0.99)


def main() -> None:
    """Train on the labels, then partition at each threshold."""
    place, into = asked()
    told, table = Told(), rows(place)
    people = told.timed("prepare", lambda: {row.pop("unique_id"): row for row in table.to_pylist()})
    names = [name for name in table.column_names if name not in ("unique_id", "agency", "ref", "also")]
    linker = dedupe.Dedupe(
        [
            variables.String(name, has_missing=True)
            if name in ("given", "family", "address")
            else variables.ShortString(name, has_missing=True)
            for name in names
        ],
        num_cores=1,
    )
    told.timed("train", lambda: train(linker, people, place))
    for number, threshold in enumerate(CUTS):
        begun = "link" if number == 0 else "other thresholds"
        clusters = told.timed(begun, lambda at=threshold: linker.partition(people, at))
        who = {one: label for label, (members, _) in enumerate(clusters) for one in members}
        told.found[str(threshold)] = [who.get(one, -one - 1) for one in range(len(people))]
    told.write(into)


def train(linker: dedupe.Dedupe, people: dict, place: Path) -> None:
    """What a person would label in an afternoon, without their errors."""
    chance = random.Random(1)
    truth = pq.read_table(place / "truth.parquet")["person"].to_pylist()
    same: dict[int, list[int]] = {}
    for row, person in enumerate(truth):
        same.setdefault(person, []).append(row)
    several = [rows_ for rows_ in same.values() if len(rows_) > 1]
    match = [chance.sample(chance.choice(several), 2) for _ in range(LABELS // 2)]
    distinct = []
    while len(distinct) < LABELS // 2:
        left, right = chance.sample(range(len(truth)), 2)
        if truth[left] != truth[right]:
            distinct.append((left, right))
    labelled = {
        key: [{"__class__": "tuple", "__value__": [people[one], people[other]]} for one, other in pairs]
        for key, pairs in (("match", match), ("distinct", distinct))
    }
    linker.prepare_training(people, io.StringIO(json.dumps(labelled)), sample_size=SAMPLE)
    linker.train()


if __name__ == "__main__":
    main()
