"""Profiles as columns for the engine: the names here are the names in the SQL of the comparisons and of the keys.

A column is worked out once for each different value of what it rests on: a county has far fewer given names than
children, and this is what keeps a million profiles from taking longer to write down than to compare.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any

import pyarrow as pa

from heed.core.identity.blocking import hashed, keys_of
from heed.core.identity.carried import by_nickname, of_a_life
from heed.core.identity.comparisons.letters import letters_of
from heed.core.identity.comparisons.numbers import SLIP_SCHEMES
from heed.core.identity.nicknames import families_of
from heed.core.identity.profile import Profile

A_PORTION = 50_000
THINGS = ("vehicle", "phone", "place", "beside", "plate", "feature", "name")
"""Kinds of what people of concern are named with that conditions ask for one by one."""
TEXT, LIST, YES_NO, COUNT = pa.string(), pa.list_(pa.string()), pa.bool_(), pa.int32()


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that rest on the same part of a profile; each is its type and how it is read from a profile."""

    rests_on: Callable[[Profile], Hashable]
    columns: dict[str, tuple[pa.DataType, Callable[[Profile], Any]]]


GROUPS = (
    Group(
        lambda one: (one.source.partition(" ")[0], "#" in one.source, one.child, one.doubted),
        {
            "agency": (TEXT, lambda one: one.agency),
            "in_passing": (YES_NO, lambda one: one.in_passing),
            "child": (YES_NO, lambda one: one.child),
            "doubted": (YES_NO, lambda one: one.doubted),
        },
    ),
    Group(
        lambda one: (one.given, one.aliases),
        {
            "given": (TEXT, lambda one: one.usual_given),
            "given_letters": (TEXT, lambda one: letters_of(one.usual_given)),
            "sound_given": (TEXT, lambda one: one.sound_given),
            "given_is_a_name": (YES_NO, lambda one: one.given_is_a_name),
            "alias_forms": (LIST, lambda one: sorted(one.alias_forms)),
            "spellings": (LIST, lambda one: sorted(one.spellings)),
            "nicknames": (LIST, lambda one: list(one.aliases)),
            "name_families": (LIST, lambda one: sorted(one.name_families)),
            "called": (LIST, lambda one: sorted(one.called)),
            "first_names": (LIST, lambda one: sorted({name.split()[0] for name in one.given})),
            "roots": (LIST, lambda one: _roots(one)),
        },
    ),
    Group(
        lambda one: one.family,
        {
            "family": (TEXT, lambda one: one.usual_family),
            "family_letters": (TEXT, lambda one: letters_of(one.usual_family)),
            "sound_family": (TEXT, lambda one: one.sound_family),
            "families": (LIST, lambda one: list(one.family)),
            "family_parts": (LIST, lambda one: sorted(one.family_parts)),
        },
    ),
    Group(
        lambda one: one.born,
        {
            "born": (TEXT, lambda one: one.usual_born),
            "born_letters": (TEXT, lambda one: letters_of(one.usual_born)),
            "year_born": (COUNT, lambda one: one.year_born),
            "days": (LIST, lambda one: sorted(one.days)),
            "years": (LIST, lambda one: sorted({born[:4] for born in one.born})),
        },
    ),
    Group(
        lambda one: one.numbers,
        {
            "schemes": (LIST, lambda one: sorted(one.schemes)),
            "checked_schemes": (LIST, lambda one: sorted(one.checked_schemes)),
            "numbers": (LIST, lambda one: sorted(one.all_numbers)),
            "checked_numbers": (LIST, lambda one: sorted(one.checked_numbers)),
            "halves": (LIST, lambda one: sorted(one.halves)),
        }
        | {
            scheme: (TEXT, lambda one, scheme=scheme: one.in_column(scheme)) for scheme in SLIP_SCHEMES
        }
        | {
            f"{scheme}_letters": (TEXT, lambda one, scheme=scheme: letters_of(one.in_column(scheme)))
            for scheme in SLIP_SCHEMES
        },
    ),
    Group(
        lambda one: one if by_nickname(one) else (one.child, one.born, one.seen),
        {"marks": (LIST, lambda one: sorted(of_a_life(one)))},
    ),
    Group(
        lambda one: one.places,
        {
            "places": (LIST, lambda one: sorted(one.addresses)),
            "lines": (LIST, lambda one: sorted(one.lines)),
        },
    ),
    Group(lambda one: one.postcodes, {"postcodes": (LIST, lambda one: list(one.postcodes))}),
    Group(
        lambda one: one.seen,
        {
            "first_year": (COUNT, lambda one: one.years_seen[0] if one.years_seen else None),
            "last_year": (COUNT, lambda one: one.years_seen[1] if one.years_seen else None),
        },
    ),
    Group(
        lambda one: one.events,
        {
            "events": (COUNT, lambda one: len(one.events)),
            "around": (LIST, lambda one: sorted(map(str, one.around))),
        },
    ),
    Group(lambda one: one.company, {"company": (LIST, lambda one: list(one.company))}),
    Group(lambda one: one.shared, {"shared": (LIST, lambda one: list(one.shared))}),
    Group(
        lambda one: one.things,
        {
            "things": (LIST, lambda one: list(one.things)),
            "hard_things": (LIST, lambda one: sorted(one.hard_things)),
        }
        | {
            f"{kind}_things": (LIST, lambda one, kind=kind: one.things_of(kind))
            for kind in THINGS
        },
    ),
)  # fmt: skip
TYPES: dict[str, pa.DataType] = {name: kind for group in GROUPS for name, (kind, _) in group.columns.items()}


