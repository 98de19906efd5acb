"""The rules of practice that count concerns: about one child, about one place. What they ask for opens as the record
comes, once its child is linked; the same records again open nothing."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.duties import raising
from heed.casework.actions.duties.opening import open_these
from heed.casework.actions.kept import chunks
from heed.casework.actions.missing.knowing import Known, keys_of
from heed.casework.actions.missing.owing import Case, opening
from heed.casework.actions.missing.repeats import short
from heed.casework.models import Duty, DutyStep, Mention, Professional, Record, ThingSeen
from heed.casework.models.records import RecordQuerySet
from heed.casework.policy import policy
from heed.casework.policy.practice import PLACE, SEVERAL, Counting, practice
from heed.core.duty.moves import OWED, Move
from heed.core.duty.worktime import after
from heed.core.records.kinds import Part, ThingKind
from heed.core.records.reading import parse
from heed.core.records.record import Record as Told
from heed.core.records.sources import Source as Name
from heed.core.records.sources import source_from_key
from heed.core.review.concern_counts import Concern, reached
from heed.core.review.episodes import Episode

WHY = "how many concerns stand about one child, or one place"
ABOUT = "practice:"
PLACES = (ThingKind.PLACE, ThingKind.PREMISES)
PART_OF_ALL = ("record_id", "record__agency_id", "record__ref", "record__recorded_at")


class NotAllCounted(Exception):
    """Some children or places could not be counted; what the others ask for is owed."""

    def __init__(self, first: Exception, count: int) -> None:
        super().__init__(f"{count} could not be counted")
        self.first = first


@dataclass(frozen=True, slots=True)
class _Group:
    """The concerns about one child (`who` is a person) or one place (a key), and the rule they are counted by."""

    name: str
    who: str
    concerns: tuple[Concern, ...]

    @property
    def rule(self) -> Counting:
        return practice().counting[self.name]

    @property
    def abouts(self) -> list[str]:
        """What a duty on it is about: a child may have been known by other sources when it was opened."""
        whose = keys_of(self.who) if self.name == SEVERAL else {self.who}
        return sorted(f"{ABOUT}{self.name}:{short(each)}" for each in whose)


def owe_practice(*, records: Collection[int] | None, by: Professional | None, now: datetime) -> int:
    """Count every child and every place that these rows of records are about (None: that any is), and open or raise
    what the rules ask; gives how many steps that took. One that fails holds up no other: raises NotAllCounted at the end.
    """
    count, failed = 0, list[Exception]()
    for group in (*_of_children(records, now), *_of_places(records, now)):
        if not reached(group.concerns, now, group.rule.counted):
            continue
        try:
            with transaction.atomic():
                acts = _owed_for(group, by, now)
                if acts:
                    ledger.append_many(acts)
        except Exception as trouble:  # noqa: BLE001 - another child's concerns are counted whatever is wrong with one's
            failed.append(trouble)
        else:
            count += len(acts)
    if failed:
        raise NotAllCounted(failed[0], len(failed)) from failed[0]
    return count


def _of_children(records: Collection[int] | None, now: datetime) -> Iterable[_Group]:
    every = Mention.objects.system(WHY).filter(part=Part.CHILD)
    known = "source__person"
    return _groups(SEVERAL, every, known, records, now)


def _of_places(records: Collection[int] | None, now: datetime) -> Iterable[_Group]:
    every = ThingSeen.objects.system(WHY).filter(kind__in=PLACES).exclude(key="")
    return _groups(PLACE, every, "key", records, now)


def _groups(
    name: str, hanging: QuerySet[Any], by_what: str, records: Collection[int] | None, now: datetime
) -> Iterable[_Group]:
    """The concerns of the rule's days, by what they have in common: in two questions for each thousand."""
    rows = _concerns(name, now)
    if records is None:
        wanted = [hanging.filter(record__in=rows.values("pk"))]
    else:
        asked = [
            hanging.filter(record__in=rows.filter(pk__in=some).values("pk")) for some in chunks(list(records))
        ]
        found = sorted({each for one in asked for each in one.values_list(by_what, flat=True)})
        wanted = [
            hanging.filter(**{f"{by_what}__in": some}, record__in=rows.values("pk")) for some in chunks(found)
        ]
    groups: dict[str, set[Concern]] = defaultdict(set)
    for one in wanted:
        for what, row, agency, ref, at in one.values_list(by_what, *PART_OF_ALL):
            groups[what].add(Concern(agency, ref, at, row))
    return [_Group(name, what, tuple(groups[what])) for what in sorted(groups)]


def _concerns(name: str, now: datetime) -> RecordQuerySet:
    since = now - timedelta(days=practice().counting[name].counted.within_days)
    rows = Record.objects.system(WHY).current()
    return rows.filter(kind__in=practice().concerns, recorded_at__gt=since, recorded_at__lte=now).order_by()


