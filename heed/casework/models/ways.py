"""Other ways to reach somebody than by letter: a push to a device, a text message; and what was sent by them."""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.notices import Letter


class Way(models.Model):
    """Where one way reaches somebody: a number, what a push service calls their device, or the address at which it takes
    a push for one of their browsers. `kind` is a word of heed.core.duty.notices. `refused_at` is set once whoever
    carries it said that it never will."""

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="ways")
    kind = models.CharField(max_length=10)
    place = models.CharField(max_length=1000)
    since = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "kind"], condition=~models.Q(kind="browser"), name="one_place_per_way"
            ),
            # A browser is told for one person only: for whoever turned it on there last.
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(kind="browser"), name="one_person_per_browser"
            ),
        ]


class Nudge(models.Model):
    """That a letter waits, told by another way at once. Sent again after a crash it carries the same `name`."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="nudges")
    way = models.ForeignKey(Way, models.CASCADE, related_name="nudges")
    name = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "way"], name="one_nudge_per_letter_and_way")]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="nudges_to_send",
            )
        ]
