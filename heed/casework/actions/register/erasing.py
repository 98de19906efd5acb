"""What an erasure of a child takes out of the register: the words of every step about her, and her watch with them."""

from collections.abc import Collection
from itertools import batched

from django.db import connection
from django.db.models import Q

from heed.casework.actions.register.rows import ACT, SUBJECT
from heed.casework.models import Entry, Registered, RegisterStep
from heed.core.records.sources import source_from_key

AT_ONCE = 500


def empty(sources: Collection[str]) -> list[int]:
    """Empty what is said about these sources, and about what is planned on them; gives the entries that committed to it.

    Nobody is watched of whom nothing is known: it is due no more.
    """
    seqs: list[int] = []
    for some in batched(sorted(sources), AT_ONCE):
        named = Q(pk__in=[])
        for agency, ref in map(source_from_key, some):
            named |= Q(source_agency=agency, source_ref=ref)
        rows = Registered.objects.filter(named | Q(under__in=Registered.objects.filter(named).values("pk")))
        kept = dict(rows.values_list("pk", "reference"))
        steps = RegisterStep.objects.filter(registered__in=kept).exclude(said="")
        _run("update casework_registerstep set said = '' where id = %s", steps.values_list("pk", flat=True))
        rows.update(state="ended", next_at=None)
        subjects = [f"{SUBJECT}{reference}" for reference in kept.values()]
        told = Entry.objects.filter(kind=ACT, subject__in=subjects, body__isnull=False)
        seqs += told.values_list("seq", flat=True)
    return seqs


def _run(sql: str, keys: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(key,) for key in keys])