def people_tables(profiles: Iterable[Profile]) -> Iterator[pa.Table]:
    """One row a profile, a portion at a time; `unique_id` is its place in the order. Lists are empty, never null."""
    start = 0
    for portion in batched(profiles, A_PORTION):
        columns: dict[str, pa.Array] = {"unique_id": pa.array(range(start, start + len(portion)), pa.int64())}
        for group in GROUPS:
            columns |= _columns(group, portion)
        start += len(portion)
        yield pa.table(columns)


def people_table(profiles: Iterable[Profile]) -> pa.Table:
    """The same in one piece."""
    schema = pa.schema([("unique_id", pa.int64()), *TYPES.items()])
    return pa.Table.from_batches(
        [batch for each in people_tables(profiles) for batch in each.to_batches()], schema
    )


def keys_table(profiles: Iterable[Profile]) -> pa.Table:
    """One row for each blocking key of a profile as the core makes them: (key, unique_id)."""
    rows = [(hashed(key), place) for place, one in enumerate(profiles) for key in keys_of(one)]
    keys, places = zip(*rows, strict=True) if rows else ((), ())
    return pa.table({"key": pa.array(keys, pa.string()), "unique_id": pa.array(places, pa.int64())})


def _columns(group: Group, profiles: Iterable[Profile]) -> dict[str, pa.Array]:
    """The columns of a group: the first profile with a value stands for all with the same."""
    seen: dict[Hashable, int] = {}
    first: list[Profile] = []
    places = []
    for one in profiles:
        value = group.rests_on(one)
        place = seen.get(value)
        if place is None:
            place = seen[value] = len(first)
            first.append(one)
        places.append(place)
    rows = pa.array(places, pa.int32())
    return {
        name: pa.array([read(one) for one in first], kind).take(rows)
        for name, (kind, read) in group.columns.items()
    }


def _roots(one: Profile) -> list[str]:
    """The families of names of everything the person is called: Liz is found as Elizabeth."""
    return sorted({root for name in (*one.given, *one.aliases) for root in _families(name.split()[0])})


@cache
def _families(name: str) -> tuple[str, ...]:
    return families_of(name)
