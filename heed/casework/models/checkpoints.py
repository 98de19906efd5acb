"""Checkpoints of the ledger, and what witnesses signed under them.

A checkpoint is the size and the root of the tree at an instant, signed: the C2SP signed note is kept word for word.
"""

from django.db import models

from heed.casework.models.kept import Kept


class Checkpoint(Kept):
    """One signed tree head. `frontier` lets the next one begin where this one ended; it must make up `root`."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    frontier = models.TextField()
    note = models.TextField()
    at = models.DateTimeField()


class Cosignature(Kept):
    """A witness saw that the ledger had only grown. `line` is the signature line, `at` the instant it was signed for."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    agency = models.CharField(max_length=40)
    witness = models.CharField(max_length=200)
    line = models.CharField(max_length=500)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "line"], name="one_row_a_cosignature"),
        ]
        indexes = [models.Index(fields=["agency", "at"])]
