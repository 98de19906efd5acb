"""Why something cannot be done with a duty, in the words of whoever tries; and what every act on one begins with."""

from heed.casework.models import Duty
from heed.casework.policy import policy
from heed.core.records.explained import Explained


class NotYours(Explained):
    """Somebody tried to act on a duty that is not theirs to act on."""


class NotEnough(Explained):
    """An answer or a disagreement without a decision, without a reason, or without the day that it asks for."""


def load(duty: Duty | str) -> Duty:
    """A duty by its reference, or as somebody has just read it."""
    return Duty.objects.get(reference=duty) if isinstance(duty, str) else duty


def reason_given(words: str) -> str:
    """The words, without space around. Raises NotEnough for too few."""
    least = policy().duties.reason_characters
    if len(words.strip()) < least:
        raise NotEnough(f"Say why, in at least {least} characters: whoever raised it will read it.")
    return words.strip()
