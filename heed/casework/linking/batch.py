"""Linking everybody: the engine finds and weighs the pairs, the core weighs those that count again.

The second weighing writes the reasons, and proves on every link that live and batch agree.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log2

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from heed.casework.linking import clashing, storing
from heed.casework.linking.anew import linked_anew
from heed.casework.linking.gathering import Gathered, gather, sources_of_records, verdicts
from heed.casework.linking.in_force import model_in_force, wanted
from heed.casework.linking.live import link_sources, regroup
from heed.casework.linking.storing import (
    key_rows,
    one_at_a_time,
    profile_text,
    write_all_keys,
    write_links,
    write_people,
    write_profiles,
)
from heed.casework.linking.weighing import LinkRow, link_rows, people_of
from heed.casework.models import BlockingKey, Link, Record, Source
from heed.casework.sealing.rows import tried_profiles
from heed.core.identity.blocking import keys_of
from heed.core.identity.clusters import Edge
from heed.core.identity.model import Model
from heed.core.identity.profile import Profile
from heed.core.records.explained import Explained

TOLERANCE = 1e-6
type Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking makes of everything that was said."""

    gathered: Gathered
    links: list[LinkRow]
    people: dict[str, str]
    model: Model


def link_all(now: datetime, progress: Progress = lambda words: None) -> int:
    """Link everybody again and write it in one transaction. Gives the number of people.

    Records that arrive and words that are said of links while it computes are taken in before the transaction ends.
    """
    last, said = _last_record(), set(verdicts())
    linked = compute(progress, anew=True)
    progress("writing who is who")
    with transaction.atomic():
        one_at_a_time(now)
        kept = {key: (profile, person) for key, profile, person in _kept_sources()}
        write_profiles(linked.gathered.profiles, {key: profile for key, (profile, _) in kept.items()})
        write_all_keys(linked.gathered.profiles.values())
        write_links(linked.links, storing.kept_links())
        clashing.write_all(linked.gathered.profiles.values())
        write_people(linked.people, {key: person for key, (_, person) in kept.items()})
        linked_anew(now, linked.model.version)
        arrived = Record.objects.system("linking: what arrived meanwhile").filter(pk__gt=last)
        link_sources(sources_of_records(list(arrived.values_list("pk", flat=True))), now)
        judged = {source for word in said ^ set(verdicts()) for source in (word.left, word.right)}
        if judged:
            regroup(judged, linked.model)
    return len(set(linked.people.values()))


def compute(progress: Progress = lambda words: None, *, anew: bool = False) -> Linked:
    """Profiles, links and people from the records and the verdicts alone; writes nothing. By the model in force, or
    `anew` by the one for a house of this size."""
    progress("reading what each agency says of people")
    gathered = gather()
    model = wanted(len(gathered.profiles)) if anew else model_in_force()
    alone = sum(not keys_of(profile) for profile in gathered.profiles.values())
    progress(
        f"comparing {len(gathered.profiles):,} people in agencies' files; of {alone:,} too little is said to"
        " compare them, and each stays a person alone"
    )
    links = _links(gathered, model)
    people = people_of(gathered.profiles, links, verdicts(), gathered.first_seen, model)
    return Linked(gathered, links, people, model)


def expected_links() -> dict[str, set[tuple[object, ...]]]:
    """What the tables of linking must hold, computed from records and verdicts, as sets of plain rows."""
    linked = compute()
    profiles = linked.gathered.profiles
    return {
        "source": {(key, profile_text(profiles[key]), person) for key, person in linked.people.items()},
        "blocking key": set(key_rows(profiles.values())),
        "clash": clashing.expected(profiles.values()),
        "link": {
            (one.left, one.right, one.weight, one.probability, one.terms, one.model) for one in linked.links
        },
    }


def kept_links() -> dict[str, set[tuple[object, ...]]]:
    """What the tables of linking hold, in the shape of `expected_links`."""
    link = Link.objects.values_list("left_id", "right_id", "weight", "probability", "terms", "model")
    return {
        "source": set(_kept_sources()),
        "blocking key": set(BlockingKey.objects.values_list("key", "source_id").iterator()),
        "clash": clashing.kept(),
        "link": set(link.iterator()),
    }


def _links(gathered: Gathered, model: Model) -> list[LinkRow]:
    profiles = list(gathered.profiles.values())
    floor = log2(model.show_at / (1 - model.show_at))
    found = _finder()(profiles, model, floor - TOLERANCE)
    rows = link_rows(((edge.left, edge.right) for edge in found), gathered.profiles, model)
    engine = {(min(edge.left, edge.right), max(edge.left, edge.right)): edge.weight for edge in found}
    for row in rows:
        if abs(row.weight - engine[row.left, row.right]) > TOLERANCE:
            raise AssertionError(
                "The engine and the core weigh one pair differently: the model is not frozen"
            )
    return rows


def _finder() -> Callable[[Sequence[Profile], Model, float], list[Edge]]:
    """What finds and weighs the pairs: DuckDB in this process, or Spark where HEED_ENGINE says so. Both give the same."""
    match settings.LINKING_ENGINE:
        case "duckdb":
            from heed.warehouse.linking.finding_pairs import find_pairs

            return find_pairs
        case "spark":
            from heed.warehouse.linking.spark import find_pairs_on_spark

            return find_pairs_on_spark
        case _:
            raise Explained(
                "HEED_ENGINE names no engine that Heed links with: write duckdb, which is what it uses when nothing is"
                " said, or spark."
            )


def _last_record() -> int:
    records = Record.objects.system("linking: how far this run has read")
    return int(records.aggregate(last=Max("pk"))["last"] or 0)


def _kept_sources() -> list[tuple[str, str, str]]:
    rows = list(Source.objects.values_list("key", "profile", "person"))
    texts = tried_profiles([(key, held) for key, held, _ in rows])
    return [(key, text, person) for (key, _, person), text in zip(rows, texts, strict=True)]
