"""The door to what needs a person's word on who is who: ranked by what hangs on it, as far as the viewer may see both.

Kinds: `unsure` (the model shows a pair and joins nothing), `apart` (the model or a person would join, and a word or
numbers keep them apart), `asked` (a verdict waits for a second person), `number` (one number with several dates of
birth); and, for whoever looks back, `judged`: what was said already.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from heed.casework.doors.hanging import Hanging, Hangs
from heed.casework.doors.links import Side, may_second, sides_of, told_to, whole
from heed.casework.doors.looks import looked
from heed.casework.doors.said import Said, said_of
from heed.casework.linking.gathering import parts, told_verdicts
from heed.casework.linking.judging import crosses
from heed.casework.linking.seconding import sees, why_not_second
from heed.casework.linking.settling import of_concern, settled_among
from heed.casework.models import Clash, Link, Professional, Source, Verdict
from heed.casework.sealing.rows import opened_profiles
from heed.core.access.viewer import Viewer
from heed.core.identity import verdicts as core
from heed.core.identity.conflicts import births
from heed.core.identity.profile import Profile, profile_from_json
from heed.warehouse.linking.committed import current_model

UNSURE, APART, ASKED, NUMBER, JUDGED = "unsure", "apart", "asked", "number", "judged"
WAITING = (UNSURE, APART, ASKED, NUMBER)
A_PAGE = 25
MOST = 5000
"""Pairs of a kind that are ranked, the likeliest first: more than anybody judges in a year."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One piece of work before it is read: `number` is a link's or, without one, a verdict's (`by_verdict`)."""

    kind: str
    sources: tuple[str, ...]
    number: int = 0
    by_verdict: bool = False
    key: str = ""
    probability: float = 0.0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work as a page shows it: its files as the viewer knows them, what hangs on those they see, and what
    was said, as far as they may read it. `whole`: they may see all of its files."""

    waiting: Waiting
    sides: tuple[Side, ...]
    hanging: Hanging
    said: tuple[Said, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of one kind (or of all that waits, for no kind), and how many there are of each."""

    rows: tuple[Row, ...]
    counts: dict[str, int]
    page: int
    pages: int


