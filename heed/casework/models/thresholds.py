"""Which thresholds were fitted when: from an area's own past, month by month, frozen once written."""

from django.db import models

from heed.casework.models.kept import Kept


class FittedThreshold(Kept):
    """The strength from which patterns across children are told in the month that begins on `month` (28 days), fitted
    on what had been recorded before it, for a budget of so many alerts a week. A ledger entry holds the same."""

    month = models.DateField(unique=True)
    strength = models.FloatField()
    stated = models.FloatField()
    budget = models.FloatField()
    at = models.DateTimeField()
