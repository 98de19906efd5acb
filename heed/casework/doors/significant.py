"""The door to what readers called significant in a chronology, beside the policy that was in force on the day."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from heed.casework.actions.signifying import may_signify
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.sight import CHILD_PARTS, read
from heed.casework.models import Mention, PolicyInForce, Professional, Record, Significance
from heed.casework.sealed import document_of
from heed.casework.sealing.rows import words_of_significances
from heed.core.access.viewer import Viewer
from heed.core.review.practice import InForce, expected, in_force

PURPOSE = "to call an event significant"


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said last of one record."""

    significant: bool
    comment: str
    practice: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Practice:
    """What policy asked for on a day. `since` is None where Heed kept no policy yet on that day."""

    since: datetime | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """One record to speak of: whose it is, of which kind, and the child whose chronology names it."""

    record: int
    kind: str
    person: str
    happened: datetime
    said: Said | None
    practice: Practice
    may: bool


def said_of(records: Collection[int]) -> dict[int, Said]:
    """The newest saying about each of these rows, which the caller was let see."""
    rows = list(Significance.objects.filter(record__in=records).select_related("by").order_by("number"))
    found = {}
    for row, words in zip(rows, words_of_significances(rows), strict=True):
        said = json.loads(words) if words else {"comment": "", "practice": ""}
        who = f"{row.by.name}, {row.by.role}"
        found[row.record_id] = Said(row.significant, said["comment"], said["practice"], who, row.at)
    return found


def kept_policy() -> list[InForce]:
    """Every policy that was in force, oldest first."""
    columns = PolicyInForce.objects.order_by("pk").values_list("at", "text")
    return [InForce(at, json.loads(text)) for at, text in columns]


def event(*, viewer: Viewer, record: int, now: datetime) -> EventPage | None:
    """One record to speak of, or None where the viewer sees none such. Logged either way."""
    row = Record.objects.visible_to(viewer).current().filter(pk=record).first()
    mentions = Mention.objects.of([record] if row else []).filter(part__in=CHILD_PARTS)
    person = mentions.order_by("position").values_list("source__person", flat=True).first()
    if row is None or person is None:
        refused(viewer=viewer, subject="record:unknown", purpose=PURPOSE, now=now)
        return None
    looked(viewer=viewer, subject=f"record:{row.pk}", purpose=PURPOSE, records=[row.pk], now=now)
    told = read(document_of(row))
    happened = told.happened_from.earliest if told.happened_from else told.recorded_at
    stood = in_force(kept_policy(), happened)
    lines = tuple(expected(told.kind, stood.words)) if stood else ()
    by = Professional.objects.get(pk=viewer.professional)
    return EventPage(
        row.pk, str(told.kind), person, happened, said_of([row.pk]).get(row.pk),
        Practice(stood.since if stood else None, lines), may_signify(row, by, now),
    )  # fmt: skip
