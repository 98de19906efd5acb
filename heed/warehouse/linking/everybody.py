"""Who is one person among everybody whose columns lie in the engine: labels by place, without a profile in sight."""

import duckdb
import numpy as np
import pyarrow as pa

from heed.core.identity.carried import of_own_file
from heed.core.identity.clusters import SURE
from heed.warehouse.linking.grouping import Places, components, split
from heed.warehouse.linking.weighing_all import Scored

MARKED = """
select unique_id, hash(agency) as agency, not in_passing as own, child,
  case when given is not null then hash(given) end as given,
  case when len(marks) > 0 then hash(marks) end as marks
from people
"""
"""One row a person, as numbers: what tells whether marks of two may speak against one another."""
CHECKED = """
select unique_id, hash(split_part(number, ':', 1)) as scheme, hash(number) as number
from (select unique_id, unnest(checked_numbers) as number from people)
"""
MEMBER = """
create or replace temp table member as select component, sure, marked.* from component_of join marked using (unique_id)
"""
OPEN = """
with unlike as (select component from member group by component having min(marks) <> max(marks)),
torn as (
  select component, scheme from checked join component_of using (unique_id)
  group by component, scheme having min(number) <> max(number)
),
number as (
  select component, hash(component, scheme) as scheme, unique_id as carrier, number as mark
  from checked join component_of using (unique_id) semi join torn using (component, scheme)
),
told as (
  select component, marks as carrier, any_value(unique_id) as unique_id
  from member semi join unlike using (component) where marks is not null group by component, marks
),
mark as (select component, carrier, unnest(people.marks) as mark from told join people using (unique_id)),
scheme as (
  select component, hash(component, split_part(mark, ':', 1)) as scheme, carrier, hash(mark) as mark from mark
  union all select component, scheme, carrier, mark from number
),
carrying as (
  select scheme, any_value(component) as component, count(distinct carrier) as all_of_it from scheme group by scheme
),
sharing as (
  select scheme, max(some_of_it) as most
  from (select scheme, mark, count(*) as some_of_it from scheme group by scheme, mark) group by scheme
),
against as (select component from carrying join sharing using (scheme) where most < all_of_it),
several as (
  select component, agency, min(given) <> max(given) as two_names,
    min(sure) filter (child) <> max(sure) filter (child) as apart
  from member where own group by component, agency having count(*) > 1
),
named as (
  select component, member.agency, unique_id
  from member semi join (select * from several where two_names) using (component, agency) where own
),
file as (
  select component, named.agency, given, unnest(days) as day from named join people using (unique_id)
  where given is not null
),
twins as (select component from file group by component, agency, day having min(given) <> max(given))
select component from against union select component from twins union select component from several where apart
"""
"""The components in which marks may speak against one another: some scheme has none in common to all that carry it, one
agency keeps two files of one day under two names, or two files of one agency are held together only by links short of
beyond doubt. The core's rule then decides; elsewhere it would refuse nothing."""

MEMBERS = f"""
select unique_id, agency, in_passing, child, given, days, list_concat(marks, checked_numbers)
from (select unique_id from member where component in ({OPEN})) join people using (unique_id)
"""  # noqa: S608 - our own words
ROUNDED = 1e-6
"""How far the core rounds weights for their order: links as much above `SURE` go before all below it."""


def people_of_all(connection: duckdb.DuckDBPyConnection, many: int, scored: Scored, link_at: float) -> Places:
    """A label for each of so many places, the same for one person; `link_at` in bits. Of two links of one weight the one
    of earlier places goes first: with profiles in the order of their sources that is the core's order too."""
    joined = scored.weight >= link_at
    left, right, weight = scored.left[joined], scored.right[joined], scored.weight[joined]
    labels = components(many, left, right)
    several = np.bincount(labels, minlength=1)[labels] > 1
    certain = weight >= SURE + ROUNDED
    sure = components(many, left[certain], right[certain])
    table = pa.table(
        {"unique_id": np.nonzero(several)[0], "component": labels[several], "sure": sure[several]}
    )
    connection.register("component_of", table)
    connection.execute(MEMBER)
    rows = connection.execute(MEMBERS).fetchall()
    connection.unregister("component_of")
    connection.execute("drop table member")
    marks = {place: _marks(place, *said) for place, *said in rows}
    inside = np.zeros(many, dtype=bool)
    inside[list(marks)] = True
    needed = inside[left]
    edges = zip(left[needed].tolist(), right[needed].tolist(), weight[needed].tolist(), strict=True)
    return split(labels, list(edges), marks)


def _marks(
    place: int,
    agency: str,
    in_passing: bool,
    child: bool,
    given: str | None,
    days: list[str],
    marks: list[str],
) -> frozenset[str]:
    """The core's marks of a place, from the columns they rest on."""
    own = () if in_passing else of_own_file(f"{agency} {place}", child, given, days)
    return frozenset((*marks, *own))
