"""Holding draws, counts and what people said of sampled pairs against the ledger, and its entries against them."""

import json
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model, QuerySet

from heed.casework.keeping import Fault
from heed.casework.models import ClericalSample, Entry, Judged, LinkingCount, SampledPair
from heed.casework.sealed import open_text
from heed.casework.sealing.rows import judged_at, text_of
from heed.casework.walking import starts
from heed.core.records.canonical import digest

KIND = "sampling"
SUBJECT = "judged:"
CHUNK = 2000
type Rows = Callable[[QuerySet, str, int], Iterable]
type Held = Callable[[Model, dict, Entry], bool]


def sampling_faults(rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    """Every difference. `rows` reads a chunk of rows that can be read, `covers` says of an entry whether its body was
    erased by order."""
    for prefix, model, held in (("sample:", ClericalSample, _draw), ("count:", LinkingCount, _count)):
        yield from _against(prefix, model, held, rows, covers)
    yield from _against(SUBJECT, Judged, _said, rows, covers)


def _against(prefix: str, model, held: Held, rows: Rows, covers: Callable[[int], bool]) -> Iterator[Fault]:
    told = Entry.objects.filter(kind=KIND, subject__startswith=prefix)
    known: set[str] = set()
    for start in starts(model.objects.all(), "pk", CHUNK):
        kept = {f"{prefix}{row.pk}": row for row in rows(model.objects.all(), "pk", start)}
        found = told.filter(subject__in=list(kept)).select_related("body").order_by("-seq")
        entries = {entry.subject: entry for entry in found}
        known |= entries.keys()
        for subject, row in kept.items():
            yield from _one(subject, row, entries.get(subject), held, covers)
    for seq, subject in told.order_by("seq").values_list("seq", "subject"):
        if subject not in known:
            yield Fault(f"entry {seq} ({KIND} {subject})", "the row it tells of is not there")


def _one(
    subject: str, row: Model, entry: Entry | None, held: Held, covers: Callable[[int], bool]
) -> Iterator[Fault]:
    if entry is None:
        yield Fault(subject, "has no entry in the ledger")
        return
    if covers(entry.seq):
        if getattr(row, "reason", ""):
            yield Fault(subject, "an entry says its words were erased, and they are there")
        return
    try:
        same = held(row, json.loads(text_of(entry.body) or ""), entry)
    except (ValueError, KeyError, TypeError, LookupError, Entry.body.RelatedObjectDoesNotExist):
        yield Fault(subject, f"entry {entry.seq} cannot be read")
        return
    if not same:
        yield Fault(subject, f"is not what entry {entry.seq} says")


def _draw(row, told: dict, entry: Entry) -> bool:
    pairs = SampledPair.objects.filter(sample=row).order_by("number")
    names = [list(pair) for pair in pairs.values_list("band", "left", "right")]
    design = {name: told[name] for name in ("pairs", "agencies", "drawn")}
    return (row.seed, row.model, json.loads(row.design), row.by_id, row.at, digest(names)) == (
        told["seed"], told["model"], design, entry.actor_id, entry.at, told["digest"],
    )  # fmt: skip


def _count(row, told: dict, entry: Entry) -> bool:
    return digest(json.loads(row.counts)) == told["digest"] and row.at == entry.at


def _said(row, told: dict, entry: Entry) -> bool:
    why = open_text(row.reason, bound=judged_at(row.pair_id, row.by_id)) if row.reason else ""
    return (row.pair_id, row.word, why, row.by_id, row.at) == (
        told["pair"], told["word"], told["reason"], entry.actor_id, entry.at,
    )  # fmt: skip
