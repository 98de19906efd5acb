"""Who is the same child: sources and links are computed, verdicts are what people said."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept


class Source(models.Model):
    """One person as one agency's files know them (computed). `person` is the child behind it, as linked."""

    key = models.CharField(max_length=290, primary_key=True)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+")
    ref = models.CharField(max_length=240)
    profile = models.TextField()
    person = models.CharField(max_length=40, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "ref"])]


class BlockingKey(models.Model):
    """A key under which a source is looked for when another arrives (computed)."""

    key = models.CharField(max_length=32)
    source = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "source"], name="one_blocking_key_per_source")]


class Link(models.Model):
    """Two sources the model thinks may be one person, with the weight (log2) and its terms (computed)."""

    left = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")
    right = models.ForeignKey(Source, models.DO_NOTHING, related_name="+")
    weight = models.FloatField()
    probability = models.FloatField()
    terms = models.TextField()
    model = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_link_per_pair")]


class Verdict(Kept):
    """A person's word on a pair: same, different or unsure. The newest verdict on a pair stands."""

    left = models.CharField(max_length=290)
    right = models.CharField(max_length=290)
    verdict = models.CharField(max_length=10)
    reason = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["left", "right"])]
