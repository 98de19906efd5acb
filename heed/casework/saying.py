"""Holding what people said of a link against the ledger: every verdict has its entry, every such entry its verdict."""

import json
from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from heed.casework.actions.verdicts import KIND
from heed.casework.keeping import Fault
from heed.casework.models import Entry, Verdict
from heed.casework.sealing.rows import reason_of, text_of
from heed.casework.walking import starts

CHUNK = 2000
SUBJECT = "verdict:"
type Rows = Callable[[QuerySet, str, int], Iterable]


def verdicts(rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    """Every difference between the verdicts and their entries. `rows` reads a chunk of rows that can be read, `covers`
    says of an entry whether its body was erased by order."""
    told = Entry.objects.filter(kind=KIND, subject__startswith=SUBJECT)
    held: set[str] = set()
    for start in starts(Verdict.objects.all(), "pk", CHUNK):
        kept = {f"{SUBJECT}{said.pk}": said for said in rows(Verdict.objects.all(), "pk", start)}
        entries = {
            e.subject: e for e in told.filter(subject__in=list(kept)).select_related("body").order_by("-seq")
        }
        held |= entries.keys()
        for subject, said in kept.items():
            yield from _held(said, entries.get(subject), covers)
    for seq, subject in told.order_by("seq").values_list("seq", "subject"):
        if subject not in held:
            yield Fault(f"entry {seq} ({KIND} {subject})", "the verdict it tells of is not there")
    for key in Verdict.objects.filter(pk__lt=1).values_list("pk", flat=True):
        yield Fault(f"verdict {key}", "has no entry in the ledger")


def _held(said: Verdict, entry: Entry | None, covers: Callable[[int], bool]) -> Iterator[Fault]:
    if entry is None:
        yield Fault(f"verdict {said.pk}", "has no entry in the ledger")
        return
    if covers(entry.seq):
        if said.reason:
            yield Fault(f"verdict {said.pk}", "an entry says its words were erased, and they are there")
        return
    try:
        told = json.loads(text_of(entry.body) or "")
        why = reason_of(said)
        expected = (told["left"], told["right"], told["verdict"], told["reason"], entry.actor_id, entry.at)
    except (ValueError, KeyError, TypeError, LookupError, Entry.body.RelatedObjectDoesNotExist):
        yield Fault(f"verdict {said.pk}", f"entry {entry.seq} cannot be read")
        return
    if (said.left, said.right, said.verdict, why, said.by_id, said.at) != expected:
        yield Fault(f"verdict {said.pk}", f"is not what entry {entry.seq} says")
