"""The frame from which pairs are drawn for people to judge: every pair that is one person now, or that is compared.

The draw takes, in each band, the pairs whose hash under the seed comes first: a simple random sample for whoever does
not choose the seed by what it draws, and the same pairs whenever the same seed meets the same tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

import pyarrow as pa

from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.warehouse.linking.filling import filled
from heed.warehouse.linking.weighing_all import block, weigh

SURE, NEAR = 0.999, 0.001
"""The probabilities that part joined pairs well above the threshold from those just above, and likewise below."""

FRAME = """
create table frame as
with found as (
  select l.id as l, r.id as r, true as joined
  from who l join who r on l.person = r.person and l.id < r.id
  union all
  select l, r, false from pairs
), each as (select l, r, bool_or(joined) as joined from found group by l, r)
select each.l, each.r,
  case
    when joined and weight >= $sure then 'joined_sure'
    when joined and weight >= $link then 'joined_near'
    when joined then 'joined_through'
    when weight >= $show then 'review'
    when weight >= $near then 'below_near'
    else 'below_far'
  end as band
from each left join known s on s.l = each.l and s.r = each.r
"""
BY_AGENCY = """
select band, agency, count(*) from (
  select band, p.agency from frame join who p on p.id = l
  union all
  select band, q.agency from frame join who p on p.id = l join who q on q.id = r where q.agency <> p.agency
) group by all
"""
DRAWN = """
select band, left_key, right_key from (
  select band, p.key as left_key, q.key as right_key,
    row_number() over (
      partition by band order by md5($seed || chr(10) || p.key || chr(10) || q.key), p.key, q.key
    ) as place
  from frame join who p on p.id = l join who q on q.id = r
) join wanted using (band) where place <= wanted.most
order by md5($seed || ' order' || chr(10) || left_key || chr(10) || right_key), left_key, right_key
"""


@dataclass(frozen=True, slots=True)
class Frame:
    """How many pairs each band has, in all and with a file of each agency, and the pairs drawn: (band, left, right) in
    an order that says nothing of the band."""

    pairs: Mapping[str, int]
    agencies: Mapping[str, Mapping[str, int]]
    drawn: tuple[tuple[str, str, str], ...]


def draw(
    profiles: Sequence[Profile], people: Mapping[str, str], model: Model, seed: str, most: Mapping[str, int]
) -> Frame:
    """Draw up to `most` pairs from each band. `people` is source key to person, as linked now."""
    ordered = sorted(profiles, key=lambda one: one.source)
    connection = filled(ordered)
    block(connection)
    scored = weigh(connection, model, at_least=_bits(min(NEAR, model.show_at)))
    connection.register(
        "given_known", pa.table({"l": scored.left, "r": scored.right, "weight": scored.weight})
    )
    connection.execute("create table known as select * from given_known")
    connection.register("given_who", _who(ordered, people))
    connection.execute("create table who as select * from given_who")
    wanted = pa.table({"band": list(most), "most": pa.array(most.values(), pa.int64())})
    connection.register("wanted", wanted)
    limits = {"sure": SURE, "link": model.link_at, "show": model.show_at, "near": NEAR}
    connection.execute(FRAME, {name: _bits(limit) for name, limit in limits.items()})
    pairs = dict(connection.execute("select band, count(*) from frame group by band").fetchall())
    agencies: dict[str, dict[str, int]] = {}
    for band, agency, count in connection.execute(BY_AGENCY).fetchall():
        agencies.setdefault(band, {})[agency] = count
    drawn = connection.execute(DRAWN, {"seed": seed}).fetchall()
    connection.close()
    return Frame(pairs, agencies, tuple(drawn))


def _who(ordered: Sequence[Profile], people: Mapping[str, str]) -> pa.Table:
    """One row a source; ids follow the order of keys, so that the left of a pair is the smaller key."""
    return pa.table(
        {
            "id": pa.array(range(len(ordered)), pa.int64()),
            "key": pa.array([one.source for one in ordered], pa.string()),
            "agency": pa.array([one.agency for one in ordered], pa.string()),
            "person": pa.array([people[one.source] for one in ordered], pa.string()),
        }
    )


def _bits(probability: float) -> float:
    return log2(probability / (1 - probability))
