"""What still has to be done about something already saved, and who says they are alive."""

from django.db import models


class Outbox(models.Model):
    """Work owed to a saved row. Written in its transaction; marked done only after the work is done.

    A worker leases a row before it works on it; the lease of a worker that died runs out.
    """

    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["done_at", "id"])]


class Heartbeat(models.Model):
    """When a part of Heed last said it was alive."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()
