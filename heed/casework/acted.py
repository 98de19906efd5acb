"""Holding rows of which each has an entry of one kind, by subject and purpose, against what these entries say."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from heed.casework.keeping import Fault
from heed.casework.models import Entry
from heed.casework.sealing.rows import texts_of

type Told = dict[tuple[str, str], tuple[object, ...]]
"""By subject and purpose: who, when, and what was said."""


def differences(kept: Told, told: Told) -> Iterator[Fault]:
    """Every row without its entry, every entry without its row, and every two that do not say the same."""
    for subject, purpose in sorted(kept.keys() | told.keys()):
        if kept.get((subject, purpose)) != told.get((subject, purpose)):
            yield Fault(subject, f"was not {purpose} as the ledger says")


def told_by(kind: str, said: Callable[[str, dict[str, Any]], tuple[object, ...]]) -> Told:
    """What the entries of a kind say. `said` takes purpose and body; nothing stands in place of what cannot be read,
    which agrees with no row."""
    entries = list(Entry.objects.filter(kind=kind, body__isnull=False).select_related("body").order_by("seq"))
    texts = texts_of([(entry.seq, entry.body.text) for entry in entries])
    return {
        (entry.subject, entry.purpose): (entry.actor_id, entry.at, *_read(said, entry.purpose, text))
        for entry, text in zip(entries, texts, strict=True)
    }


def _read(
    said: Callable[[str, dict[str, Any]], tuple[object, ...]], purpose: str, text: str | None
) -> tuple[object, ...]:
    try:
        return said(purpose, json.loads(text or ""))
    except (ValueError, KeyError, TypeError):
        return ()
