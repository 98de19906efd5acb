"""How good the linking is, as people find it: draws of pairs, what was said of each blind, and what was counted when.

A judgement of a sampled pair is no verdict: it moves nobody, and is counted only.
"""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.kept import Kept


class ClericalSample(Kept):
    """Pairs drawn at random from the bands of what was linked. `design` (JSON) holds, for each band, how many pairs it
    had, also by agency, and how many were drawn; the same seed on the same tables draws the same pairs."""

    seed = models.CharField(max_length=64)
    model = models.CharField(max_length=40)
    design = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class SampledPair(Kept):
    """One pair of a draw. `number` is its place in an order that says nothing of its band; `terms` as a link has them
    when it was drawn, empty once a record of either side was erased."""

    sample = models.ForeignKey(ClericalSample, models.PROTECT, related_name="pairs")
    number = models.PositiveIntegerField()
    band = models.CharField(max_length=20)
    left = models.CharField(max_length=290)
    right = models.CharField(max_length=290)
    terms = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "number"], name="one_pair_per_number")]
        indexes = [models.Index(fields=["left"]), models.Index(fields=["right"])]


class Judged(Kept):
    """What somebody said of a sampled pair without knowing what the model says: same, different or cannot_tell. The
    newest word of each person counts; all are kept. `reason`, where one was given, is sealed."""

    pair = models.ForeignKey(SampledPair, models.PROTECT, related_name="judged")
    word = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class LinkingCount(Kept):
    """What linking had made of everything at an instant: counts by band, agency and month of record (JSON), no names."""

    model = models.CharField(max_length=40)
    counts = models.TextField()
    at = models.DateTimeField()
