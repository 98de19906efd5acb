"""Estimating a model from profiles without knowing who is who, as Splink does, in seconds.

u from random pairs; m by expectation maximisation over two blocks, without term frequencies and with a cap
on pairs: twelve times faster at the same F1 in our measurements. Levels hardly ever seen are smoothed, so
that no weight is infinite and none is Splink's silent default.
"""

from collections.abc import Sequence
from math import log2, sqrt
from typing import Any

from duckdb import DuckDBPyConnection
from splink import DuckDBAPI, block_on

from heed.core.identity.comparisons import COMPARISONS, NUMBER, Comparison
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.core.identity.profile import Profile
from heed.warehouse.linking.columns import people_table
from heed.warehouse.linking.engine import closed_connection, linker, load

type OfOne = dict[str, dict[str, float]]
"""Level to its m and u."""
type Chances = dict[str, OfOne]
"""Comparison to its levels."""

SEED = 20120
RANDOM_PAIRS = 2e6
PAIRS_A_BLOCK = 5e5
SURE = "l.given = r.given and l.family = r.family and l.born = r.born and length(l.born) = 10"
SURE_RECALL = 0.5
"""The share of true pairs that the sure rule is taken to find until m is known, and with it the share it does find."""
SURE_KNOWN = """
select avg(case when given is not null and family is not null and length(born) = 10 then 1.0 else 0.0 end) from children
"""
CAUTION = 0.5
"""Bits taken off at the start: names of one background come together more often than chance, so that the sum of
comparisons taken as independent says too much. Measured on a town whose truth is known: see the report's table of
what was said to be p, and what was true. Brothers, sisters and twins are weighed apart (`KIN`)."""
MET = 1e-4
"""The share of sources from which on a name counts as met: what is rarer is mostly a slip of spelling."""
LEAST_M = 1e-3
LEAST_U = 2e-5
UNSEEN_U = 1e-4
"""No way of agreeing is so rare among true pairs, or among strangers, that it decides alone; one never seen
among strangers counts mildly for a pair (LEAST_M / UNSEEN_U, 3.3 bits), not as Splink's silent default."""

KIN = {
    "given": {
        "same": 0.002,
        "swapped": 0.0005,
        "two_spellings": 0.003,
        "short_form": 0.0015,
        "known_as": 0.002,
        "another_letter": 0.003,
        "close": 0.003,
        "different": 0.981,
    },
    "born": {
        "same": 0.03,
        "also_given": 0.002,
        "exchanged": 0.001,
        "keystroke": 0.015,
        "same_year": 0.06,
        "year_out": 0.12,
        "different": 0.772,
    },
}
"""How often brothers and sisters agree so, declared: three pairs in a hundred are twins, a year or two lie between the
others, and two children of one family are hardly ever called alike. (Of England's births about three in two hundred
are of twins.) Birth dates of which both are whole."""
INITIALS_FIT = 0.1
KIN_IN_PART = {"fits_month": 0.04, "fits_year": 0.1, "year_guessed": 0.25}
"""The same where one given name is an initial, or one birth date a month or a year alone: so many of such pairs fit. How
often so little is known is the data's to say: as often between kin as between two files of one child."""
SHOWN = 0.45
"""Bits under `link_at` and over `show_at`, so that a person is shown a pair and nobody is joined: what twins one letter
apart, or of two spellings that the list holds for one name, come to whom no number tells apart, and people of concern of
one nickname who were seen at one place."""
TWINS_MATTER = 8.0
"""Bits from which on twins are too rare among pairs of one household and one day to be thought of."""
MANY_UNDER_ONE_ROOF = 40
FILES_ENOUGH = 300_000
"""Files whose addresses tell how kin agree: of more, only every second, third or further address is asked."""
NUMBER_COLUMNS = (
    "schemes",
    "numbers",
    *(f"{name}{end}" for name in SLIP_SCHEMES for end in ("", "_letters")),
)
TWO_NAMES = "levenshtein(given_l, given_r) > 2 and given_l[1] <> given_r[1]"
ONE_NUMBER = " or ".join(f"({NUMBER.level(name).sql})" for name in ("same", "slip"))
KIN_PAIRS = f"""
with placed as (
  select unique_id, family, given, born, unnest(places) as place from children
  where family is not null and given is not null and length(born) = 10
),
asked as (select * from placed where hash(place) % {{every}} = 0),
few as (select family, place from asked group by all having count(*) between 2 and {MANY_UNDER_ONE_ROOF}),
held as (select asked.* from asked join few using (family, place)),
pair as (
  select distinct l.unique_id as l, r.unique_id as r, l.given as given_l, r.given as given_r, l.born as born_l,
    r.born as born_r
  from held l join held r on l.family = r.family and l.place = r.place and l.unique_id < r.unique_id
),
numbered as (
  select pair.*, {", ".join(f"a.{name} as {name}_l, b.{name} as {name}_r" for name in NUMBER_COLUMNS)}
  from pair join children a on a.unique_id = l join children b on b.unique_id = r
  where given_l = given_r and born_l = born_r or {TWO_NAMES}
)
select count(*) filter (given_l = given_r and born_l = born_r),
  count(*) filter ({TWO_NAMES} and born_l[1:4] <> born_r[1:4]),
  count(*) filter ({TWO_NAMES} and born_l = born_r),
  count(*) filter ({TWO_NAMES} and born_l = born_r and list_has_any(schemes_l, schemes_r)),
  count(*) filter ({TWO_NAMES} and born_l = born_r and list_has_any(schemes_l, schemes_r) and not ({ONE_NUMBER}))
from numbered
"""  # noqa: S608 - our own words
"""Pairs of one family name and one address: those of one name and day, which are one person's; those of two names born
in two years, which are kin's; those of two names and one day, and of these how many have numbers to compare, and how many
have two numbers. These last are twins, the others go by two names."""

