"""Keeping up with the ledger's looks: which rows each showed, read once and never again, for an entry never changes."""

import json
from collections.abc import Iterable, Iterator
from itertools import batched

from django.db import transaction
from django.db.models import Max

from heed.casework.models import Body, Entry, Shown

LOOKS = ("consultation", "export")
"""The kinds of entries that say which rows somebody was shown."""
NO_RECORDS = '"records":[]'
MARK = 0
"""No record has this row: it says how far the ledger was read."""
A_PORTION = 5000


def keep_up() -> None:
    """Read the looks that are newer than the last one read. Entries become visible in the order of their numbers, so
    none is passed over; two who keep up at once write the same rows."""
    begun = Shown.objects.filter(record=MARK).aggregate(last=Max("seq"))["last"] or 0
    newest = Entry.objects.aggregate(last=Max("seq"))["last"] or 0
    if newest == begun:
        return
    looks = Body.objects.filter(entry_id__gt=begun, entry_id__lte=newest, entry__kind__in=LOOKS)
    found = looks.exclude(text__contains=NO_RECORDS).order_by("entry_id").values_list("entry_id", "text")
    with transaction.atomic():
        for some in batched(_rows(found.iterator(chunk_size=2000)), A_PORTION):
            Shown.objects.bulk_create(some, ignore_conflicts=True)
        Shown.objects.filter(record=MARK, seq__lt=newest).delete()
        Shown.objects.bulk_create([Shown(record=MARK, seq=newest)], ignore_conflicts=True)


def at(records: Iterable[int]) -> set[int]:
    """The entries that say that one of these rows was shown."""
    keep_up()
    return set(Shown.objects.filter(record__in=list(records)).values_list("seq", flat=True))


def _rows(looks: Iterable[tuple[int, str]]) -> Iterator[Shown]:
    for seq, text in looks:
        yield from (
            Shown(record=row, seq=seq) for row in dict.fromkeys(json.loads(text).get("records") or ())
        )
