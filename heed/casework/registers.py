"""Holding the register against the ledger: every step has its entry, every entry its step, and every row stands where
its newest step left it. A watch that ended behind the ledger's back would be a child whom nobody sees."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from heed.casework.actions.register import owing
from heed.casework.actions.register.rows import ACT, SUBJECT, body, told
from heed.casework.keeping import Fault
from heed.casework.models import Duty, Entry, Registered, RegisterStep
from heed.casework.sealing.rows import texts_of
from heed.core.duty.moves import OWED
from heed.core.register.moves import State

STANDS = ("owner_id", "state", "level", "next_at")
"""What a row and its newest step both say."""


def register_faults() -> Iterator[Fault]:
    """Every difference between the rows, their steps and the ledger. What was erased is compared no more."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(kind=ACT).select_related("body").order_by("seq"):
        entries[entry.subject].append(entry)
    for row in Registered.objects.select_related("under").order_by("pk"):
        yield from _faults(row, entries.pop(f"{SUBJECT}{row.reference}", []))
    for subject in sorted(entries):
        yield Fault(subject, "was registered as the ledger says, and is not there")


def _faults(row: Registered, entries: list[Entry]) -> Iterator[Fault]:
    named, steps = f"{SUBJECT}{row.reference}", list(row.steps.order_by("number"))
    if not len(steps) == len(entries) == row.moves:
        yield Fault(
            named,
            f"stands after {row.moves} steps, has {len(steps)} and {len(entries)} entries in the ledger",
        )
        return
    if any(step.said and not hasattr(entry, "body") for step, entry in zip(steps, entries, strict=True)):
        yield Fault(named, "an entry says its words were erased, and they are there")
        return
    left = [(step, entry) for step, entry in zip(steps, entries, strict=True) if hasattr(entry, "body")]
    texts = texts_of([(entry.seq, entry.body.text) for _, entry in left])
    for step, said, text in zip(
        [step for step, _ in left], told([step for step, _ in left]), texts, strict=True
    ):
        if _as_json(body(row, step, said)) != _read(text):
            yield Fault(f"{named}, step {step.number}", "is not what its entry says")
    if hasattr(entries[-1], "body") or row.state != State.ENDED:
        yield from _standing(row, steps[-1], named)


def _standing(row: Registered, last: RegisterStep, named: str) -> Iterator[Fault]:
    if row.state != State.ENDED and not _is_told(row):
        yield Fault(named, "counts its silence as raised, and no duty was opened on it")
    if any(getattr(row, column) != getattr(last, column) for column in STANDS):
        yield Fault(named, "does not stand where its newest step left it")


def _is_told(row: Registered) -> bool:
    """Whether the duty is there that it says was opened on the silence after its newest step: one about that step, or
    one from before that is owed still. What counts as raised is never raised again."""
    if row.told < row.moves:
        return True
    about = owing.about_silence(row)
    opened = Duty.objects.filter(about__startswith=f"{about.rpartition(':')[0]}:")
    return row.told == row.moves and opened.filter(Q(about=about) | Q(state__in=OWED)).exists()


def _as_json(value: dict[str, Any]) -> Any:
    return json.loads(json.dumps(value))


def _read(text: str | None) -> Any:
    try:
        return json.loads(text or "")
    except ValueError:
        return None
