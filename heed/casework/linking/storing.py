"""The computed tables of linking: sources, blocking keys, links."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from heed.casework.linking.gathering import parts
from heed.casework.linking.pouring import change, pour
from heed.casework.linking.weighing import LinkRow
from heed.casework.models import BlockingKey, Heartbeat, Link, Source
from heed.core.identity.blocking import hashed, keys_of
from heed.core.identity.profile import Profile, profile_to_json
from heed.core.records.canonical import canonical

LOCK = "linking"


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
        for key in sorted({hashed(key) for key in keys_of(profile)}):
            yield key, profile.source


def empty_out() -> None:
    """Take away all links and blocking keys: the caller writes them anew."""
    Link.objects.all()._raw_delete(Link.objects.db)
    BlockingKey.objects.all()._raw_delete(BlockingKey.objects.db)


def take_out(sources: Collection[str]) -> None:
    """Take away the links and blocking keys of these sources."""
    for part in parts(sources):
        Link.objects.filter(left__in=part).delete()
        Link.objects.filter(right__in=part).delete()
        BlockingKey.objects.filter(source__in=part).delete()


def write_profiles(profiles: Mapping[str, Profile], kept: Mapping[str, str]) -> None:
    """Write the profiles whose text differs from what is kept."""
    texts = ((profile_text(profile), key) for key, profile in profiles.items())
    change(Source, "key", ["profile"], [row for row in texts if kept.get(row[1]) != row[0]])


def write_keys(profiles: Iterable[Profile]) -> None:
    """Write the blocking keys of these profiles."""
    pour(BlockingKey, ["key", "source_id"], key_rows(profiles))


def write_links(links: Iterable[LinkRow]) -> None:
    """Write links."""
    columns = ["left_id", "right_id", "weight", "probability", "terms", "model"]
    pour(Link, columns, ((o.left, o.right, o.weight, o.probability, o.terms, o.model) for o in links))


def write_people(people: Mapping[str, str], kept: Mapping[str, str]) -> list[str]:
    """Write the person of each source where it changed; gives the sources that changed, sorted."""
    changed = sorted(source for source, person in people.items() if kept.get(source) != person)
    change(Source, "key", ["person"], [(people[source], source) for source in changed])
    return changed