def _owed_for(group: _Group, by: Professional | None, now: datetime) -> list[ledger.Act]:
    rule = group.rule
    before = list(Duty.objects.filter(about__in=group.abouts).select_related("owner").order_by("pk"))
    owed = next((duty for duty in before if duty.state in OWED), None)
    if owed is not None:
        return _further(owed, group, now) if rule.further else []
    told = _documents(group.concerns)
    counted = reached(group.concerns, now, rule.counted, _since(group, before, told))
    if not counted or (before and rule.further and not _came_after(counted, before[-1])):
        return []
    return _opened(group, counted, told, len(before) if rule.further else 0, by, now)


def _since(group: _Group, before: Sequence[Duty], told: Mapping[int, Told]) -> datetime | None:
    """After which instant concerns count: what was answered as the rule asks, or what a duty on it counted already."""
    if not group.rule.further:
        return max((duty.opened_at for duty in before), default=None)
    settled = [
        _settled_at(each)
        for each in told.values()
        if each.answer and each.answer.decision in group.rule.settled_by
    ]
    steps = DutyStep.objects.filter(
        kind__in=(Move.ANSWERED, Move.CONFIRMED),
        decision__in=group.rule.settled_by,
        duty__record__in=Mention.objects.naming(person=group.who).filter(part=Part.CHILD).values("record"),
    )
    return max([*settled, *steps.values_list("at", flat=True)], default=None)


def _settled_at(record: Told) -> datetime:
    return (record.answer.at if record.answer else None) or record.recorded_at


def _further(duty: Duty, group: _Group, now: datetime) -> list[ledger.Act]:
    """Another concern while it is owed: it goes up, once for each time that some came."""
    counted = reached(group.concerns, now, group.rule.counted)
    if not _came_after(counted, duty):
        return []
    soonest = after(now, group.rule.owing.limit, policy().ladder.calendar)
    words = _words(group, counted)
    return [raising.one_higher(duty, words, min(duty.due_at or soonest, soonest), now, because=group.name)]


def _came_after(counted: Sequence[Concern], duty: Duty) -> bool:
    """Whether one of these concerns came in after the duty was opened, was raised for such a one, or was answered. A
    correction of an older one is none."""
    last = duty.steps.filter(kind__in=(Move.OPENED, Move.RAISED, Move.ANSWERED)).order_by("-number")[0].at
    came = Record.objects.system(WHY).counted().filter(ref__in={each.ref for each in counted}).order_by()
    first = came.values_list("agency_id", "ref").annotate(first=Min("received_at"))
    names = {(each.agency, each.ref) for each in counted}
    return any((agency, ref) in names and at > last for agency, ref, at in first)


def _opened(
    group: _Group, counted: Sequence[Concern], told: Mapping[int, Told], higher: int, by: Professional | None,
    now: datetime,
) -> list[ledger.Act]:  # fmt: skip
    newest = max(
        (each for each in counted if each.row in told), key=lambda each: (each.at, each.row), default=None
    )
    if newest is None:
        return []
    record = told[newest.row]
    nobody = Known(group.who, {}, (), ())
    case = Case(newest.row, record, Episode((record,)), nobody, by, now)
    one = opening(case, group.rule.owing, group.abouts[0], _words(group, counted), higher=higher)
    one.children = _children(counted) if group.name == PLACE else _hers(group, one.children)
    return open_these(openings=[one], by=by, now=now)


def _words(group: _Group, counted: Sequence[Concern]) -> str:
    rule = group.rule
    names = ", ".join(f"{each.agency} {each.ref}" for each in counted)
    agencies = len({each.agency for each in counted})
    return (
        f"{len(counted)} concerns of {agencies} agencies in {rule.counted.within_days} days: {names}. Source: "
        f"{rule.owing.source}."
    )


def _hers(group: _Group, told: Sequence[Name]) -> list[Name]:
    """Of the children of the newest record the one who is counted: whoever answers sees the others no closer for it."""
    keys = {source_from_key(key) for key in keys_of(group.who)}
    return [each for each in told if each in keys] or list(told)


def _children(counted: Sequence[Concern]) -> list[Name]:
    mentions = (
        Mention.objects.of([each.row for each in counted])
        .filter(part=Part.CHILD)
        .order_by("record_id", "position")
    )
    return [source_from_key(key) for key in dict.fromkeys(mentions.values_list("source_id", flat=True))]


def _documents(concerns: Collection[Concern]) -> dict[int, Told]:
    """What cannot be opened any more counts, and is not read."""
    rows = Record.objects.system(WHY).filter(pk__in=[each.row for each in concerns])
    found = {}
    for row, document in sealed.documents(rows, "pk", shut=lambda name: None):
        record = parse(json.loads(document)).record
        if record is not None:
            found[row] = record
    return found
