"""The blocking keys of everybody at once, in SQL, and the pairs that share one that is not crowded.

The same keys as the core's `keys_of`, decided twice as the levels are; a test demands that both agree on any profile.
Each rule gives its parts in the order in which the core joins them; `KEY` makes them one.
"""

from heed.core.identity import crowded
from heed.core.identity.blocking import PREFIX
from heed.warehouse.linking.hopeless import LOOSE

FULL_NAMES = """
  select unique_id, family, given, unnest(days) as day from (
    select unique_id, family, unnest(first_names) as given, days from (
      select unique_id, unnest(families) as family, first_names, days from people)) as named
"""
NAMES = """
  select unique_id, family, unnest(roots) as given from (
    select unique_id, unnest(families) as family, roots from people where child) as named
"""
BEGINNINGS = f"""
  select distinct unique_id, substring(family, 1, {PREFIX}) as family, substring(given, 1, {PREFIX}) as given, year
  from (
    select unique_id, family, given, unnest(years) as year from (
      select unique_id, family, unnest(first_names) as given, years from (
        select unique_id, unnest(families) as family, first_names, years from people where child)))
"""  # noqa: S608 - our own number
DAYS = """
  select unique_id, day, unnest(list_concat(list_concat(families, roots), postcodes)) as word from (
    select unique_id, unnest(days) as day, families, roots, postcodes from people where child)
"""
HOMES = """
  select unique_id, postcode, unnest(roots) as given from (
    select unique_id, unnest(postcodes) as postcode, roots from people where child)
"""
COMPANY = """
  select unique_id, other, unnest(roots) as given from (
    select unique_id, unnest(company) as other, roots from people where child)
"""
SOUNDS = """
  select unique_id, sound_family as family, sound_given as given from people
  where child and sound_family <> '' and sound_given <> ''
"""
HALVES = f"""
  select distinct unique_id, half, substring(name, 1, {PREFIX}) as name from (
    select unique_id, half, unnest(list_concat(families, first_names)) as name from (
      select unique_id, unnest(halves) as half, families, first_names from people where child)) as named
"""  # noqa: S608 - our own number
KNOWN = """
  select unique_id, alias, unnest(things) as thing from (
    select unique_id, unnest(aliases) as alias, things from people where not child)
"""
RULES: dict[str, tuple[tuple[str, ...], str]] = {
    "number": (("number",), "select unique_id, unnest(numbers) as number from people"),
    "half": (("half", "name"), HALVES),
    "full": (("least(family, given)", "greatest(family, given)", "day"), FULL_NAMES),
    "name": (("least(family, given)", "greatest(family, given)"), NAMES),
    "begin": (("family", "given", "year"), BEGINNINGS),
    "day": (("day", "word"), DAYS),
    "home": (("postcode", "given"), HOMES),
    "sound": (("least(family, given)", "greatest(family, given)"), SOUNDS),
    "with": (("other", "given"), COMPANY),
    "known": (("alias", "thing"), KNOWN),
}
"""By the first word of the core's key: the parts after it, and where they come from."""


def keys_sql(key: str = "hash({parts})") -> str:
    """Every key of everybody: (rule, key, unique_id). `key` makes one value of the rule's name and its parts."""
    return "\nunion all\n".join(
        f"select {place} as rule, {key.format(parts=', '.join((f"'{rule}'", *parts)))} as key, unique_id from ({rows})"  # noqa: S608 - our own names
        for place, (rule, (parts, rows)) in enumerate(RULES.items())
    )


def pairs_sql(kept: str | None = None) -> str:
    """Each pair once, the smaller place first: both places in one number are told apart faster than in two.

    `kept` says of the sketches `a` and `b` of two people which pairs of the loose rules are made; without it all are.
    """
    loose = ", ".join(str(place) for place, rule in enumerate(RULES) if kept and rule in LOOSE) or "-1"
    sketched = "select held.key, sketch.* from held join sketch using (unique_id) where rule in ({})"
    return f"""
with many as (select key from keys group by key having count(*) > {crowded.MOST_HOLDERS}),
crowded as (
  select key from keys semi join many using (key) group by key
  having count(distinct unique_id) > {crowded.MOST_HOLDERS}
),
held as (select rule, key, unique_id from keys anti join crowded using (key)),
firm as (select key, unique_id from held where rule not in ({loose})),
{f"loose as ({sketched.format(loose)})," if kept else ""}
pair as (
  select distinct (l << 32) + r as lr from (
    select a.unique_id as l, b.unique_id as r from firm as a join firm as b on a.key = b.key and a.unique_id < b.unique_id
    {
        f'''union all
    select a.unique_id as l, b.unique_id as r from loose as a join loose as b
    on a.key = b.key and a.unique_id < b.unique_id and ({kept})'''
        if kept
        else ""
    }
  )
)
select lr >> 32 as l, lr & 4294967295 as r from pair
"""  # noqa: S608 - our own words


def holders_sql() -> str:
    """Rule by rule: keys, the pairs they ask for, crowded keys, the pairs these would ask for, and the most holders."""
    few, many = (f"holders {sign} {crowded.MOST_HOLDERS}" for sign in ("<=", ">"))
    return f"""
with held as (
  select rule, key, len(list_distinct(list(unique_id))) as holders from keys group by rule, key
)
select rule, count(*) as keys, coalesce(sum(holders * (holders - 1) // 2) filter ({few}), 0)::bigint as pairs,
  count(*) filter ({many}) as crowded, coalesce(sum(holders * (holders - 1) // 2) filter ({many}), 0)::bigint as saved,
  max(holders) as most
from held group by rule order by rule
"""  # noqa: S608 - our own number
