"""Erasing by order: who asked, who agreed, what must not be erased, and what stands in a record's place."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class LegalHold(Kept):
    """Nothing of this record, or of this child, may be erased until the hold is lifted. `reason` is sealed."""

    scope = models.CharField(max_length=10)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=240)
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "ref"])]


class HoldLifted(Kept):
    """The end of a hold, and why. `reason` is sealed."""

    hold = models.OneToOneField(LegalHold, models.PROTECT, primary_key=True, related_name="lifted")
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class ErasureRequest(Kept):
    """One person asks that a record, or all that is kept of a child, be erased.

    `sources` are the child's sources as they were linked when it was asked (JSON): a link made later adds nothing
    to what the second person agrees to. They and `reason` are sealed, under the key of the agency of whoever asked.
    """

    scope = models.CharField(max_length=10)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=240)
    sources = models.TextField()
    basis = models.CharField(max_length=60)
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ErasureDecision(Kept):
    """The second person's word: agreed or refused. `keys` are the retired keys still to be destroyed (JSON)."""

    request = models.OneToOneField(ErasureRequest, models.PROTECT, primary_key=True, related_name="decision")
    agreed = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.BigIntegerField()
    keys = models.TextField()


class ErasedRecord(Kept):
    """A record of which only the header is left. `source`: whose chronology says so; empty when the child is gone too."""

    record = models.OneToOneField(Record, models.PROTECT, primary_key=True, related_name="erased")
    request = models.ForeignKey(ErasureRequest, models.PROTECT, related_name="erased")
    source = models.CharField(max_length=290, blank=True, db_index=True)
