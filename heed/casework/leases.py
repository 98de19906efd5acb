"""Whose turn a row of the outbox is: leased by compare-and-set, and given back by whoever is told to end.

A lease carries nobody's name: its end, to the microsecond, is known only to the process that took it, and only what
still bears that end is given back. So nobody takes a lease from a worker that lives. One that is killed without a word
gives nothing back, and its rows wait until the lease runs out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Q

from heed.casework.models import Outbox

LEASE = timedelta(minutes=15)
"""Longer than any batch takes. A killed worker's rows wait this long."""
AT_ONCE = 500
"""Leases written in one transaction: each alone would be a write to disk, all together would keep others waiting."""


class Leases:
    """What this process has leased."""

    def __init__(self) -> None:
        self._rows: list[int] = []
        self._until: datetime | None = None

    def take(self, rows: Sequence[Outbox], now: datetime) -> list[Outbox]:
        """Lease those of these rows that nobody else has leased meanwhile, in place of what was held before."""
        self._rows, self._until = [row.pk for row in rows], now + LEASE  # first: an end may come in between
        mine = []
        for some in batched(rows, AT_ONCE):
            with transaction.atomic():
                mine += [row for row in some if self._took(row)]
        return mine

    def give_back(self) -> int:
        """Leave to the next worker, at once, what was leased and is not done. Gives how many rows."""
        given = 0
        for some in batched(self._rows, AT_ONCE):
            held = Outbox.objects.filter(pk__in=some, done_at=None, leased_until=self._until)
            given += held.update(leased_until=None)
        self._rows = []
        return given

    def _took(self, row: Outbox) -> bool:
        same = Outbox.objects.filter(pk=row.pk, done_at=None, leased_until=row.leased_until)
        return bool(same.update(leased_until=self._until))


def free(now: datetime) -> Q:
    """Rows under no lease. One from a time that has not come yet was taken by a clock that has been set back since."""
    return Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=now + 2 * LEASE)
