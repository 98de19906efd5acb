"""The door to links: two sources that may be one child, side by side, with the reasons and what people said.

A pair is there for somebody who may see all of both sides: their own agency's files, and the files of a child with whom
they have a live relationship. The reasons speak of all that a file says, so a part of it is not enough. Three more come
to it and see the side they may see, with their own words only: whoever judged it, who can take that back, also when their
own verdict took one side out of sight; whoever saw both until somebody else's verdict parted them, who can ask for the
opposite; and whoever may be the second person for a verdict that waits.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from heed.casework import sealed
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.parted import saw_both
from heed.casework.doors.said import Said, said_of
from heed.casework.doors.sight import agency_names, full_name
from heed.casework.linking.in_force import model_in_force
from heed.casework.linking.judging import why_apart
from heed.casework.linking.seconding import sees, why_not_second
from heed.casework.models import Link, Professional, Record, Source, Verdict
from heed.casework.sealing.rows import opened_profiles
from heed.core.access.viewer import Viewer
from heed.core.identity.judgement import Judgement, Term, score
from heed.core.identity.model import Model
from heed.core.identity.profile import profile_from_json
from heed.core.identity.verdicts import pair
from heed.core.records.kinds import Part
from heed.warehouse.linking.committed import current_model

__all__ = ["Compared", "Pair", "Said", "Side", "link", "of_verdict", "pairs_between", "sides_of", "whole"]

CONCERN = Part.PERSON_OF_CONCERN

type Mentioned = tuple[str, int, str, datetime, int]
"""A mention: person, position, document, recorded_at, the record's row."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sources, the weight of the link (bits) and its reasons. `joined`: Heed counts them as one child now.

    `id` is 0 where only a person's word holds the two together, and no link. `apart`: why they are not joined though
    the model or a person would (`word`, `numbers`). `may_second`: the viewer may confirm or decline what is asked for.
    `may_judge`: they may give a verdict, and without sight of both only one that waits.
    """

    id: int
    left: str
    right: str
    weight: float
    probability: float
    terms: tuple[Term, ...]
    joined: bool
    said: tuple[Said, ...] = ()
    whole: bool = True
    apart: str = ""
    may_second: bool = False
    may_judge: bool = True

    @property
    def asked(self) -> Said | None:
        """The verdict that waits for a second person."""
        return next((one for one in self.said if one.asked), None)


@dataclass(frozen=True, slots=True)
class Side:
    """One source as the records the viewer may see know it: every value ever written, the usual one first. `shown`: the
    rows of those records, for the look. `of_concern`: a person of concern in all of them, and no child."""

    key: str
    agency: str
    agency_name: str
    ref: str
    person: str
    shown: frozenset[int]
    names: tuple[str, ...]
    aliases: tuple[str, ...]
    born: tuple[str, ...]
    ids: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]
    described: tuple[str, ...]
    of_concern: bool
    first: datetime | None
    last: datetime | None

    @property
    def in_sight(self) -> bool:
        """Whether the viewer may see any record of it."""
        return bool(self.shown)

    @property
    def records(self) -> int:
        """How many records that is."""
        return len(self.shown)


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair with both its sides, for a verdict."""

    pair: Pair
    left: Side
    right: Side


def link(*, viewer: Viewer, id: int, now: datetime) -> Compared | None:
    """One pair, or None when it is not there for this viewer."""
    row = Link.objects.filter(pk=id).first()
    found = _compared(viewer, (row.left_id, row.right_id), id, now) if row else None
    return _logged(viewer, found, f"link:{id}", "link", now)


def of_verdict(*, viewer: Viewer, number: int, now: datetime) -> Compared | None:
    """The pair a verdict is on, also where no link holds it any more; None when it is not there for this viewer."""
    row = Verdict.objects.filter(pk=number).first()
    found = None
    if row is not None:
        two = pair(row.left, row.right)
        there = Link.objects.filter(left=two[0], right=two[1]).first()
        found = _compared(viewer, two, there.pk if there else 0, now)
    return _logged(viewer, found, f"verdict:{number}", "what was said of a link", now)


def _logged(
    viewer: Viewer, found: Compared | None, subject: str, purpose: str, now: datetime
) -> Compared | None:
    if found is None:
        refused(viewer=viewer, subject=subject, purpose=purpose, now=now)
    else:
        shown = found.left.shown | found.right.shown
        looked(viewer=viewer, subject=subject, purpose=purpose, records=shown, now=now)
    return found


def _compared(viewer: Viewer, two: tuple[str, str], number: int, now: datetime) -> Compared | None:
    rows = {row.pk: row for row in Source.objects.filter(pk__in=two)}
    if len(rows) < 2 or not viewer.barred.isdisjoint(two):
        return None
    everything = said_of({two}).get(two, ())
    full = all(sees(viewer, key) for key in two)
    asked = next((one for one in everything if one.asked), None)
    second = asked is not None and may_second(viewer, asked, now)
    mine = told_to(viewer, everything, full=full, second=second)
    lost = not full and saw_both(viewer, two, now)
    if not (full or mine or lost):
        return None
    parted_others = lost and not any(one.stands and one.author == viewer.professional for one in everything)
    left, right = (rows[key] for key in two)
    judged = _judgement(left, right, model_in_force())
    joined = left.person == right.person
    sides = sides_of(viewer, set(two))
    return Compared(
        Pair(
            number, *two, judged.weight, judged.probability, judged.terms if full else (), joined, mine, full,
            _apart(left, right, judged, everything) if full and not joined else "", second,
            full or parted_others,
        ),
        sides[two[0]],
        sides[two[1]],
    )  # fmt: skip


