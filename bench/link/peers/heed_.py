"""Heed: its own profiles, keys, model and engine, on the same rows. Runs in a process of its own, for its memory."""

import sys
from math import log2
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parent))

import pyarrow.parquet as pq
from telling import Told, asked

from bench.link.sets import entries
from heed.core.identity.folding import profile_of, told_by
from heed.core.identity.model import model_from
from heed.warehouse.linking.columns import people_tables
from heed.warehouse.linking.everybody import people_of_all
from heed.warehouse.linking.filling import read_in, write_down
from heed.warehouse.linking.rehearsal import CHOSEN
from heed.warehouse.linking.training import learn
from heed.warehouse.linking.weighing_all import block, weigh


def main() -> None:
    """Read and fold, train without the truth, link and group, at the threshold that people chose."""
    place, into = asked()
    told, many = Told(), pq.ParquetFile(place / "people.parquet").metadata.num_rows
    profiles = (profile_of(source, [told_by(body)]) for source, body in entries(place))
    connection = told.timed("prepare", lambda: read_in(people_tables(profiles)))
    told.timed("write", lambda: write_down(connection))
    model = model_from(told.timed("train", lambda: learn(connection, "bench", CHOSEN)))
    show, link = (log2(each / (1 - each)) for each in (model.show_at, model.link_at))
    told.notes["pairs"] = told.timed("link", lambda: block(connection, model, show))
    scored = told.timed("link", lambda: weigh(connection, model, show))
    told.notes["edges"] = len(scored.left)
    labels = told.timed("link", lambda: people_of_all(connection, many, scored, link))
    told.found[f"{model.link_at:g}"] = labels
    told.write(into)


if __name__ == "__main__":
    main()