DECLARED = {
    ("beside", "each_other"): (0.001, 0.256),
    ("beside", "never"): (0.999, 0.744),
    ("age", "one_childhood"): (0.0048, 0.0137),
    ("age", "far_apart"): (0.0002, 0.0018),
    ("alias", "same"): (0.56, 0.00875),
    ("alias", "spelt"): (0.08, 0.001387),
    ("alias", "different"): (0.36, 0.989863),
    ("doubted", "doubted"): (0.3, 0.6),
    ("doubted", "young"): (0.15, 0.3),
    ("doubted", "trusted"): (0.55, 0.1),
}
"""m and u that people declare, since no training without the truth can tell them. A record that names one person twice
is a slip, and whoever stands beside somebody in a record is otherwise a brother, a sister or a friend: eight bits
against, more than any one name is for. Where neither side gives a birth date names alone speak, and that is against
joining rather than for it: a bit and a half, three where many years lie between. Of people of concern no town has
enough to learn from: a nickname is six bits, however it is spelt, and with a place it comes to what is shown to a person;
a vehicle, a telephone or one and the same child is twice as much as a place, so that each joins with a nickname, and of a
low grade, or said of somebody who was a child by the birth date that is given (a bit less each), is shown."""
THINGS = {
    "vehicle": (0.13, 1.0),
    "phone": (0.12, 1.0),
    "beside": (0.3, 1.0),
    "handed_on": (0.02, 0.0),
    "two_things": (0.06, 1.0),
    "place": (0.1, 0.0),
    "plate": (0.06, 0.0),
    "feature": (0.03, 0.0),
    "name": (0.05, 0.0),
}
"""m of a thing two people of concern were named with, and its bits over those of a place."""
NOT_TOLD, NO_THING = {"m": 0.03, "u": 0.03}, {"m": 0.1, "u": 0.969}
"""Of one of them no hard thing is told: nothing follows. Both were named with other things: three bits against."""
OF_CONCERN = 0.5
"""The same as `SHOWN` for people of concern: a bit less, where the name is spelt in two ways, is still shown."""


