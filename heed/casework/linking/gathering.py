"""Reading what every source said, from the current revision of each record, into profiles."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from heed.casework import sealed
from heed.casework.linking.lapsing import lapsed
from heed.casework.models import Mention, Record, Verdict, VerdictStep
from heed.core.identity.company import scene_of
from heed.core.identity.folding import Told, profile_of, told_by
from heed.core.identity.profile import Profile
from heed.core.identity.verdicts import Became, Said, Step, Word, in_force

type Places = dict[int, list[tuple[int, str]]]
"""Record row to its mentions: (position, source key)."""

A_QUERY = 500
"""Values in one query: far under SQLite's limit."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The profile of each source, and the record row and position where it was first mentioned."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    first_seen: dict[str, tuple[int, int]] = field(default_factory=dict)


def gather(sources: Collection[str] | None = None) -> Gathered:
    """Profiles of the given sources, or of all. A source no current record mentions has an empty profile."""
    mentions = _all_mentions() if sources is None else _mentions_of(sources)
    places: Places = defaultdict(list)
    first_seen: dict[str, tuple[int, int]] = {}
    for record, position, source in mentions:
        places[record].append((position, source))
        first_seen[source] = min(first_seen.get(source, (record, position)), (record, position))
    said: dict[str, list[Told]] = defaultdict(list)
    for record, document in _documents(places, everything=sources is None):
        told = json.loads(document)
        people, scene = told.get("people", []), scene_of(told)
        for position, source in places[record]:
            said[source].append(told_by(people[position], scene, position))
    wanted = first_seen if sources is None else sources
    return Gathered({source: profile_of(source, said.get(source, ())) for source in wanted}, first_seen)


def verdicts(about: Collection[str] | None = None) -> list[Said]:
    """Every verdict in force, or those with one of the given sources on either side; `order` is the row."""
    said, became = told_verdicts(about)
    return list(in_force(said, became))


def told_verdicts(about: Collection[str] | None = None) -> tuple[list[Said], list[Became]]:
    """Every verdict that was given, in force or not, and what became of them, those that lapsed included."""
    if about is None:
        rows = list(_verdict_rows(Verdict.objects.all()))
        steps = list(VerdictStep.objects.values_list("id", "verdict_id", "kind"))
    else:
        rows = [
            row
            for part in parts(about)
            for row in _verdict_rows(Verdict.objects.filter(Q(left__in=part) | Q(right__in=part)))
        ]
        steps = [
            row
            for part in parts({row[0] for row in rows})
            for row in VerdictStep.objects.filter(verdict__in=part).values_list("id", "verdict_id", "kind")
        ]
    said = [Said(order, left, right, Word(word)) for order, left, right, word in sorted(set(rows))]
    became = [Became(order, of, Step(kind)) for order, of, kind in steps]
    return said, became + lapsed(said)


def sources_of_records(records: Collection[int]) -> list[str]:
    """The sources to link again after these records: theirs, and those of the revisions they replace."""
    named: dict[str, set[str]] = defaultdict(set)
    for part in parts(records):
        rows = Record.objects.system("linking: which records were replaced").filter(pk__in=part)
        for agency, ref in rows.values_list("agency_id", "ref"):
            named[agency].add(ref)
    found: set[str] = set()
    for agency, refs in named.items():
        for part in parts(refs):
            same = Mention.objects.system("linking: which records were replaced").filter(
                record__agency=agency, record__ref__in=part
            )
            found.update(same.values_list("source_id", flat=True))
    return sorted(found)


def parts[T](values: Iterable[T]) -> Iterator[list[T]]:
    """Values in portions a query can take."""
    ordered = list(values)
    for start in range(0, len(ordered), A_QUERY):
        yield ordered[start : start + A_QUERY]


def _verdict_rows(rows: QuerySet[Verdict]) -> Iterator[tuple[int, str, str, str]]:
    yield from rows.values_list("id", "left", "right", "verdict")


def _all_mentions() -> Iterator[tuple[int, int, str]]:
    rows = Mention.objects.system("linking: whom records name").values_list(
        "record_id", "position", "source_id"
    )
    yield from rows.iterator(chunk_size=20000)


def _mentions_of(sources: Collection[str]) -> Iterator[tuple[int, int, str]]:
    for part in parts(sources):
        found = Mention.objects.system("linking: which records name them").filter(source__in=part)
        yield from found.values_list("record_id", "position", "source_id")


def _documents(places: Places, *, everything: bool) -> Iterator[tuple[int, str]]:
    """Current documents in the order in which the agencies wrote them down."""
    # One that cannot be opened says nothing of anybody, and stops nobody else's linking: verifying names it.
    shut: list[str] = []
    current = Record.objects.system("linking: what sources said of people").current()
    if everything:
        yield from sealed.documents(current.order_by("recorded_at", "id"), "id", shut=shut.append)
        return
    rows = [
        row
        for part in parts(places)
        for row in sealed.documents(current.filter(pk__in=part), "recorded_at", "id", shut=shut.append)
    ]
    for _, record, document in sorted(rows, key=lambda row: row[:2]):
        yield record, document
