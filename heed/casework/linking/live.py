"""Linking the sources of one arriving record, in milliseconds, without Splink: same keys, same weights.

Only the neighbourhood of what changed is clustered again; everybody else keeps their person.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from math import inf

from django.db import transaction
from django.db.models import Q

from heed.casework.linking import clashing
from heed.casework.linking.gathering import gather, parts, told_verdicts, verdicts
from heed.casework.linking.in_force import model_in_force
from heed.casework.linking.storing import (
    kept_links,
    not_crowded,
    one_at_a_time,
    stored_keys,
    write_keys_of,
    write_links,
    write_people,
    write_profiles,
)
from heed.casework.linking.weighing import LinkRow, link_rows, people_of
from heed.casework.models import Link, Mention, Source
from heed.casework.sealing.rows import opened_profiles
from heed.core.identity.lapsing import place_of
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile, profile_from_json
from heed.core.identity.verdicts import Said, Word, standing


def link_sources(keys: Collection[str], now: datetime) -> list[str]:
    """Read these sources again and link them; gives the sources whose person changed, sorted.

    One transaction. Keys without a row are passed over: somebody else's record may be on its way.
    """
    model = model_in_force()
    with transaction.atomic():
        one_at_a_time(now)
        kept = {key: text for part in parts(keys) for key, text in _profile_texts(part)}
        if not kept:
            return []
        profiles = gather(kept).profiles
        write_profiles(profiles, kept)
        beside = write_keys_of(profiles.values()) - profiles.keys()
        links = kept_links({*kept, *beside})
        write_links(_links_to_others({**profiles, **_profiles(beside)}, model), links)
        clashing.write(profiles)
        linked = (source for pair in links for source in pair)
        return regroup({*kept, *beside, *linked, *_spoken_of_with(kept)}, model)


def unlink_sources(gone: Collection[str], again: Collection[str], now: datetime) -> list[str]:
    """Take out sources that no record mentions any more, with their keys, links and conflicts, and link again: those of
    `again`, whoever stood with them by a link or a person's word, and whoever holds a key that is crowded no longer
    without them. Gives the sources whose person changed, sorted."""
    with transaction.atomic():
        one_at_a_time(now)
        around = reached(gone, model_in_force())
        beside = write_keys_of([Profile(key) for key in sorted(gone)])
        for some in parts(sorted(gone)):
            Link.objects.filter(Q(left__in=some) | Q(right__in=some)).delete()
            clashing.forget(some)
            Source.objects.filter(pk__in=some).delete()
        return link_sources({*again, *around, *beside} - set(gone), now)


def regroup(touched: Collection[str], model: Model) -> list[str]:
    """Cluster the neighbourhood of these sources again; gives the sources whose person changed, sorted."""
    region = reached(touched, model)
    return write_people(_grouped(region, verdicts(region), model), _people(region))


def regrouped_without(word: Said, model: Model) -> tuple[dict[str, str], dict[str, str]]:
    """The person of each source around a verdict as it stands, and as it would if that verdict did not count."""
    region = reached({word.left, word.right}, model)
    said = verdicts(region)
    others = [one for one in said if one.order != word.order]
    return _grouped(region, said, model), _grouped(region, others, model)


def _grouped(region: Collection[str], said: Collection[Said], model: Model) -> dict[str, str]:
    links = [row for part in parts(region) for row in _joining(part, model)]
    return people_of(_profiles(region), links, said, _first_seen(region), model)


def _spoken_of_with(keys: Collection[str]) -> set[str]:
    """Whoever a word was said of together with one of these who have no reference of their own: with their record it
    may have lapsed, or stand again."""
    placed = {key for key in keys if place_of(key) is not None}
    said, _ = told_verdicts(placed) if placed else ([], [])
    both = {key for one in said for key in (one.left, one.right)}
    return set(Source.objects.filter(pk__in=both).values_list("key", flat=True)) if both else both


def _links_to_others(profiles: Mapping[str, Profile], model: Model) -> list[LinkRow]:
    """Weigh each source against all that share with it a key which is not crowded."""
    mine = {key: stored_keys(profile) for key, profile in profiles.items()}
    holders = not_crowded({key for keys in mine.values() for key in keys})
    pairs = {
        (one, other)
        for one, keys in mine.items()
        for key in keys
        for other in holders.get(key, ())
        if one != other
    }
    strangers = {other for _, other in pairs} - profiles.keys()
    return link_rows(pairs, {**profiles, **_profiles(strangers)}, model)


def reached(touched: Collection[str], model: Model) -> set[str]:
    """All sources reached from these through links that join or a person's word `same`, also where a word or numbers
    keep them apart."""
    region: set[str] = set()
    fringe = set(touched)
    while fringe:
        region |= fringe
        same = {
            source
            for said in standing(verdicts(fringe))
            if said.word is Word.SAME
            for source in (said.left, said.right)
        }
        known = set(Source.objects.filter(pk__in=same - region).values_list("key", flat=True))
        fringe = (_neighbours(fringe, at_least=model.link_at) | known) - region
    return region


def _neighbours(sources: Iterable[str], at_least: float) -> set[str]:
    """Sources at the other end of links of these, of at least this probability."""
    found: set[str] = set()
    for part in parts(sources):
        links = Link.objects.filter(Q(left__in=part) | Q(right__in=part), probability__gte=at_least)
        for pair in links.values_list("left_id", "right_id"):
            found.update(pair)
    return found


def _joining(part: Collection[str], model: Model) -> Iterator[LinkRow]:
    rows = Link.objects.filter(left__in=part, probability__gte=model.link_at)
    for left, right, weight, probability in rows.values_list("left_id", "right_id", "weight", "probability"):
        yield LinkRow(left, right, weight, probability, "", model.version)


def _profiles(sources: Iterable[str]) -> dict[str, Profile]:
    """The profiles of these sources as they are kept."""
    texts = (row for part in parts(sources) for row in _profile_texts(part))
    return {key: profile_from_json(key, json.loads(text or "{}")) for key, text in texts}


def _people(sources: Iterable[str]) -> dict[str, str]:
    rows = (
        row
        for part in parts(sources)
        for row in Source.objects.filter(pk__in=part).values_list("key", "person")
    )
    return dict(rows)


def _profile_texts(keys: Collection[str]) -> list[tuple[str, str]]:
    rows = list(Source.objects.filter(pk__in=keys).values_list("key", "profile"))
    return [(key, text) for (key, _), text in zip(rows, opened_profiles(rows), strict=True)]


def _first_seen(sources: Iterable[str]) -> dict[str, tuple[int, int]]:
    first: dict[str, tuple[float, int]] = {}
    for part in parts(sources):
        rows = (
            Mention.objects.system("linking: whom a record names")
            .filter(source__in=part)
            .values_list("source_id", "record_id", "position")
        )
        for source, record, position in rows:
            first[source] = min(first.get(source, (inf, 0)), (record, position))
    return {source: (int(record), position) for source, (record, position) in first.items()}
