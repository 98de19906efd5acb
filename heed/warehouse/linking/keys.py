"""The blocking keys of everybody at once, in SQL.

The same keys as the core's `keys_of`, decided twice as the levels are; a test demands that both agree on any profile.
Each rule gives its parts in the order in which the core joins them; `KEY` makes them one.
"""

from heed.core.identity.blocking import PREFIX

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
    select unique_id, unnest(alias_forms) as alias, things from people where not child)
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
