"""A return's own figures held against what Heed counts: how often a child was missing in the twelve months to a day."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import batched
from typing import Any

from heed.casework import sealed
from heed.casework.models import Mention, Record, Source
from heed.core.records.kinds import Kind, Part
from heed.core.records.sources import source_key
from heed.formats.annex_a.read import MissingCount

_AT_ONCE = 500
_TWELVE_MONTHS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One child: what list 8 says, what the council's own records in Heed come to, and on how many days any agency's
    records say that she went missing or was absent. `known`: whether Heed has the child at all."""

    child: str
    as_of: date
    known: bool
    list_missing: int | None
    list_absent: int | None
    heed_missing: int
    heed_absent: int
    days_any_agency: int

    @property
    def agrees(self) -> bool:
        """Whether every figure the list gives is the council's own count in Heed."""
        pairs = ((self.list_missing, self.heed_missing), (self.list_absent, self.heed_absent))
        return all(told is None or told == counted for told, counted in pairs)

    def line(self) -> str:
        """As one line of JSON."""
        return json.dumps({**asdict(self), "as_of": self.as_of.isoformat(), "agrees": self.agrees})


def reconciled(counts: Sequence[MissingCount], agency: str) -> Iterator[Reconciled]:
    """The list's figures beside Heed's, child by child. Nobody is looked at: references and counts are all it gives."""
    for some in batched(counts, _AT_ONCE):
        yield from _some(some, agency)


def _some(counts: Sequence[MissingCount], agency: str) -> Iterator[Reconciled]:
    keys = {source_key((agency, each.child)): each.child for each in counts}
    person_of = {
        keys[key]: person for key, person in Source.objects.filter(key__in=keys).values_list("key", "person")
    }
    told = _episodes(
        set(person_of.values()), min(each.as_of for each in counts), max(each.as_of for each in counts)
    )
    for each in counts:
        mine = [e for e in told[person_of.get(each.child, "")] if _within(e, each.as_of)]
        own = [e["category"] == "missing" for e in mine if e["agency"] == agency]
        yield Reconciled(
            each.child,
            each.as_of,
            each.child in person_of,
            each.missing,
            each.absent,
            sum(own),
            len(own) - sum(own),
            len({e["from"].date() for e in mine}),
        )


def _episodes(persons: set[str], first: date, last: date) -> dict[str, list[dict[str, Any]]]:
    """Every missing record of these people that began in the time, by person."""
    whose: dict[int, str] = dict(
        Mention.objects.system("a council's own figures are held against what it sent")
        .filter(source__person__in=persons, part=Part.CHILD, record__kind=Kind.MISSING)
        .values_list("record", "source__person")
    )
    began, ended = _instant(first - _TWELVE_MONTHS), _instant(last + timedelta(days=1))
    query = (
        Record.objects.system(
            "a council's own figures are held against what it sent; counts are all that leaves"
        )
        .current()
        .filter(pk__in=whose, happened_from__gte=began, happened_from__lt=ended)
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pk, agency, happened, text in sealed.documents(query, "pk", "agency_id", "happened_from"):
        category = (json.loads(text).get("missing") or {}).get("category") or "missing"
        found[whose[pk]].append({"agency": agency, "from": happened, "category": category})
    return found


def _within(episode: dict[str, Any], as_of: date) -> bool:
    return as_of - _TWELVE_MONTHS < episode["from"].date() <= as_of


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