def told_to(viewer: Viewer, said: Iterable[Said], *, full: bool, second: bool) -> tuple[Said, ...]:
    """What was said of a pair, as far as the viewer may read it. `full`: they see both files; `second`: they may confirm
    what is asked for."""
    return tuple(one if full else _in_part(viewer, one) for one in said if _shown(viewer, one, full, second))


def _shown(viewer: Viewer, said: Said, full: bool, second: bool) -> bool:
    """Whether a verdict is there to read: with sight of both files, or one's own, or the one asked to be confirmed."""
    mine = viewer.professional in {said.author, *(step.author for step in said.became)}
    return full or mine or (second and said.asked)


def _in_part(viewer: Viewer, said: Said) -> Said:
    """A verdict without what others wrote: their words may tell what stands in the file that is out of sight."""
    became = tuple(
        step if step.author == viewer.professional else replace(step, reason="") for step in said.became
    )
    words = said.reason if said.author == viewer.professional else ""
    return replace(said, reason=words, became=became)


def may_second(viewer: Viewer, asked: Said, now: datetime) -> bool:
    """Whether the viewer may confirm or decline what is asked for."""
    row = Verdict.objects.select_related("by").get(pk=asked.number)
    return not why_not_second(row, Professional.objects.get(pk=viewer.professional), now)


def _judgement(left: Source, right: Source, model: Model) -> Judgement:
    texts = opened_profiles([(each.pk, each.profile) for each in (left, right)])
    profiles = [
        profile_from_json(each.pk, json.loads(text or "{}"))
        for each, text in zip((left, right), texts, strict=True)
    ]
    return score(*profiles, model)


def _apart(left: Source, right: Source, judged: Judgement, said: tuple[Said, ...]) -> str:
    """Why two stand apart that the model, or a word in force, would join; empty where nothing would."""
    wanted = judged.probability >= current_model().link_at or any(
        one.stands and one.verdict == "same" for one in said
    )
    return why_apart(left.person, right.person) if wanted else ""


def pairs_between(viewer: Viewer, sources: Collection[str]) -> list[Pair]:
    """The links among sources, as far as both sides are in sight, strongest first, for a door that logs its own look."""
    links = _visible(viewer, Link.objects.filter(left__in=sources, right__in=sources))
    links = list(links.select_related("left", "right").order_by("-weight", "pk"))
    said = said_of({(link.left_id, link.right_id) for link in links})
    model = model_in_force()
    return [_pair(viewer, link, said, model) for link in links]


def whole(viewer: Viewer, links: QuerySet[Link]) -> QuerySet[Link]:
    """The links of which the viewer may see both files."""
    return links.filter(_in_sight(viewer, "left") & _in_sight(viewer, "right"))


def _visible(viewer: Viewer, links: QuerySet[Link]) -> QuerySet[Link]:
    both = _in_sight(viewer, "left") & _in_sight(viewer, "right")
    said = Verdict.objects.filter(by=viewer.professional, left=OuterRef("left"), right=OuterRef("right"))
    there = links.exclude(Q(left__in=viewer.barred) | Q(right__in=viewer.barred))
    return there.annotate(whole=Case(When(both, then=True), default=False)).filter(both | Exists(said))


def _in_sight(viewer: Viewer, side: str) -> Q:
    mine = Q(**{f"{side}__agency": viewer.agency}) if viewer.sees_own_agency else Q()
    theirs = mine | Q(**{f"{side}__in": viewer.sources})
    return theirs & ~Q(**{f"{side}__in": viewer.barred})


def _pair(viewer: Viewer, link: Link, said: dict[tuple[str, str], tuple[Said, ...]], model: Model) -> Pair:
    key = pair(link.left_id, link.right_id)
    return Pair(
        link.pk, link.left_id, link.right_id, link.weight, link.probability,
        _judgement(link.left, link.right, model).terms if link.whole else (),
        link.left.person == link.right.person,
        tuple(
            each if link.whole else _in_part(viewer, each)
            for each in said.get(key, ())
            if link.whole or each.author == viewer.professional
        ),
        link.whole,
    )  # fmt: skip


def sides_of(viewer: Viewer, keys: Collection[str]) -> dict[str, Side]:
    """The sides under their keys: what visible records say of each source, perhaps nothing. Two queries."""
    rows = Record.objects.visible_to(viewer).filter(mentions__source__in=keys).order_by("-recorded_at", "-pk")
    columns = (
        "mentions__source",
        "mentions__source__person",
        "mentions__position",
        "recorded_at",
        "pk",
    )
    found: dict[str, list[Mentioned]] = {}
    for key, person, position, at, row, told in sealed.documents(rows, *columns):
        found.setdefault(key, []).append((person, position, told, at, row))
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
        shown=frozenset(row for *_, row in seen),
        names=_usual(full_name(mention) for mention in mentions),
        aliases=_usual(alias for mention in mentions for alias in mention.get("also_known_as") or ()),
        born=_usual(mention.get("born") or "" for mention in mentions),
        ids=tuple(dict.fromkeys(pair for mention in mentions for pair in (mention.get("ids") or {}).items())),
        addresses=_usual(whole),
        described=_usual(m.get("description") or "" for m in mentions if m.get("part") == CONCERN),
        of_concern=bool(mentions) and all(m.get("part") == CONCERN for m in mentions),
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
