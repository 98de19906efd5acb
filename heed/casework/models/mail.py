"""A mailbox that is read, and the receipts that are owed to whoever wrote to it."""

from django.db import models

from heed.casework.models.records import Record


class MailTaken(models.Model):
    """What became of one message of a mailbox, by the number its server gave it.

    `outcome` is taken, set_aside, parked or failed (to be tried again); `why` names no person and quotes nothing.
    """

    mailbox = models.CharField(max_length=64)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    outcome = models.CharField(max_length=20)
    why = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "validity", "uid"], name="one_row_per_message")
        ]
        indexes = [models.Index(fields=["outcome"])]


class MailReceipt(models.Model):
    """A receipt owed by mail for one record: written in its transaction, marked after it was sent.

    One row is one notice: sent again after a crash, it carries the same `message_id`. `sender` is a keyed hash.
    """

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="mail_receipt")
    sender = models.CharField(max_length=64, db_index=True)
    message_id = models.CharField(max_length=200)
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "owed_at"])]
