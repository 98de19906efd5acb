"""Verifying the ledger: nothing changed, nothing removed, nothing added behind its back.

What is held against what: the order of the entries; each leaf against its header; each commitment against its
body (a record's entry against the record itself); the tree against the head; every record, every verdict and
every step of every duty against its entry, and every such entry against its row; the columns of all three
against what the entries say; and no row stands outside what was held. Every checkpoint that was signed, and what
witnesses signed under it, is held against the root the tree had at that size. A body may be missing only when a
later erasure names its entry.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import models

from heed.casework import proof, sealed, strays
from heed.casework.actions.ledger import HEAD
from heed.casework.agreements import agreements
from heed.casework.anchors import Anchors
from heed.casework.arrivals import arrivals
from heed.casework.attachments.verifying import attachment_faults
from heed.casework.conflicts import conflict_faults
from heed.casework.erasures import Erasures
from heed.casework.glasses import glass_faults
from heed.casework.keeping import Fault, duty_faults, erased_duty_faults, erased_record_faults, record_faults
from heed.casework.models import Body, Duty, DutyStep, Entry, Head, Record
from heed.casework.orders import orders
from heed.casework.quality.verifying import sampling_faults
from heed.casework.registers import register_faults
from heed.casework.saying import verdicts
from heed.casework.sealing.rows import texts_of
from heed.casework.walking import starts
from heed.core.records import merkle

RECORD_ACT, DUTY_ACT = "collection", "duty"
CHUNK = 2000
type Lines = dict[int, str | None]
type Watch = Callable[[Iterable[int]], Iterable[int]]


@dataclass
class Proof:
    """What verifying found: how many entries, the root of their tree, and every fault."""

    entries: int = 0
    root: str = ""
    faults: list[Fault] = field(default_factory=list)


def verify() -> list[Fault]:
    """Every fault there is; none means that ledger, records and duties say the same."""
    return check().faults


def check(watch: Watch = lambda chunks: chunks) -> Proof:
    """Verify everything. `watch` is given the starts of the chunks of entries, for whoever shows progress."""
    found = Proof()
    frontier = merkle.Frontier()
    last = _last()
    told: set[int] = set()
    anchors, erasures = Anchors(), Erasures()
    for start in watch(range(1, last + 1, CHUNK)):
        entries = {entry.seq: entry for entry in _rows(Entry.objects.all(), "seq", start, found)}
        bodies = {body.entry_id: body for body in _rows(Body.objects.all(), "entry_id", start, found)}
        records = _records(entries.values(), found)
        lines = _lines(records)
        texts = dict(zip(bodies, texts_of([(seq, body.text) for seq, body in bodies.items()]), strict=True))
        leaves = []
        for seq in range(start, min(start + CHUNK, last + 1)):
            entry, body = entries.get(seq), bodies.get(seq)
            if entry is None:
                found.faults.append(Fault(f"entry {seq}", "is not there, or cannot be read"))
                leaves.append(b"")
                continue
            found.entries += 1
            leaves.append(_leaf(entry, found))
            if body is None:
                told |= _erased(entry)
                if not erasures.covers(seq):
                    found.faults.append(
                        Fault(_named(entry), "its body is gone, and no later erasure names it")
                    )
                elif entry.kind == RECORD_ACT:
                    found.faults += erased_record_faults(records.get(entry.subject), entry, erasures)
                continue
            _hold(entry, body, texts[seq], records, lines, told, found)
        frontier = anchors.grown(frontier, leaves)
    found.root = merkle.root(frontier).hex()
    found.faults += [*_head(frontier), *strays.strays(last), *_unknown_records(told)]
    found.faults += _duties(found, erasures)
    found.faults += [*anchors.faults(last), *erasures.faults(), *attachment_faults(erasures)]
    found.faults += arrivals()
    found.faults += orders()
    found.faults += glass_faults()
    found.faults += conflict_faults()
    found.faults += register_faults()
    found.faults += verdicts(lambda query, key, start: _rows(query, key, start, found), erasures.covers)
    found.faults += sampling_faults(
        lambda query, key, start: _rows(query, key, start, found), erasures.covers
    )
    found.faults += agreements(lambda query, key, start: _rows(query, key, start, found), erasures.covers)
    return found


def _erased(entry: Entry) -> set[int]:
    """The record whose words were destroyed with the body of its entry: its row stays, and has been told of."""
    key = entry.subject.partition(":")[2]
    return {int(key)} if entry.kind == RECORD_ACT and key.isascii() and key.isdigit() else set()


def _last() -> int:
    """The newest entry among as many as there are, or as the head counts: one with an absurd number is a stray,
    not a reason to look for all the numbers below it."""
    head = Head.objects.filter(pk=HEAD).first()
    most = max(Entry.objects.count(), head.size if head else 0)
    return Entry.objects.filter(seq__lte=most).aggregate(last=models.Max("seq"))["last"] or 0


def _rows(query: models.QuerySet, key: str, start: int, found: Proof) -> Iterator[models.Model]:
    """The rows of one chunk. A value that its column cannot hold is a fault of its row, not the end of verifying."""
    chunk = query.filter(**{f"{key}__gte": start, f"{key}__lt": start + CHUNK})
    try:
        yield from list(chunk)
        return
    except (ValueError, TypeError, ArithmeticError):
        keys = list(chunk.values_list("pk", flat=True))
    for pk in keys:
        try:
            yield query.get(pk=pk)
        except (ValueError, TypeError, ArithmeticError):
            found.faults.append(
                Fault(f"{query.model.__name__.lower()} {pk}", "holds a value that cannot be read")
            )


def _leaf(entry: Entry, found: Proof) -> bytes:
    """The leaf as the header makes it: a header that was changed shows here, and in the root."""
    if entry.at is None:
        found.faults.append(Fault(_named(entry), "has no readable time"))
        return b""
    computed = proof.leaf(entry)
    if computed != entry.leaf:
        found.faults.append(Fault(_named(entry), "its header is not what its leaf was made of"))
    return bytes.fromhex(computed)


def _hold(
    entry: Entry,
    body: Body,
    text: str | None,
    records: dict[str, Record],
    lines: Lines,
    told: set[int],
    found: Proof,
) -> None:
    """The body against its commitment, and a record's entry against its record. `text` is the body as it was opened,
    None where it could not be."""
    if entry.kind == RECORD_ACT:
        record = records.get(entry.subject)
        if record is None:
            found.faults.append(
                Fault(_named(entry), "the record it tells of is not there, or cannot be read")
            )
            return
        if record.pk in told:
            found.faults.append(Fault(_named(entry), f"tells of {record} a second time"))
        told.add(record.pk)
        if text:
            found.faults.append(Fault(_named(entry), "has a body of its own beside its record"))
        text = lines[record.pk]
        found.faults += record_faults(record, text, entry)
        if text is None:
            return
    if text is None:
        found.faults.append(Fault(_named(entry), "its body cannot be opened"))
    elif not _is_committed(entry, body, text):
        what = f"{records[entry.subject]}" if entry.subject in records else "its body"
        found.faults.append(Fault(_named(entry), f"{what} is not what was committed to"))


def _is_committed(entry: Entry, body: Body, text: str) -> bool:
    try:
        return body.salt == body.salt.lower() and proof.commitment(body.salt, text) == entry.commitment
    except ValueError:
        return False


def _records(entries: Iterable[Entry], found: Proof) -> dict[str, Record]:
    wanted = [entry.subject.partition(":")[2] for entry in entries if entry.kind == RECORD_ACT]
    keys = [int(key) for key in wanted if key.isascii() and key.isdigit()]
    rows = Record.objects.system("the ledger is held against the records").filter(pk__in=keys)
    try:
        return {f"record:{row.pk}": row for row in rows}
    except (ValueError, TypeError, ArithmeticError):
        return dict(_readable(rows, keys, found))


def _lines(records: dict[str, Record]) -> Lines:
    """The line of each record as it is opened, by its row."""
    rows = list(records.values())
    return {row.pk: told for row, told in zip(rows, sealed.opened(rows), strict=True)}


def _readable(rows: models.QuerySet, keys: Iterable[int], found: Proof) -> Iterator[tuple[str, Record]]:
    for key in keys:
        try:
            row = rows.filter(pk=key).first()
        except (ValueError, TypeError, ArithmeticError):
            found.faults.append(Fault(f"record row {key}", "holds a value that cannot be read"))
            continue
        if row is not None:
            yield f"record:{key}", row


def _head(frontier: merkle.Frontier) -> Iterator[Fault]:
    head = Head.objects.filter(pk=HEAD).first()
    if head is None:
        if frontier.size:
            yield Fault("head", "is not there, though entries are")
        return
    if head.size != frontier.size:
        yield Fault("head", f"counts {head.size} entries, but {frontier.size} are there")
    if head.frontier != merkle.written(frontier):
        yield Fault("head", "its frontier is not that of the entries")


def _unknown_records(told: set[int]) -> Iterator[Fault]:
    rows = Record.objects.system("the ledger is held against the records")
    for pk, agency, ref in (
        rows.order_by("pk").values_list("pk", "agency_id", "ref").iterator(chunk_size=CHUNK)
    ):
        if pk not in told:
            yield Fault(f"record {agency} {ref}", "has no entry in the ledger")


def _duties(found: Proof, erasures: Erasures) -> Iterator[Fault]:
    """Every duty against its steps and its entries; no entry and no step may be left over."""
    seen = 0
    for start in starts(Duty.objects.all(), "pk", CHUNK):
        duties = list(_rows(Duty.objects.all(), "pk", start, found))
        steps: dict[int, list[DutyStep]] = {duty.pk: [] for duty in duties}
        for step in _rows(DutyStep.objects.order_by("duty", "number"), "duty_id", start, found):
            steps.setdefault(step.duty_id, []).append(step)
        bodies = _bodies(f"duty:{duty.reference}" for duty in duties)
        for duty in duties:
            told = bodies.get(f"duty:{duty.reference}", {})
            erased = [seq for seq in told if erasures.covers(seq)]
            texts = [text for text in told.values() if text is not None]
            seen += len(erased) + len(texts)
            if erased:
                gone = [*Entry.objects.filter(pk__in=erased).order_by("seq")]
                yield from erased_duty_faults(duty, steps[duty.pk], gone, texts, erasures)
            else:
                yield from duty_faults(duty, steps[duty.pk], texts)
    if seen != Entry.objects.filter(kind=DUTY_ACT).count():
        yield Fault("duties", "the ledger tells of a duty that is not there, or its body is gone")


def _bodies(subjects: Iterable[str]) -> dict[str, dict[int, str | None]]:
    """What the entries of each duty say, in their order; None for one whose body is gone or cannot be opened."""
    found: dict[str, dict[int, str | None]] = {}
    told = Entry.objects.filter(kind=DUTY_ACT, subject__in=list(subjects)).order_by("seq")
    rows = list(told.values_list("subject", "seq", "body__text"))
    texts = texts_of([(seq, text or "") for _, seq, text in rows])
    for (subject, seq, held), text in zip(rows, texts, strict=True):
        found.setdefault(subject, {})[seq] = None if held is None else text
    return found


def _named(entry: Entry) -> str:
    return f"entry {entry.seq} ({entry.kind} {entry.subject})"
