"""Who cannot be asked just now, and who is on call: what decides to whom an answer is owed."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional


class Absence(models.Model):
    """Somebody is ill, on leave or off duty from an instant on; `until` is empty while nobody knows how long."""

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="absences")
    kind = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["professional", "since"])]


class OnCall(models.Model):
    """Who stands at a post of an agency from one instant to another, before everybody else who holds it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="turns")
    post = models.CharField(max_length=30)
    holder = models.ForeignKey(Professional, models.PROTECT, related_name="turns")
    since = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "post", "since"])]
