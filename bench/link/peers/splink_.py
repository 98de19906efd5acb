"""Plain Splink on DuckDB, in its documented usual configuration, on the same rows and keys. Runs on its own."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from telling import THRESHOLDS, Told, asked, rows

logging.getLogger("splink").setLevel(logging.ERROR)

MEMORY = "8GB"
"""Left alone DuckDB takes four fifths of the machine, and others are at work on it: it goes to the disk from here on."""
PAIRS_A_BLOCK = 1e7
"""Splink's own cap on the pairs of a block it trains on. Below a few hundred thousand files no block has as many; at a
million one birth date's has 97 million, and training without the cap did not end in twenty minutes."""


def main() -> None:
    """Train, predict, cluster."""
    place, into = asked()
    told, table = Told(), rows(place)
    has = set(table.column_names)
    spill = {"memory_limit": MEMORY, "temp_directory": str(into / "spill")}
    connection = duckdb.connect(config=spill)
    connection.register("sent", table)
    told.timed("prepare", lambda: connection.execute("create table people as select * from sent"))
    people = DuckDBAPI(connection).register("people", dataset_display_name="people")
    linker = Linker(people, settings(has), log_level=None)
    told.timed("train", lambda: train(linker, has))
    edges = told.timed(
        "link", lambda: linker.inference.predict(threshold_match_probability=0.05, warning_mode="never")
    )
    for number, threshold in enumerate(THRESHOLDS):
        begun = "link" if number == 0 else "other thresholds"
        clusters = told.timed(begun, lambda at=threshold: cluster(linker, edges, at))
        query = f"select cluster_id from {clusters.physical_name} order by unique_id"
        told.found[str(threshold)] = [one for (one,) in connection.execute(query).fetchall()]
    told.notes["edges"] = connection.execute(f"select count(*) from {edges.physical_name}").fetchall()[0][0]
    told.write(into)


def settings(has: set[str]) -> SettingsCreator:
    """Splink's library comparisons, one for each column that somebody filled."""
    comparisons = {
        "given": cl.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
        "family": cl.JaroWinklerAtThresholds("family", [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        ),
        "born": cl.DateOfBirthComparison("born", input_is_string=True),
        "nhs": cl.LevenshteinAtThresholds("nhs", [1]),
        "upn": cl.LevenshteinAtThresholds("upn", [1]),
        "other": cl.LevenshteinAtThresholds("other", [1]),
        "address": cl.JaroWinklerAtThresholds("address", [0.92]).configure(term_frequency_adjustments=True),
        "postcode": cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
    }
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=blocking(has),
        comparisons=[each for name, each in comparisons.items() if name in has],
    )


def blocking(has: set[str]) -> list:
    """Heed's keys as Splink's rules."""
    numbers = [block_on(name) for name in ("nhs", "upn", "other") if name in has]
    return [
        *numbers,
        block_on("given", "family"),
        "l.given = r.family and l.family = r.given",
        block_on("substr(family, 1, 3)", "substr(given, 1, 3)", "substr(born, 1, 4)"),
        block_on("born", "family"),
        block_on("born", "given"),
        block_on("born", "postcode"),
        block_on("postcode", "given"),
    ]


def train(linker: Linker, has: set[str]) -> None:
    """As the documentation teaches it: a deterministic rule for the prior, random pairs for u, two blocks for m."""
    sure = [block_on("given", "family", "born"), *(block_on(one) for one in ("nhs", "other") if one in has)]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.75)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for block in (block_on("born"), block_on("given", "family")):
        linker.training.estimate_parameters_using_expectation_maximisation(block, max_pairs=PAIRS_A_BLOCK)


def cluster(linker: Linker, edges, threshold: float):
    """Everybody's group at a threshold."""
    return linker.clustering.cluster_pairwise_predictions_at_threshold(
        edges, threshold_match_probability=threshold
    )


if __name__ == "__main__":
    main()
