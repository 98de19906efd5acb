"""How records came in: the keys agencies send with, what was answered to each message, and batches."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class AgencyKey(models.Model):
    """A key with which an agency's system sends records, and can do nothing else.

    Only the SHA-256 of the secret is kept. The secret is 256 random bits: there is nothing to guess slowly.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)


class Batch(models.Model):
    """Records that came in together: one import, or one key's day. `state` moves only together with a ledger entry.

    `digest` is empty where the batch grows with each message.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=20)
    key = models.ForeignKey(AgencyKey, models.PROTECT, null=True, related_name="+")
    begun = models.DateTimeField()
    lines = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=20, db_index=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "begun"])]


class BatchRecord(Kept):
    """The batch in which a revision of a record came; the entry of the record says the same in its header."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="arrival")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="records")


class Submission(Kept):
    """What was answered to one message, so that the same message again gets the same answer.

    Of the message only its SHA-256 is kept; of the answer what became of each record in it, never its words.
    """

    key = models.ForeignKey(AgencyKey, models.PROTECT, related_name="+")
    idempotency = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    outcomes = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "idempotency"], name="one_answer_per_idempotency_key"),
        ]
