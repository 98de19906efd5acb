"""The table of conflicts that no pair shows: written for everybody at once, or for what one record touched.

A conflict is named by what its sources share, under the key by which they are looked for when another arrives: nobody
without the house's key can test a number.
"""

import json
from collections.abc import Collection, Iterable, Mapping

from heed.casework.linking.gathering import parts
from heed.casework.linking.pouring import pour
from heed.casework.models import BlockingKey, Clash, Source
from heed.casework.sealed import keyed
from heed.casework.sealing.rows import opened_profiles
from heed.core.identity.blocking import hashed
from heed.core.identity.conflicts import BIRTHS, NUMBER, births, number_conflicts, number_key
from heed.core.identity.profile import Profile, profile_from_json

COLUMNS = ("kind", "key", "source_id")
type Rows = set[tuple[object, ...]]


def expected(profiles: Iterable[Profile]) -> Rows:
    """The rows that the profiles of everybody make."""
    return {
        (found.kind, stored(found.what), source)
        for found in number_conflicts(profiles)
        for source in found.sources
    }


def kept() -> Rows:
    """The rows as they are kept."""
    return set(Clash.objects.values_list(*COLUMNS).iterator())


def write_all(profiles: Iterable[Profile]) -> None:
    """Write the rows of everybody in place of those kept."""
    _change(expected(profiles), Clash.objects.values_list("pk", *COLUMNS))


def write(profiles: Mapping[str, Profile]) -> None:
    """Write the conflicts these sources are in now, or were in until now. Their keys are written already."""
    keys = {stored(number_key(*number)) for one in profiles.values() for number in one.numbers}
    for part in parts(profiles):
        keys.update(Clash.objects.filter(source__in=part).values_list("key", flat=True))
    _recount(keys)


def forget(sources: Collection[str]) -> None:
    """Take out sources that are about to go, and count what is left without them. Their keys are gone already."""
    rows = Clash.objects.filter(source__in=list(sources))
    keys = set(rows.values_list("key", flat=True))
    rows.delete()
    _recount(keys)


def _recount(keys: Collection[str]) -> None:
    """The rows under these keys, by whoever holds them now."""
    for part in parts(keys):
        holders: dict[str, list[str]] = {}
        for key, source in BlockingKey.objects.filter(key__in=part).values_list("key", "source_id"):
            holders.setdefault(key, []).append(source)
        many = {key: found for key, found in holders.items() if len(found) >= BIRTHS}
        profiles = _profiles({source for found in many.values() for source in found})
        rows: Rows = {
            (NUMBER, key, source)
            for key, found in many.items()
            if len(births(profiles[each] for each in found)) >= BIRTHS
            for source in found
        }
        _change(rows, Clash.objects.filter(key__in=part).values_list("pk", *COLUMNS))


def _change(wanted: Rows, there: Iterable[tuple]) -> None:
    """Write what is missing and remove what is no longer so; what stays keeps its row."""
    old = {row[1:]: row[0] for row in there}
    for part in parts(key for row, key in old.items() if row not in wanted):
        Clash.objects.filter(pk__in=part).delete()
    pour(Clash, COLUMNS, sorted(wanted - old.keys()))


def _profiles(sources: Collection[str]) -> dict[str, Profile]:
    found = {}
    for part in parts(sources):
        rows = list(Source.objects.filter(pk__in=part).values_list("key", "profile"))
        for (key, _), text in zip(rows, opened_profiles(rows), strict=True):
            found[key] = profile_from_json(key, json.loads(text or "{}"))
    return found


def stored(what: str) -> str:
    """What a conflict is named by, as its table keeps it."""
    return keyed("people", hashed(what))
