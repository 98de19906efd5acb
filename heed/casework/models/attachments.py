"""Files that came with a record. The bytes stand in the database, so that a file is saved with its record or not at all,
survives what the record survives, and is in every backup.

Name, kind and bytes are sealed. What an entry of the ledger commits to is in `Attachment`'s entry, not here.
"""

from django.db import models

from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class Attachment(Kept):
    """One file of one record. `key` is its address: it says nothing of the file. `size` is in bytes."""

    key = models.CharField(max_length=40, unique=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    size = models.BigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "position"], name="one_file_per_position")]


class AttachmentBody(models.Model):
    """What is sealed of a file: its bytes, and a label (its name and kind as claimed). Erasure empties it."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="body")
    label = models.BinaryField()
    content = models.BinaryField()


class AttachmentLook(models.Model):
    """What looking at a file gave (computed, may be done again): the scanner's word, and a small picture, sealed."""

    attachment = models.OneToOneField(Attachment, models.PROTECT, primary_key=True, related_name="look")
    outcome = models.CharField(max_length=20)
    at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    picture = models.BinaryField(default=bytes)

    class Meta:
        indexes = [models.Index(fields=["outcome"])]
