"""Profiles as columns for the engine: the names here are the names in the SQL of the comparisons."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from heed.core.identity.blocking import hashed, keys_of
from heed.core.identity.comparisons.letters import letters_of
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.core.identity.profile import Profile

TEXTS: dict[str, Callable[[Profile], str | None]] = {
    "agency": lambda one: one.agency,
    "given": lambda one: one.usual_given,
    "family": lambda one: one.usual_family,
    "born": lambda one: one.usual_born,
    "sound_given": lambda one: one.sound_given,
    "sound_family": lambda one: one.sound_family,
} | {scheme: lambda one, scheme=scheme: one.usual_number(scheme) for scheme in SLIP_SCHEMES}
TEXTS |= {
    f"{name}_letters": lambda one, text_of=TEXTS[name]: letters_of(text_of(one))
    for name in ("given", "family", "born", *SLIP_SCHEMES)
}
"""Text columns, and of those in which slips are looked for their letters in order."""

COUNTS: dict[str, Callable[[Profile], int | None]] = {
    "year_born": lambda one: one.year_born,
    "first_year": lambda one: one.years_seen[0] if one.years_seen else None,
    "events": lambda one: len(one.events),
    "last_year": lambda one: one.years_seen[1] if one.years_seen else None,
}

LISTS: dict[str, Callable[[Profile], Any]] = {
    "name_families": lambda one: sorted(one.name_families),
    "called": lambda one: sorted(one.called),
    "families": lambda one: list(one.family),
    "family_parts": lambda one: sorted(one.family_parts),
    "days": lambda one: sorted(one.days),
    "schemes": lambda one: sorted(one.schemes),
    "checked_schemes": lambda one: sorted(one.checked_schemes),
    "numbers": lambda one: sorted(one.all_numbers),
    "checked_numbers": lambda one: sorted(one.checked_numbers),
    "places": lambda one: list(one.places),
    "postcodes": lambda one: list(one.postcodes),
    "company": lambda one: list(one.company),
    "shared": lambda one: list(one.shared),
    "around": lambda one: sorted(map(str, one.around)),
}


def people_table(profiles: Sequence[Profile]) -> pa.Table:
    """One row a profile; `unique_id` is its place in the sequence. Lists are empty, never null."""
    columns: dict[str, pa.Array] = {"unique_id": pa.array(range(len(profiles)), pa.int64())}
    for name, text_of in TEXTS.items():
        columns[name] = pa.array([text_of(one) for one in profiles], pa.string())
    for name, list_of in LISTS.items():
        columns[name] = pa.array([list_of(one) for one in profiles], pa.list_(pa.string()))
    for name, count_of in COUNTS.items():
        columns[name] = pa.array([count_of(one) for one in profiles], pa.int32())
    columns["in_passing"] = pa.array([one.in_passing for one in profiles], pa.bool_())
    return pa.table(columns)


def keys_table(profiles: Sequence[Profile]) -> pa.Table:
    """One row for each blocking key of a profile: (key, unique_id)."""
    rows = [(hashed(key), place) for place, one in enumerate(profiles) for key in keys_of(one)]
    keys, places = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"key": pa.array(keys, pa.string()), "unique_id": pa.array(places, pa.int64())})
