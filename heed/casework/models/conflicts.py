"""Conflicts of interest: who may see nothing of one person, why, and who ended that."""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.kept import Kept


class Conflict(Kept):
    """Somebody stands near to a person in the records, a child or a person of concern. It hangs on a source, as a
    relationship does, and reaches all that are linked with it. `reason` is sealed. It lasts until somebody ends it."""

    reference = models.CharField(max_length=40, unique=True)
    professional = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    source_agency = models.CharField(max_length=40)
    source_ref = models.CharField(max_length=240)
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ConflictEnd(Kept):
    """Who ended a conflict, and on what ground. `words` are sealed."""

    conflict = models.OneToOneField(Conflict, models.PROTECT, primary_key=True, related_name="end")
    words = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()
