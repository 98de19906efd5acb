"""Notices: what a person is to be told of, the letters in which they are, and where letters reach them.

A notice is written in the transaction of what it tells of; a letter is made of notices and marked after it was sent.
Neither says more than references: who reads the letter learns that they should sign in.
"""

from django.db import models

from heed.casework.models.agencies import Professional
from heed.casework.models.duties import Duty


class Address(models.Model):
    """Where somebody is reached by e-mail. `refused_at` is set once a server said that it never will be."""

    professional = models.OneToOneField(
        Professional, models.CASCADE, primary_key=True, related_name="address"
    )
    email = models.CharField(max_length=254)
    since = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)


class Letter(models.Model):
    """One e-mail to one person. Sent again after a crash it carries the same `message_id`."""

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20)
    message_id = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="letters_to_send",
            ),
            models.Index(fields=["professional", "made_at"]),
        ]


class Notice(models.Model):
    """One person is to be told of one step of a duty. `kind` is a word of heed.core.duty.notices."""

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="notices")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="notices")
    step = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["professional", "duty", "step"], name="one_notice_per_step_and_person"
            )
        ]
        indexes = [
            models.Index(
                fields=["professional", "at"], condition=models.Q(letter__isnull=True), name="notices_to_send"
            ),
            models.Index(fields=["professional", "-at"], name="notices_of_a_person"),
        ]
