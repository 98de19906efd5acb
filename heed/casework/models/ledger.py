"""The ledger: who did what to which record, when, in one order that cannot be bent unseen.

RFC 6962 leaves over a salted commitment: the header holds no personal data, the body may be destroyed,
and every old proof stays true.
"""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept


class Entry(Kept):
    """One header. `seq` counts from 1 without a gap; `leaf` = SHA-256(0x00 + canonical header)."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=260)
    purpose = models.CharField(max_length=120)
    commitment = models.CharField(max_length=64)
    leaf = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject", "seq"]), models.Index(fields=["kind", "at"])]


class Body(Kept):
    """What an entry commits to: SHA-256(salt + canonical body). Empty text: the body is the record itself."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="body")
    salt = models.CharField(max_length=64)
    text = models.TextField(blank=True)


class Head(models.Model):
    """The log's size and the frontier of its Merkle tree: one row, locked last in every transaction."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    size = models.BigIntegerField()
    frontier = models.TextField()
