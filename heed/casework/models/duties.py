"""Duties: what is owed, by whom, by when. The state row moves by compare-and-set; every move is a step."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class Duty(models.Model):
    """One answer owed. `rung` and `due_at` move only together with a step and a ledger entry.

    `about` says what a duty is about that is about no record alone and no finding: `deadline:return_interview`,
    `address:17`, `rule:clock`, `theme`. `level` is a word of heed.core.duty.moves; at `recheck_at` an answered duty is
    owed again.
    """

    reference = models.CharField(max_length=40, unique=True)
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="duties")
    finding = models.CharField(max_length=120, blank=True, db_index=True)
    about = models.CharField(max_length=120, blank=True, default="", db_index=True)
    clause = models.CharField(max_length=80)
    owing_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    raising_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    raiser = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="raised")
    raiser_name = models.CharField(max_length=160, blank=True)
    owner = models.ForeignKey(Professional, models.PROTECT, related_name="duties")
    offered_to = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="offers")
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=20)
    rung = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    moves = models.PositiveIntegerField(default=1)
    level = models.CharField(max_length=10, default="usual")
    recheck_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(
                fields=["rung", "due_at"],
                condition=models.Q(state__in=["open", "acknowledged", "asked"]),
                name="duties_owed",
            ),
            models.Index(
                fields=["recheck_at"],
                condition=models.Q(recheck_at__isnull=False),
                name="duties_to_recheck",
            ),
        ]


class DutyStep(Kept):
    """One move of a duty, in the words of whoever made it; `by` is empty when the clock did. `words` are sealed."""

    said: str = ""
    """What the words say, on a step that is on its way into its table."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(Professional, models.PROTECT, null=True, related_name="+")
    rung = models.PositiveSmallIntegerField()
    owner = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=10, default="usual")
    recheck_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "number"], name="one_step_per_number")]
        ordering = ["duty", "number"]
