"""The register: children who are watched, persons of concern and places, and what is planned about them.

Each is one row with its steps, as a duty is: the row says where it stands, moves by compare-and-set, and is what its
newest step left it as. What a step says is sealed.
"""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept


class Registered(models.Model):
    """One thing that is kept watch over. `kind`, `state` and `level` are words of heed.core.register.moves.

    A child or a person of concern hangs on a source, as a relationship does; a place on `thing`, the keyed hash that its
    records share. `under` is what an action, a meeting or a measure is about. After `next_at` its silence is owed an
    answer; `told` is the step about whose silence a duty has been opened. These, like `moves`, change with a step alone.
    """

    reference = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    under = models.ForeignKey("self", models.PROTECT, null=True, related_name="items")
    source_agency = models.CharField(max_length=40, blank=True)
    source_ref = models.CharField(max_length=240, blank=True)
    thing = models.CharField(max_length=200, blank=True)
    finding = models.CharField(max_length=120, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    owner = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    next_at = models.DateTimeField(null=True)
    moves = models.PositiveIntegerField(default=1)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["kind", "state"]),
            models.Index(fields=["source_agency", "source_ref"]),
            models.Index(
                fields=["next_at"], condition=models.Q(next_at__isnull=False), name="register_silent"
            ),
        ]


class RegisterStep(Kept):
    """One thing that was said or done about what is registered. `said` is JSON, sealed; empty once it was erased."""

    registered = models.ForeignKey(Registered, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    move = models.CharField(max_length=20)
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    next_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registered", "number"], name="one_register_step_per_number")
        ]
        ordering = ["registered", "number"]
