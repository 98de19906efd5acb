"""What a person who reads a chronology says of it: that an event was significant, and why."""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class Significance(Kept):
    """One saying about one record: that what it tells of was significant, or that it is not so any more. The newest
    stands. `words` is JSON, sealed: the reader's comment; empty once the record was erased."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="significances")
    number = models.PositiveIntegerField()
    significant = models.BooleanField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_significance_per_number")
        ]
