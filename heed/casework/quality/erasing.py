"""What erasing a record takes with it: the words of judgements of pairs it speaks of, and what was computed of them."""

from collections.abc import Collection
from itertools import batched

from django.db import connection
from django.db.models import Q

from heed.casework.models import Entry, Judged, Mention, SampledPair
from heed.casework.quality.verifying import KIND, SUBJECT

AT_ONCE = 500


def empty(records: Collection[int]) -> list[int]:
    """Empty reasons and terms of sampled pairs whose files these record rows speak of, inside the caller's transaction;
    the entries that committed to the reasons. Which word was said stays: it counts, and tells nothing by itself."""
    sources: set[str] = set()
    for some in batched(sorted(records), AT_ONCE):
        sources.update(Mention.objects.of(some).values_list("source_id", flat=True))
    pairs: set[int] = set()
    for some in batched(sorted(sources), AT_ONCE):
        about = SampledPair.objects.filter(Q(left__in=some) | Q(right__in=some))
        pairs.update(about.values_list("pk", flat=True))
    _run("update casework_sampledpair set terms = '' where id = %s", pairs)
    said: set[int] = set()
    for some in batched(sorted(pairs), AT_ONCE):
        said.update(Judged.objects.filter(pair__in=some).exclude(reason="").values_list("pk", flat=True))
    _run("update casework_judged set reason = '' where id = %s", said)
    entries: list[int] = []
    for some in batched((f"{SUBJECT}{key}" for key in sorted(said)), AT_ONCE):
        told = Entry.objects.filter(kind=KIND, subject__in=some, body__isnull=False)
        entries += told.values_list("seq", flat=True)
    return sorted(entries)


def _run(sql: str, keys: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(key,) for key in sorted(keys)])
