"""Holding what people said of a text against the ledger: every agreement has its entry, every such entry its row."""

import json
from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from heed.casework.actions.agreeing import KIND
from heed.casework.keeping import Fault
from heed.casework.models import Agreement, Entry
from heed.casework.sealing.rows import text_of
from heed.casework.walking import starts

CHUNK = 2000
SUBJECT = "agreement:"
type Rows = Callable[[QuerySet, str, int], Iterable]


def agreements(rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    """Every difference between the agreements and their entries. `rows` reads a chunk of rows that can be read,
    `covers` says of an entry whether its body was erased by order."""
    told = Entry.objects.filter(kind=KIND, subject__startswith=SUBJECT)
    held: set[str] = set()
    for start in starts(Agreement.objects.all(), "pk", CHUNK):
        kept = {f"{SUBJECT}{row.pk}": row for row in rows(Agreement.objects.all(), "pk", start)}
        entries = {e.subject: e for e in told.filter(subject__in=list(kept)).select_related("body")}
        held |= entries.keys()
        for subject, row in kept.items():
            yield from _held(row, entries.get(subject), covers)
    for seq, subject in told.order_by("seq").values_list("seq", "subject"):
        if subject not in held:
            yield Fault(f"entry {seq} ({KIND} {subject})", "the agreement it tells of is not there")


def _held(row: Agreement, entry: Entry | None, covers: Callable[[int], bool]) -> Iterator[Fault]:
    if entry is None:
        yield Fault(f"agreement {row.pk}", "has no entry in the ledger")
        return
    if covers(entry.seq):
        return
    try:
        told = json.loads(text_of(entry.body) or "")
        names = ("record", "place", "from", "to", "kind", "rule", "said")
        expected = (*(told[name] for name in names), entry.actor_id, entry.at)
    except (ValueError, KeyError, TypeError, LookupError, Entry.body.RelatedObjectDoesNotExist):
        yield Fault(f"agreement {row.pk}", f"entry {entry.seq} cannot be read")
        return
    is_ = (row.record_id, row.place, row.start, row.end, row.kind, row.rule, row.said, row.by_id, row.at)
    if is_ != expected:
        yield Fault(f"agreement {row.pk}", f"is not what entry {entry.seq} says")
