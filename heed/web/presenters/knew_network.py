"""Who was joined by what, as the records of a day tell it: children on the left, what they share on the right."""

from collections import Counter
from collections.abc import Iterable

from heed.core.records.keys import alias_key, thing_key, thing_label
from heed.core.records.kinds import Part
from heed.core.records.record import Record
from heed.core.review.asof import Kept
from heed.core.review.thirdparties import CHILDREN
from heed.web.pictures import network
from heed.web.presenters import wording

MOST = 12
"""Children and shared things drawn at most, those in most records: more cannot be read."""


def drawn(
    records: Iterable[Kept], sources: dict[str, str], subject: str, name: str
) -> network.Network | None:
    """The picture, or None where nothing joins anybody. `sources`: the person behind each source, as linked now."""
    labels: dict[str, str] = {subject: name}
    hubs: dict[str, str] = {}
    ties: Counter[tuple[str, str]] = Counter()
    for kept in records:
        if kept.told is None:
            continue
        children = dict(_children(kept.told, sources))
        shared = dict(_shared(kept.told))
        labels = children | labels
        hubs = shared | hubs
        ties.update((child, hub) for child in children for hub in shared)
    often: Counter[str] = Counter()
    for (child, hub), count in ties.items():
        often[child] += count
        often[hub] += count
    left = [each for each in sorted(labels, key=lambda key: (-often[key], key)) if often[each]][:MOST]
    right = [each for each in sorted(hubs, key=lambda key: (-often[key], key)) if often[each]][:MOST]
    return network.draw(
        [network.Child(each, labels[each], _records(often[each])) for each in left],
        [network.Hub(each, hubs[each], _records(often[each])) for each in right],
        [network.Tie(one, other, count) for (one, other), count in sorted(ties.items())],
    )


def _records(count: int) -> str:
    return wording.figure(count, "tie")


def _children(told: Record, sources: dict[str, str]) -> Iterable[tuple[str, str]]:
    for each in told.people:
        if each.part in CHILDREN:
            key = f"{told.agency} {each.ref or f'{told.ref}#{each.position}'}"
            words = " ".join(filter(None, (each.given_names, each.family_name)))
            yield sources.get(key, key), words or "A child not named"


def _shared(told: Record) -> Iterable[tuple[str, str]]:
    for thing in told.things:
        key = thing_key(thing)
        if key:
            yield f"{thing.kind} {key}", thing_label(thing)
    for each in told.people:
        if each.part is Part.PERSON_OF_CONCERN:
            for alias in each.also_known_as:
                if key := alias_key(alias):
                    yield f"alias {key}", alias
