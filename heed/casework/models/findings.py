"""What the rules noticed (computed). What somebody did about it is a duty."""

from django.db import models


class Finding(models.Model):
    """One finding as it stands: `body` is its JSON line, `first_raised` the day it was first visible."""

    id = models.CharField(max_length=120, primary_key=True)
    detector = models.CharField(max_length=40)
    version = models.CharField(max_length=10)
    first_raised = models.DateField()
    as_of = models.DateField()
    strength = models.FloatField()
    statement = models.TextField()
    body = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["detector", "first_raised"])]


class FindingChild(models.Model):
    """A child in a finding (computed)."""

    finding = models.ForeignKey(Finding, models.DO_NOTHING, related_name="children")
    person = models.CharField(max_length=40, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "person"], name="one_child_per_finding")]
