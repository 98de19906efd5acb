"""What became of verdicts, and what two agencies that may not see each other's files were told and answered."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept
from heed.casework.models.links import Source, Verdict


class VerdictStep(Kept):
    """What became of a verdict: asked (it waits for a second person), confirmed, declined, withdrawn.

    `reason` is sealed; empty where it was only asked, and once the child it spoke of was erased.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verdict", "kind"], name="one_step_of_a_kind_per_verdict"),
        ]


class Introduction(Kept):
    """Two agencies were told that they may hold a record of one child, and whom to ask. It says nothing else."""

    left = models.CharField(max_length=290)
    right = models.CharField(max_length=290)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_introduction_per_pair")]
        indexes = [models.Index(fields=["right"])]


class IntroductionAnswer(Kept):
    """What one side says after the two have spoken: same, different or not ours. `reason` is sealed."""

    introduction = models.ForeignKey(Introduction, models.PROTECT, related_name="answers")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10)
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Clash(models.Model):
    """A source in a conflict that no pair shows, such as one number with three dates of birth (computed).

    `key` is what the sources share, keyed and hashed: it says nothing where it stands.
    """

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=32)
    source = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "source"], name="one_source_per_clash"),
        ]
