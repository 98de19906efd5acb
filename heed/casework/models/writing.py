"""What belongs to writing a concern down: drafts, what became of a prompt, and what a person said of a reading."""

from django.db import models

from heed.casework.models.agencies import Agency, Professional
from heed.casework.models.kept import Kept
from heed.casework.models.records import Record


class Draft(models.Model):
    """A page somebody has not sent yet. Not a record: its writer may throw it away, and it runs out by itself.

    `content` is sealed; `token` is the opened page's, so that what is sent in the end is saved once.
    """

    owner = models.ForeignKey(Professional, models.CASCADE, related_name="drafts")
    token = models.CharField(max_length=32)
    content = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "token"], name="one_draft_per_page")]


class WordingChoice(Kept):
    """What a writer did with one prompt: took the alternative or kept their own, and why. It holds no words.

    `pair` is the id of a pair in policy/wording.yaml, `why` one of its listed reasons. It says what an agency's
    writers do with a phrase, and names no writer.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="wording")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    pair = models.CharField(max_length=40)
    choice = models.CharField(max_length=10)
    why = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["agency", "pair"])]


class Agreement(Kept):
    """A person's word on something Heed read in a record's text: agreed or declined. The newest stands; all are kept.

    It holds where it was read (`place`: text, or pasted:0), from which character to which, and by which rule. The
    words themselves stand only in the record, and go with it.
    """

    record = models.ForeignKey(Record, models.PROTECT, related_name="agreements")
    place = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    rule = models.CharField(max_length=40)
    said = models.CharField(max_length=10)
    by = models.ForeignKey(Professional, models.PROTECT, related_name="+")
    at = models.DateTimeField()