def queue(*, viewer: Viewer, kind: str, page: int, now: datetime) -> Queue:
    """The work of one kind, what most hangs on first: open duties, then standing findings, then probability."""
    found = [one for one in _everything(viewer, now) if viewer.barred.isdisjoint(one.sources)]
    counts = {each: sum(one.kind == each for one in found) for each in (*WAITING, JUDGED)}
    chosen = [one for one in found if one.kind == kind or (not kind and one.kind in WAITING)]
    hangs = Hangs(_people(key for one in chosen for key in one.sources), now)
    ranked = sorted(chosen, key=lambda one: _rank(one, hangs.on(_seen(viewer, one))))
    pages = max(1, -(-len(ranked) // A_PAGE))
    here = min(max(1, page), pages)
    shown = ranked[(here - 1) * A_PAGE : here * A_PAGE]
    rows = tuple(_rows(viewer, shown, hangs, now))
    records = frozenset().union(*(side.shown for row in rows for side in row.sides))
    purpose = f"links to judge{': ' * bool(kind)}{kind}"
    looked(viewer=viewer, subject="links", purpose=purpose, records=records, now=now)
    return Queue(rows, counts, here, pages)


def to_confirm(viewer: Viewer, now: datetime) -> int:
    """How many verdicts wait for the viewer as a second person, for a door that logs its own look."""
    me = Professional.objects.get(pk=viewer.professional)
    numbers = [one.order for one in core.asked_for(*told_verdicts())]
    rows = list(Verdict.objects.filter(pk__in=numbers).exclude(by=me).select_related("by"))
    people = _people(key for row in rows for key in (row.left, row.right))
    return sum(
        people.get(row.left) != people.get(row.right) and not why_not_second(row, me, now) for row in rows
    )


def _rank(one: Waiting, hanging: Hanging) -> tuple[float, ...]:
    if one.kind == JUDGED:
        return (-one.number,)
    return (-hanging.duties, -hanging.findings, -one.probability, one.number)


def _seen(viewer: Viewer, one: Waiting) -> tuple[str, ...]:
    return tuple(key for key in one.sources if sees(viewer, key))


def _rows(viewer: Viewer, shown: list[Waiting], hangs: Hangs, now: datetime) -> Iterator[Row]:
    sides = sides_of(viewer, {key for one in shown for key in one.sources})
    said = said_of({core.pair(*one.sources) for one in shown if len(one.sources) == 2})
    for one in shown:
        seen = _seen(viewer, one)
        full = seen == one.sources
        words = said.get(core.pair(*one.sources), ()) if len(one.sources) == 2 else ()
        asked = next((each for each in words if each.asked), None)
        second = not full and asked is not None and may_second(viewer, asked, now)
        told = told_to(viewer, words, full=full, second=second)
        yield Row(one, tuple(sides[key] for key in one.sources), hangs.on(seen), told, full)


def _everything(viewer: Viewer, now: datetime) -> Iterator[Waiting]:
    given, became = told_verdicts()
    force = core.standing(core.in_force(given, became))
    asked = core.asked_for(given, became)
    states = core.states(given, became)
    said = {core.pair(one.left, one.right) for one in given}
    lapsed = [one for one in core.standing(given) if states[one.order] is core.State.LAPSED]
    settled = {core.pair(one.left, one.right) for one in force if one.word is not core.Word.UNSURE}
    waits = {core.pair(one.left, one.right) for one in asked}
    linked = [*_unsure(viewer, settled | waits), *_apart(viewer, force)]
    yield from linked
    there = {one.sources for one in linked} | settled | waits
    yield from _lapsed(viewer, [one for one in lapsed if core.pair(one.left, one.right) not in there])
    yield from _asked(viewer, asked, now)
    yield from _numbers(viewer)
    yield from _judged(viewer, given, said)


def _unsure(viewer: Viewer, settled: set[tuple[str, str]]) -> Iterator[Waiting]:
    links = Link.objects.filter(probability__lt=current_model().link_at)
    rows = list(_apart_now(viewer, links))
    settled = settled | settled_among([row[1:] for row in rows], by=whole(viewer, Link.objects.all()))
    settled |= _said_once([row[1:3] for row in rows if row[1:3] not in settled])
    for pk, left, right, probability in rows:
        if (left, right) not in settled:
            yield Waiting(UNSURE, (left, right), pk, probability=probability)


def _said_once(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """All but the likeliest of the pairs between the same two people of concern: mentions of one name are many."""
    adults = of_concern(pairs)
    people = _people(source for two in adults for source in two)
    seen: set[frozenset[str]] = set()
    again = set()
    for two in pairs:
        between = frozenset(people.get(source, source) for source in two)
        if two in adults and between in seen:
            again.add(two)
        seen.add(between)
    return again


def _lapsed(viewer: Viewer, lapsed: Collection[core.Said]) -> Iterator[Waiting]:
    """What was judged and is to be judged again, where no link of the model brings it back."""
    people = _people(key for one in lapsed for key in (one.left, one.right))
    for one in lapsed:
        two = core.pair(one.left, one.right)
        if all(sees(viewer, key) and key in people for key in two) and people[two[0]] != people[two[1]]:
            yield Waiting(UNSURE, two, one.order, by_verdict=True, why="lapsed")


def _apart(viewer: Viewer, force: Collection[core.Said]) -> Iterator[Waiting]:
    """What the model would join and stands apart; and what a person would, where another's word forbids it."""
    rows = list(_apart_now(viewer, Link.objects.filter(probability__gte=current_model().link_at)))
    joined = {(left, right) for _, left, right, _ in rows}
    same = [one for one in force if one.word is core.Word.SAME and (one.left, one.right) not in joined]
    same = [one for one in same if all(sees(viewer, key) for key in (one.left, one.right))]
    people = _people(
        key
        for two in [*joined, *((s.left, s.right) for s in same), *((s.left, s.right) for s in force)]
        for key in two
    )
    parted = {frozenset((people[s.left], people[s.right])) for s in force if crosses(s, people)}
    nobodys = settled_among([row[1:] for row in rows], by=whole(viewer, Link.objects.all()))
    for pk, left, right, probability in rows:
        why = "word" if frozenset((people[left], people[right])) in parted else "numbers"
        if why == "word" or (left, right) not in nobodys:
            yield Waiting(APART, (left, right), pk, probability=probability, why=why)
    for one in same:
        if people.get(one.left) != people.get(one.right):
            yield Waiting(APART, (one.left, one.right), one.order, by_verdict=True, why="word")


def _asked(viewer: Viewer, asked: Collection[core.Said], now: datetime) -> Iterator[Waiting]:
    """For their author, for whoever sees both files, and for whoever may be the second person. While the model joins the
    two anyway nothing hangs on the word; once it does not, it is there."""
    me = Professional.objects.get(pk=viewer.professional)
    people = _people(key for one in asked for key in (one.left, one.right))
    for one in asked:
        if people.get(one.left) == people.get(one.right):
            continue
        row = Verdict.objects.select_related("by").get(pk=one.order)
        both = all(sees(viewer, key) for key in (one.left, one.right))
        if both or row.by_id == viewer.professional or not why_not_second(row, me, now):
            yield Waiting(ASKED, core.pair(one.left, one.right), one.order, by_verdict=True)


def _numbers(viewer: Viewer) -> Iterator[Waiting]:
    """Only what the viewer sees of each, and only where that contradicts itself: the rest is not hinted at."""
    for key, files in files_by_number(viewer).items():
        yield Waiting(NUMBER, tuple(sorted(files)), key=key)


def _judged(viewer: Viewer, given: Iterable[core.Said], said: set[tuple[str, str]]) -> Iterator[Waiting]:
    newest = {core.pair(one.left, one.right): one.order for one in sorted(given, key=lambda one: one.order)}
    rows = Verdict.objects.filter(by=viewer.professional).order_by("pk")
    mine = {core.pair(left, right): number for number, left, right in rows.values_list("pk", "left", "right")}
    for two in said:
        if all(sees(viewer, key) for key in two):
            yield Waiting(JUDGED, two, newest[two], by_verdict=True)
        elif two in mine:
            yield Waiting(JUDGED, two, mine[two], by_verdict=True)


def _apart_now(viewer: Viewer, links: QuerySet[Link]) -> Iterator[tuple[int, str, str, float]]:
    found = whole(viewer, links).exclude(left__person=F("right__person"))
    yield from found.order_by("-probability", "pk").values_list("pk", "left_id", "right_id", "probability")[
        :MOST
    ]


def files_by_number(viewer: Viewer, key: str = "") -> dict[str, dict[str, Profile]]:
    """The conflicts of one number, or all: those of whose files the viewer sees two dates of birth or more, with the
    files they see. For a door that logs its own look."""
    mine = Q(source__agency=viewer.agency) if viewer.sees_own_agency else Q(pk__in=[])
    rows = Clash.objects.filter(mine | Q(source__in=viewer.sources), kind=NUMBER)
    rows = rows.exclude(source__in=viewer.barred)
    if key:
        rows = rows.filter(key=key)
    held = list(rows.order_by("key", "source").values_list("key", "source_id", "source__profile"))
    texts = opened_profiles([(source, profile) for _, source, profile in held])
    found: dict[str, dict[str, Profile]] = {}
    for (number, source, _), text in zip(held, texts, strict=True):
        found.setdefault(number, {})[source] = profile_from_json(source, json.loads(text or "{}"))
    return {number: files for number, files in found.items() if len(births(files.values())) > 1}


def _people(keys: Iterable[str]) -> dict[str, str]:
    return {
        key: person
        for part in parts(set(keys))
        for key, person in Source.objects.filter(pk__in=part).values_list("key", "person")
    }
