"""Emergency access: who opened one child's records without working with her, why, until when, and who reviewed it."""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.kept import Kept


class Glass(Kept):
    """One opening. It hangs on a source, as a relationship does. `ground` is a word of policy/glass.yaml, `reason` is
    sealed. It ends by itself at `until`; the duty to review it is about `glass:` and its reference."""

    reference = models.CharField(max_length=40, unique=True)
    professional = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    source_agency = models.CharField(max_length=40)
    source_ref = models.CharField(max_length=240)
    ground = models.CharField(max_length=40)
    reason = models.TextField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["professional", "until"])]


class GlassReview(Kept):
    """What somebody outside the opener's line found: whether it was justified, in words. `words` are sealed."""

    glass = models.OneToOneField(Glass, models.PROTECT, primary_key=True, related_name="review")
    justified = models.BooleanField()
    words = models.TextField()
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()
