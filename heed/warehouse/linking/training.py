"""Estimating a model from profiles without knowing who is who, as Splink does, in seconds.

u from random pairs; m by expectation maximisation over two blocks, without term frequencies and with a cap
on pairs: twelve times faster at the same F1 in our measurements. Levels hardly ever seen are smoothed, so
that no weight is infinite and none is Splink's silent default.
"""

from collections.abc import Sequence
from typing import Any

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, block_on

from heed.core.identity.comparisons import COMPARISONS, Comparison
from heed.core.identity.profile import Profile
from heed.warehouse.linking.columns import people_table
from heed.warehouse.linking.engine import closed_connection, linker, load

SEED = 20120
RANDOM_PAIRS = 2e6
PAIRS_A_BLOCK = 5e5
SURE = "l.given = r.given and l.family = r.family and l.born = r.born and length(l.born) = 10"
SURE_RECALL = 0.5
"""The share of true pairs that the sure rule is taken to find, for the estimate of the prior."""
CAUTION = 1.7
"""Bits taken off at the start: names of one background come together more often than chance, so that the sum of
comparisons taken as independent says too much. Measured on a town whose truth is known: see the report's table of
what was said to be p, and what was true."""
MET = 1e-4
"""The share of sources from which on a name counts as met: what is rarer is mostly a slip of spelling."""
LEAST_M = 1e-3
LEAST_U = 2e-5
UNSEEN_U = 1e-4
"""No way of agreeing is so rare among true pairs, or among strangers, that it decides alone; one never seen
among strangers counts mildly for a pair (LEAST_M / UNSEEN_U, 3.3 bits), not as Splink's silent default."""

DECLARED = {
    ("beside", "each_other"): (0.001, 0.256),
    ("beside", "never"): (0.999, 0.744),
    ("age", "one_childhood"): (0.0048, 0.0137),
    ("age", "far_apart"): (0.0002, 0.0018),
    ("alias", "same"): (0.64, 0.01),
    ("alias", "different"): (0.36, 0.99),
    ("thing", "vehicle"): (0.4, 0.00008),
    ("thing", "phone"): (0.3, 0.00006),
    ("thing", "place"): (0.2, 0.00008),
    ("thing", "none"): (0.1, 0.99975),
    ("doubted", "doubted"): (0.45, 0.9),
    ("doubted", "trusted"): (0.55, 0.1),
}
"""m and u that people declare, since no training without the truth can tell them. A record that names one person twice
is a slip, and whoever stands beside somebody in a record is otherwise a brother, a sister or a friend: eight bits
against, more than any one name is for. Where neither side gives a birth date names alone speak, and that is against
joining rather than for it: a bit and a half, three where many years lie between. Of people of concern no town has
enough to learn from: a nickname is six bits, a vehicle or a telephone twelve, a place eleven, so that a nickname with
either of the first two joins, with a place is shown to a person, and of a low grade (a bit less) is shown too."""


def train(profiles: Sequence[Profile], version: str, chosen: dict[str, float]) -> dict[str, Any]:
    """The document of a new model from the profiles of people taken for children.

    `chosen` holds what people decide rather than data: the names of `model.CHOSEN`.
    """
    connection = closed_connection()
    load(DuckDBAPI(connection), connection, "people", people_table(profiles))
    return learn(connection, version, chosen)


def learn(connection: DuckDBPyConnection, version: str, chosen: dict[str, float]) -> dict[str, Any]:
    """The same from the columns of profiles, in a table `people`: for more of them than fit in memory as profiles."""
    connection.execute("create or replace view children as select * from people where child")
    people = DuckDBAPI(connection).register("children", dataset_display_name="children")
    splink = linker(people)
    splink.training.estimate_probability_two_random_records_match([SURE], recall=SURE_RECALL)
    splink.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for block in (block_on("born"), block_on("given", "family")):
        splink.training.estimate_parameters_using_expectation_maximisation(
            block, max_pairs=PAIRS_A_BLOCK, estimate_without_term_frequencies=True
        )
    learned = splink.misc.save_model_to_json()
    return {
        "version": version,
        "prior": _short(less_sure(learned["probability_two_random_records_match"], CAUTION)),
        **chosen,
        "chances": {one.name: _chances(one, learned) for one in COMPARISONS},
        "frequencies": {
            one.name: _frequencies(connection, one.name, MET)
            for one in COMPARISONS
            if one.frequency_of is not None
        },
    }


def less_sure(probability: float, bits: float) -> float:
    """A probability with so many bits taken off its odds."""
    odds = probability / (1 - probability) / 2**bits
    return odds / (1 + odds)


def _chances(comparison: Comparison, learned: dict[str, Any]) -> dict[str, dict[str, float]]:
    """m and u of every level, smoothed and made to add up to 1 again."""
    found = next(one for one in learned["comparisons"] if one["output_column_name"] == comparison.name)
    by_name = {level["label_for_charts"]: level for level in found["comparison_levels"]}
    m = {one.name: max(by_name[one.name].get("m_probability") or 0, LEAST_M) for one in comparison.levels}
    u = {
        one.name: max(by_name[one.name].get("u_probability") or UNSEEN_U, LEAST_U)
        for one in comparison.levels
    }
    for name in m:
        m[name], u[name] = DECLARED.get((comparison.name, name), (m[name], u[name]))
    return {
        name: {"m": _short(m[name] / sum(m.values())), "u": _short(u[name] / sum(u.values()))} for name in m
    }


def _frequencies(connection: DuckDBPyConnection, name: str, rarest: float) -> dict[str, float]:
    """How common each name is among the sources, for names more common than the rarest that counts."""
    counted: dict[str, int] = dict(
        connection.execute(
            f"select {name}, count(*) from children where {name} is not null group by 1 order by 1"  # noqa: S608
        ).fetchall()
    )
    total = sum(counted.values())
    shares = {value: _short(times / total) for value, times in sorted(counted.items())}
    return {value: share for value, share in shares.items() if share > rarest}


def _short(number: float) -> float:
    """Six significant figures: what a person can read and a diff can show."""
    return float(f"{number:.6g}")
