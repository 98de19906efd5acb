"""What Heed says of its own rules: when each last ran to its end, when it last failed, and under which policy."""

from django.db import models

from heed.casework.models.kept import Kept


class RuleBeat(models.Model):
    """When a rule last ran to its end, and when it last failed; `trouble` is the name of an exception, never words."""

    name = models.CharField(max_length=60, primary_key=True)
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=100, blank=True)


class PolicyInForce(Kept):
    """What policy said from an instant on. `changes` is JSON: each key that changed, with what it was and is."""

    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    text = models.TextField()
    changes = models.TextField()