def train(profiles: Sequence[Profile], version: str, chosen: dict[str, float]) -> dict[str, Any]:
    """The document of a new model from the profiles of people taken for children.

    `chosen` holds what people decide rather than data: the names of `model.CHOSEN`. Which pairs are sampled rests on the
    order of the profiles: `town.read_town` gives one order for whatever order records come in.
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
    splink.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED, num_chunks=1)
    for block in (block_on("born"), block_on("given", "family")):
        splink.training.estimate_parameters_using_expectation_maximisation(
            block, max_pairs=PAIRS_A_BLOCK, estimate_without_term_frequencies=True
        )
    learned = splink.misc.save_model_to_json()
    prior = _short(less_sure(_prior(connection, learned), CAUTION))
    chances = {one.name: _chances(one, learned, prior) for one in COMPARISONS}
    chances["thing"] |= _things(prior, chances)
    ((sources,),) = connection.execute("select count(*) from children").fetchall()
    odds, kin = _kin(connection, chances, 1 + sources // FILES_ENOUGH)
    return {
        "version": version,
        "prior": prior,
        "sources": sources,
        "kin_odds": _short(odds),
        **chosen,
        "chances": chances,
        "kin": kin,
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


def _prior(connection: DuckDBPyConnection, learned: dict[str, Any]) -> float:
    """The share of all pairs that are one person: those the sure rule finds, by the share of them it can find. Both sides
    must know all three, and true pairs agree in each as often as m says."""
    ((known,),) = connection.execute(SURE_KNOWN).fetchall()
    finds = float(known) ** 2
    for one in learned["comparisons"]:
        if one["output_column_name"] in ("given", "family", "born"):
            finds *= next(
                level["m_probability"]
                for level in one["comparison_levels"]
                if level["label_for_charts"] == "same"
            )
    prior: float = learned["probability_two_random_records_match"]
    return min(prior * SURE_RECALL / max(finds, LEAST_M), 0.5)


def _things(prior: float, chances: Chances) -> OfOne:
    """Vehicles, telephones and places, so that a nickname with a place comes to `OF_CONCERN` bits."""
    alias = chances["alias"]["same"]
    place = OF_CONCERN - log2(prior / (1 - prior)) - log2(alias["m"] / alias["u"])
    told = {name: {"m": m, "u": _short(m / 2 ** (place + more))} for name, (m, more) in THINGS.items()}
    return {**told, "untold": NOT_TOLD, "none": NO_THING}


def _kin(
    connection: DuckDBPyConnection, chances: Chances, every: int
) -> tuple[float, dict[str, dict[str, float]]]:
    """How many pairs are one person's for each pair of kin, and how often kin agree so: the share of twins as seen, the
    rest as declared. Files without any kin come out with hardly any. One address in so many is asked."""
    asked = KIN_PAIRS.format(every=every)
    ((one_person, siblings, same_day, compared, two_numbers),) = connection.execute(asked).fetchall()
    given, born, number = chances["given"], chances["born"], chances["number"]
    wrong = (number["different"]["m"] + number["different_checked"]["m"]) * compared
    twins = same_day * max(0.0, two_numbers - wrong - 2 * sqrt(wrong + 1)) / max(compared, 1)
    kin = siblings + twins + 1
    odds, share = (one_person + 1) / kin, (twins + KIN["born"]["same"]) / kin
    in_part = _in_part({level: one["m"] for level, one in born.items()}, share)
    others = (1 - share - sum(in_part.values())) / (1 - KIN["born"]["same"])
    of_born = {level: u * others for level, u in KIN["born"].items()} | {"same": share} | in_part
    files = chances["files"]["two_agencies"]
    seen = min(log2(odds * born["same"]["m"] / share), TWINS_MATTER)
    shown = 2 ** (SHOWN - log2(files["m"] / files["u"]) - seen)
    told_apart = {level: _short(given[level]["m"] / shown) for level in ("another_letter", "two_spellings")}
    return odds, {
        "given": KIN["given"] | {"initial": _short(given["initial"]["m"] * INITIALS_FIT)} | told_apart,
        "born": {level: _short(u) for level, u in of_born.items()},
    }


def _in_part(m: dict[str, float], twins: float) -> dict[str, float]:
    """How often kin fit where one birth date is known in part, from how often two files of one child show that it is.
    Twins fit wherever one child would."""
    known = {"fits_month": m["fits_month"], "fits_year": m["fits_year"] + m["year_guessed"]}
    fits = {
        level: fit if level == "year_guessed" else fit + (1 - fit) * twins
        for level, fit in KIN_IN_PART.items()
    }
    return {level: known.get(level, known["fits_year"]) * fit for level, fit in fits.items()}


def _chances(comparison: Comparison, learned: dict[str, Any], prior: float) -> OfOne:
    """m and u of every level, smoothed and made to add up to 1 again.

    Of the random pairs that u was counted on, a share of `prior` is one person: in a small file that share is most of
    what agrees, and is taken off.
    """
    by_name = _levels(learned, comparison.name)
    m = {one.name: max(by_name[one.name].get("m_probability") or 0, LEAST_M) for one in comparison.levels}
    u = {}
    for one in comparison.levels:
        seen = by_name[one.name].get("u_probability")
        u[one.name] = max(seen - prior * m[one.name], LEAST_U) if seen else UNSEEN_U
    for name in m:
        m[name], u[name] = DECLARED.get((comparison.name, name), (m[name], u[name]))
    return {
        name: {"m": _short(m[name] / sum(m.values())), "u": _short(u[name] / sum(u.values()))} for name in m
    }


def _levels(learned: dict[str, Any], comparison: str) -> dict[str, dict[str, Any]]:
    """What Splink learned of each level of a comparison."""
    found = next(one for one in learned["comparisons"] if one["output_column_name"] == comparison)
    return {level["label_for_charts"]: level for level in found["comparison_levels"]}


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
