"""The door to links: pairs of sources that may be one child and need a person's word.

A pair is there only for somebody who may see all of both sides: their own agency's files, and the files of a child
with whom they have a live relationship. The reasons speak of all that a file says, so a part of it is not enough.
Whoever judged a pair can come back to it and judge again, also when their own verdict took one side out of sight: then
that side is a reference and nothing more, and of the verdicts only their own are there.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from heed.casework import sealed
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.sight import agency_names, full_name
from heed.casework.models import Link, Record, Verdict
from heed.casework.sealing.rows import opened_profiles, reason_of
from heed.core.access.viewer import Viewer
from heed.core.identity.judgement import Term, score
from heed.core.identity.profile import profile_from_json
from heed.core.identity.verdicts import pair
from heed.warehouse.linking.committed import current_model

type Mentioned = tuple[str, int, str, datetime, str]
"""A mention: person, position, document, recorded_at, the record's reference."""

MOST = 200
"""How many pairs a page offers: nobody judges more in a sitting."""


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict as it was given."""

    verdict: str
    reason: str
    by: str
    role: str
    agency: str
    at: datetime
    author: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources, the weight of the link (bits) and its reasons. `joined`: Heed counts them as one child now."""

    id: int
    left: str
    right: str
    weight: float
    probability: float
    terms: tuple[Term, ...]
    joined: bool
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One source as the records the viewer may see know it: every value ever written, the usual one first."""

    key: str
    agency: str
    agency_name: str
    ref: str
    person: str
    records: int
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    born: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    first: datetime | None
    last: datetime | None

    @property
    def in_sight(self) -> bool:
        """Whether the viewer may see any record of it."""
        return self.records > 0


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair with both its sides, for a verdict."""

    pair: Pair
    left: Side
    right: Side


def to_judge(*, viewer: Viewer, now: datetime) -> list[Compared]:
    """Pairs the model is unsure of, or on which model and people differ, nearest to the threshold first."""
    unsure = Q(probability__lt=current_model().link_at)
    contradicted = Q(probability__gte=current_model().link_at) & ~Q(left__person=F("right__person"))
    links = _visible(viewer, Link.objects.filter(unsure | contradicted))
    links = list(links.select_related("left", "right").order_by("-probability", "pk")[:MOST])
    looked(viewer=viewer, subject="links", purpose="links to judge", now=now)
    sides = sides_of(viewer, {key for link in links for key in (link.left_id, link.right_id)})
    said = _said({(link.left_id, link.right_id) for link in links})
    found = [Compared(_pair(viewer, link, said), sides[link.left_id], sides[link.right_id]) for link in links]
    return sorted(found, key=lambda each: (bool(each.pair.said), -each.pair.probability, each.pair.id))


def link(*, viewer: Viewer, id: int, now: datetime) -> Compared | None:
    """One pair, or None when either side is not there for this viewer."""
    row = _visible(viewer, Link.objects.filter(pk=id)).select_related("left", "right").first()
    if row is None:
        refused(viewer=viewer, subject=f"link:{id}", purpose="link", now=now)
        return None
    looked(viewer=viewer, subject=f"link:{id}", purpose="link", now=now)
    sides = sides_of(viewer, {row.left_id, row.right_id})
    return Compared(
        _pair(viewer, row, _said({(row.left_id, row.right_id)})), sides[row.left_id], sides[row.right_id]
    )


def pairs_between(viewer: Viewer, sources: Collection[str]) -> list[Pair]:
    """The links among sources, as far as both sides are in sight, strongest first, for a door that logs its own look."""
    links = _visible(viewer, Link.objects.filter(left__in=sources, right__in=sources))
    links = list(links.select_related("left", "right").order_by("-weight", "pk"))
    said = _said({(link.left_id, link.right_id) for link in links})
    return [_pair(viewer, link, said) for link in links]


def _visible(viewer: Viewer, links: QuerySet[Link]) -> QuerySet[Link]:
    whole = _in_sight(viewer, "left") & _in_sight(viewer, "right")
    said = Verdict.objects.filter(by=viewer.professional, left=OuterRef("left"), right=OuterRef("right"))
    return links.annotate(whole=Case(When(whole, then=True), default=False)).filter(whole | Exists(said))


def _in_sight(viewer: Viewer, side: str) -> Q:
    mine = Q(**{f"{side}__agency": viewer.agency}) if viewer.sees_own_agency else Q()
    return mine | Q(**{f"{side}__in": viewer.sources})


def _pair(viewer: Viewer, link: Link, said: dict[tuple[str, str], list[Said]]) -> Pair:
    key = pair(link.left_id, link.right_id)
    sides = (link.left, link.right)
    texts = opened_profiles([(each.pk, each.profile) for each in sides])
    profiles = [
        profile_from_json(each.pk, json.loads(text or "{}")) for each, text in zip(sides, texts, strict=True)
    ]
    return Pair(
        link.pk, link.left_id, link.right_id, link.weight, link.probability,
        score(*profiles, current_model()).terms if link.whole else (),
        link.left.person == link.right.person,
        tuple(each for each in said.get(key, ()) if link.whole or each.author == viewer.professional),
    )  # fmt: skip


def _said(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], list[Said]]:
    """Every verdict on these pairs, newest first, whichever side was named first."""
    names, keys = agency_names(), {key for pair in pairs for key in pair}
    rows = Verdict.objects.filter(left__in=keys, right__in=keys).select_related("by").order_by("-pk")
    found: dict[tuple[str, str], list[Said]] = {}
    for row in rows:
        said = Said(
            row.verdict, reason_of(row), row.by.name, row.by.role, names[row.by.agency_id], row.at, row.by_id
        )
        found.setdefault(pair(row.left, row.right), []).append(said)
    return found


def sides_of(viewer: Viewer, keys: Collection[str]) -> dict[str, Side]:
    """The sides under their keys: what visible records say of each source, perhaps nothing. Two queries."""
    rows = Record.objects.visible_to(viewer).filter(mentions__source__in=keys).order_by("-recorded_at", "-pk")
    columns = (
        "mentions__source",
        "mentions__source__person",
        "mentions__position",
        "recorded_at",
        "ref",
    )
    found: dict[str, list[Mentioned]] = {}
    for key, person, position, at, ref, told in sealed.documents(rows, *columns):
        found.setdefault(key, []).append((person, position, told, at, ref))
    names = agency_names()
    return {key: _side(key, found.get(key, []), names) for key in keys}


def _side(key: str, seen: list[Mentioned], names: dict[str, str]) -> Side:
    agency, _, ref = key.partition(" ")
    mentions = [json.loads(document)["people"][position] for _, position, document, *_ in seen]
    whole = [", ".join(part for part in (m.get("address"), m.get("postcode")) if part) for m in mentions]
    return Side(
        key=key,
        agency=agency,
        agency_name=names.get(agency, agency),
        ref=ref,
        person=seen[0][0] if seen else "",
        records=len({told for *_, told in seen}),
        names=_usual(full_name(mention) for mention in mentions),
        aliases=_usual(alias for mention in mentions for alias in mention.get("also_known_as") or ()),
        born=_usual(mention.get("born") or "" for mention in mentions),
        ids=tuple(dict.fromkeys(pair for mention in mentions for pair in (mention.get("ids") or {}).items())),
        addresses=_usual(whole),
        first=min((at for *_, at, _ in seen), default=None),
        last=max((at for *_, at, _ in seen), default=None),
    )


def _usual(values: Iterable[str]) -> tuple[str, ...]:
    """Every value once, the most often written first, empty ones left out."""
    counts: dict[str, int] = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts, key=lambda value: -counts[value]))
