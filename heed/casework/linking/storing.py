"""The computed tables of linking: sources, blocking keys, links."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import Count, Q

from heed.casework.linking.gathering import parts
from heed.casework.linking.pouring import change, pour
from heed.casework.linking.weighing import LinkRow
from heed.casework.models import BlockingKey, Heartbeat, Link, Source
from heed.casework.sealed import keyed
from heed.casework.sealing.rows import sealed_profiles
from heed.core.identity.blocking import hashed, keys_of
from heed.core.identity.crowded import crowded
from heed.core.identity.profile import Profile, profile_to_json
from heed.core.records.canonical import canonical

LOCK = "linking"
type KeptLinks = dict[tuple[str, str], tuple[int, float, float, str, str]]
"""Pair of sources to its row, weight, probability, terms and model."""


def one_at_a_time(now: datetime) -> None:
    """Wait for whoever else is linking; held until the caller's transaction ends. Leaves a heartbeat."""
    Heartbeat.objects.get_or_create(name=LOCK, defaults={"at": now})
    Heartbeat.objects.select_for_update().get(name=LOCK)
    Heartbeat.objects.filter(name=LOCK).update(at=now)


def profile_text(profile: Profile) -> str:
    """A profile as its column keeps it."""
    return canonical(profile_to_json(profile)).decode()


def key_rows(profiles: Iterable[Profile]) -> Iterator[tuple[str, str]]:
    """(key, source) for every blocking key."""
    for profile in profiles:
        for key in stored_keys(profile):
            yield key, profile.source


def stored_keys(profile: Profile) -> list[str]:
    """The blocking keys of a profile as their table keeps them: nobody without the house's key can test a name."""
    return sorted({keyed("people", hashed(key)) for key in keys_of(profile)})


def kept_links(sources: Collection[str] | None = None) -> KeptLinks:
    """The links of these sources, or all: pair to its row and what it holds."""
    if sources is None:
        found = [Link.objects.all()]
    else:
        found = [Link.objects.filter(Q(left__in=part) | Q(right__in=part)) for part in parts(sources)]
    columns = ("left_id", "right_id", "id", "weight", "probability", "terms", "model")
    return {row[:2]: row[2:] for links in found for row in links.values_list(*columns).iterator()}


def write_profiles(profiles: Mapping[str, Profile], kept: Mapping[str, str]) -> None:
    """Write the profiles whose text differs from what is kept."""
    texts = ((profile_text(profile), key) for key, profile in profiles.items())
    changed = [row for row in texts if kept.get(row[1]) != row[0]]
    rows = zip(sealed_profiles(changed), (key for _, key in changed), strict=True)
    change(Source, "key", ["profile"], rows)


def write_all_keys(profiles: Iterable[Profile]) -> None:
    """Write the blocking keys of everybody in place of all there were."""
    BlockingKey.objects.all()._raw_delete(BlockingKey.objects.db)
    pour(BlockingKey, ["key", "source_id"], key_rows(profiles))


def write_keys_of(profiles: Collection[Profile]) -> set[str]:
    """Write the blocking keys of these profiles in place of those they had.

    Gives the sources that hold a key which has become crowded by it, or is crowded no longer: what they are compared
    with has changed, though they have not.
    """
    wanted = set(key_rows(profiles))
    held = set(_key_rows_of(profile.source for profile in profiles))
    for key, source in held - wanted:
        BlockingKey.objects.filter(key=key, source=source).delete()
    pour(BlockingKey, ["key", "source_id"], sorted(wanted - held))
    change_of = Counter(key for key, _ in wanted - held)
    change_of.subtract(key for key, _ in held - wanted)
    now = _holders_of(change_of)
    crossed = [key for key, by in change_of.items() if crowded(now[key]) != crowded(now[key] - by)]
    return {
        source
        for part in parts(crossed)
        for source in BlockingKey.objects.filter(key__in=part).values_list("source_id", flat=True)
    }


def not_crowded(keys: Collection[str]) -> dict[str, list[str]]:
    """The sources under each of these keys, without the keys that too many hold."""
    held = _holders_of(keys)
    found: dict[str, list[str]] = {}
    for part in parts(key for key in keys if not crowded(held[key])):
        for key, source in BlockingKey.objects.filter(key__in=part).values_list("key", "source_id"):
            found.setdefault(key, []).append(source)
    return found


def _holders_of(keys: Collection[str]) -> Counter[str]:
    """How many sources hold each of these keys."""
    counted: Counter[str] = Counter()
    for part in parts(keys):
        rows = BlockingKey.objects.filter(key__in=part).values_list("key").annotate(Count("id"))
        counted.update(dict(rows))
    return counted


def _key_rows_of(sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    for part in parts(sources):
        yield from BlockingKey.objects.filter(source__in=part).values_list("key", "source_id")


def write_links(links: Iterable[LinkRow], kept: KeptLinks) -> None:
    """Write links in place of those kept. A pair that stays keeps its row, and so its page."""
    rows = {(one.left, one.right): (one.weight, one.probability, one.terms, one.model) for one in links}
    for part in parts(row[0] for pair, row in kept.items() if pair not in rows):
        Link.objects.filter(pk__in=part).delete()
    columns = ["weight", "probability", "terms", "model"]
    changed = [(*row, kept[pair][0]) for pair, row in rows.items() if pair in kept and kept[pair][1:] != row]
    change(Link, "id", columns, changed)
    fresh = ((*pair, *row) for pair, row in rows.items() if pair not in kept)
    pour(Link, ["left_id", "right_id", *columns], fresh)


def write_people(people: Mapping[str, str], kept: Mapping[str, str]) -> list[str]:
    """Write the person of each source where it changed; gives the sources that changed, sorted."""
    changed = sorted(source for source, person in people.items() if kept.get(source) != person)
    change(Source, "key", ["person"], [(people[source], source) for source in changed])
    return changed
