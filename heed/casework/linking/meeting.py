"""Which pairs nobody may judge alone: likely one child, mixed up under one number, or likely one person of concern, in
files of two agencies, and nobody may see both of them."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from django.db.models import Exists, F, OuterRef, QuerySet

from heed.casework.linking.gathering import parts
from heed.casework.linking.settling import settled_among
from heed.casework.models import Clash, Introduction, Link, Mention, Record, Relationship, Source, Verdict
from heed.casework.policy.linking import linking_rules
from heed.core.records.kinds import Part
from heed.warehouse.linking.committed import current_model

A_WEEK = timedelta(days=7)
MOST = 1000
"""Pairs looked through in one go, the likeliest first."""
CHILDREN = (Part.CHILD, Part.COMPANION, Part.FOUND_WITH)
WHY = "introducing two agencies: which files are a child's"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources with the people and the agencies behind them."""

    left: str
    right: str
    people: tuple[str, str]
    agencies: tuple[str, str]


def to_introduce(now: datetime) -> list[tuple[str, str]]:
    """The pairs of which both sides are told now, the likeliest first, as many as either agency may be told of."""
    told = _told_this_week(now)
    most, chosen = linking_rules().per_week, []
    pairs = _likely(children())
    pairs += [pair for pair in _mixed_up() if pair not in pairs]
    # Children first: an agency is told of few in a week.
    pairs += _once(_likely(people_of_concern()))
    seeing = _who_sees({person for pair in pairs for person in pair.people}, now)
    for pair in pairs:
        if not _somebody_sees_both(pair, seeing) and all(told[agency] < most for agency in pair.agencies):
            told.update(pair.agencies)
            chosen.append((pair.left, pair.right))
    return chosen


def children() -> QuerySet[Link]:
    """Links between children's files under two agencies' own references."""
    links = Link.objects.exclude(left__ref__contains="#").exclude(right__ref__contains="#")
    return _both_are(links, CHILDREN)


def people_of_concern() -> QuerySet[Link]:
    """Links between people of concern: no agency keeps a file of one, each is a mention in a record."""
    return _both_are(Link.objects.all(), (Part.PERSON_OF_CONCERN,))


def _both_are(links: QuerySet[Link], parts: Collection[Part]) -> QuerySet[Link]:
    for side in ("left", "right"):
        named = Mention.objects.system(WHY).filter(source=OuterRef(side), part__in=parts)
        links = links.filter(Exists(named))
    return links


def _likely(links: QuerySet[Link]) -> list[Pair]:
    """The unjoined of these links between two agencies on which nobody has said a word and which the rest of the links
    has not settled: both files have found a person whom they fit better."""
    model = current_model()
    floor = max(linking_rules().from_probability, model.show_at)
    links = links.filter(probability__gte=floor).exclude(left__person=F("right__person"))
    links = links.exclude(left__agency=F("right__agency"))
    both = {"left": OuterRef("left"), "right": OuterRef("right")}
    links = links.exclude(Exists(Verdict.objects.filter(**both)))
    links = links.exclude(Exists(Introduction.objects.filter(**both)))
    rows = links.order_by("-probability", "left", "right").values_list(
        "left_id",
        "right_id",
        "probability",
        "left__person",
        "right__person",
        "left__agency_id",
        "right__agency_id",
    )
    found = list(rows[:MOST])
    settled = settled_among([row[:3] for row in found])
    return [
        Pair(left, right, (a, b), (one, other))
        for left, right, _, a, b, one, other in found
        if (left, right) not in settled
    ]


def _once(pairs: list[Pair]) -> list[Pair]:
    """One pair between any two people, the likeliest, and none where one was introduced or judged before: mentions of one
    name are many."""
    said = [two for kind in (Introduction, Verdict) for two in kind.objects.values_list("left", "right")]
    person = {
        key: person
        for part in parts({key for two in said for key in two})
        for key, person in Source.objects.filter(pk__in=part).values_list("key", "person")
    }
    before = {frozenset(person.get(key, key) for key in two) for two in said}
    found = []
    for pair in pairs:
        between = frozenset(pair.people)
        if between not in before:
            found.append(pair)
        before.add(between)
    return found


def _mixed_up() -> Iterator[Pair]:
    """Files under one number with several dates of birth: each with the next of another agency, so that every agency
    that holds one is told of another. Only children's files under the agency's own reference, unjoined, and on which
    nobody has said a word."""
    child = Exists(Mention.objects.system(WHY).filter(source=OuterRef("source"), part__in=CHILDREN))
    rows = Clash.objects.filter(child).exclude(source__ref__contains="#").order_by("key", "source")
    found = rows.values_list("key", "source_id", "source__person", "source__agency")[:MOST]
    for _, files in groupby(found, key=lambda row: row[0]):
        for (_, left, a, one), (_, right, b, other) in pairwise(files):
            if one != other and a != b and not _told_or_judged(left, right):
                yield Pair(left, right, (a, b), (one, other))


def _told_or_judged(left: str, right: str) -> bool:
    return any(kind.objects.filter(left=left, right=right).exists() for kind in (Verdict, Introduction))


def _who_sees(people: Collection[str], now: datetime) -> dict[str, dict[int, str]]:
    """Who has a live relationship that reaches each person: row of the professional to the code of their agency."""
    live = Relationship.objects.filter(since__lte=now, until__gt=now, professional__is_active=True)
    files = {
        key: person
        for part in parts(people)
        for key, person in Source.objects.filter(person__in=part).values_list("key", "person")
    }
    found: dict[str, dict[int, str]] = {}
    for part in parts({key.partition(" ")[2] for key in files}):
        rows = live.filter(source_ref__in=part).values_list(
            "source_agency", "source_ref", "professional", "professional__agency"
        )
        for agency, ref, who, whose in rows:
            person = files.get(f"{agency} {ref}")
            if person is not None:
                found.setdefault(person, {})[who] = whose
    return found


def _somebody_sees_both(pair: Pair, seeing: dict[str, dict[int, str]]) -> bool:
    """Somebody who works with both, or works with one and for the agency of the other."""
    one, other = (seeing.get(person, {}) for person in pair.people)
    left, right = pair.agencies
    return bool(one.keys() & other.keys()) or right in one.values() or left in other.values()


def _told_this_week(now: datetime) -> Counter[str]:
    rows = Introduction.objects.filter(at__gt=now - A_WEEK).values_list("left", "right")
    return Counter(key.partition(" ")[0] for row in rows for key in row)


def unsaid(keys: Collection[str]) -> set[str]:
    """Of these sources those that no record which counts speaks of any more."""
    current = Record.objects.system("introductions: whether a record still speaks of somebody").current()
    said = {
        key
        for part in parts(keys)
        for key in current.filter(mentions__source__in=part).values_list("mentions__source", flat=True)
    }
    return set(keys) - said
