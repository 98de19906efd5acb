"""Holding what people said of links against the ledger: every word has its entry, every such entry its word.

Words are verdicts, what became of them, introductions, and what was answered to those.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from heed.casework.actions import introductions, verdict_steps
from heed.casework.actions.verdicts import KIND
from heed.casework.keeping import Fault
from heed.casework.models import Entry, Introduction, IntroductionAnswer, Verdict, VerdictStep
from heed.casework.sealing.rows import reason_of, reasons_of_answers, reasons_of_steps, text_of
from heed.casework.walking import starts

CHUNK = 2000
type Rows = Callable[[QuerySet, str, int], Iterable]
type Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """One kind of row: its name for a reader, the subject of its entries, and its columns beside the entry's body."""

    name: str
    subject: str
    model: type[Model]
    columns: Callable[[Any], tuple[object, ...]]
    told: Callable[[Told, Entry], tuple[object, ...]]


ALL = (
    Words(
        "verdict", "verdict:", Verdict,
        lambda row: (row.left, row.right, row.verdict, reason_of(row), row.by_id, row.at),
        lambda told, e: (told["left"], told["right"], told["verdict"], told["reason"], e.actor_id, e.at),
    ),
    Words(
        "verdict step", verdict_steps.SUBJECT, VerdictStep,
        lambda row: (row.verdict_id, row.kind, reasons_of_steps([row])[0], row.by_id, row.at),
        lambda told, e: (told["verdict"], told["step"], told["reason"], e.actor_id, e.at),
    ),
    Words(
        "introduction", introductions.SUBJECT, Introduction,
        lambda row: (row.left, row.right, row.at),
        lambda told, e: (told["left"], told["right"], e.at),
    ),
    Words(
        "introduction answer", introductions.ANSWER, IntroductionAnswer,
        lambda row: (
            row.introduction_id, row.agency_id, row.answer, reasons_of_answers([row])[0], row.by_id, row.at,
        ),
        lambda told, e: (
            told["introduction"], e.agency_id, told["answer"], told["reason"], e.actor_id, e.at,
        ),
    ),
)  # fmt: skip


def verdicts(rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    """Every difference between what was said of links and its entries. `rows` reads a chunk of rows that can be read,
    `covers` says of an entry whether its body was erased by order."""
    for words in ALL:
        yield from _of_kind(words, rows, covers)


def _of_kind(words: Words, rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    query = words.model._default_manager.all()
    told = Entry.objects.filter(kind=KIND, subject__startswith=words.subject)
    held: set[str] = set()
    for start in starts(query, "pk", CHUNK):
        kept = {f"{words.subject}{row.pk}": row for row in rows(query, "pk", start)}
        entries = {
            e.subject: e for e in told.filter(subject__in=list(kept)).select_related("body").order_by("-seq")
        }
        held |= entries.keys()
        for subject, row in kept.items():
            yield from _held(words, row, entries.get(subject), covers)
    for seq, subject in told.order_by("seq").values_list("seq", "subject"):
        if subject not in held:
            yield Fault(f"entry {seq} ({KIND} {subject})", f"the {words.name} it tells of is not there")
    for key in query.filter(pk__lt=1).values_list("pk", flat=True):
        yield Fault(f"{words.name} {key}", "has no entry in the ledger")


def _held(words: Words, row: Any, entry: Entry | None, covers: Callable[[int], bool]) -> Iterator[Fault]:
    name = f"{words.name} {row.pk}"
    if entry is None:
        yield Fault(name, "has no entry in the ledger")
        return
    if covers(entry.seq):
        if getattr(row, "reason", ""):
            yield Fault(name, "an entry says its words were erased, and they are there")
        return
    try:
        expected = words.told(json.loads(text_of(entry.body) or ""), entry)
        found = words.columns(row)
    except (ValueError, KeyError, TypeError, LookupError, Entry.body.RelatedObjectDoesNotExist):
        yield Fault(name, f"entry {entry.seq} cannot be read")
        return
    if found != expected:
        yield Fault(name, f"is not what entry {entry.seq} says")
