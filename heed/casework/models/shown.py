"""Which rows the ledger's looks showed (computed): so that one child's looks are found without reading all of them."""

from django.db import models


class Shown(models.Model):
    """One row of a record that one entry says was shown. The row of record 0 names the last entry that was read."""

    record = models.BigIntegerField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "seq"], name="one_row_per_look")]
