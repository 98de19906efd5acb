"""Duties: opening what is owed, answering it, handing it over, disagreeing, and the climb of silence."""

from heed.casework.actions.duties.answering import (
    accept,
    acknowledge,
    answer,
    disagree,
    hand_over,
)
from heed.casework.actions.duties.barring import pass_on_barred
from heed.casework.actions.duties.escalating import Climb, escalate_due
from heed.casework.actions.duties.following import begin
from heed.casework.actions.duties.leavers import pass_on_leavers
from heed.casework.actions.duties.opening import may_ask, open_for_finding, open_for_records
from heed.casework.actions.duties.raising import raise_after_refusal
from heed.casework.actions.duties.refused import NotEnough, NotYours
from heed.casework.actions.duties.seconding import confirm, decline, lower
from heed.casework.actions.duties.steps import Overtaken
from heed.casework.actions.duties.voices import join, raise_difference, raise_theme, skip

__all__ = [
    "Climb", "NotEnough", "NotYours", "Overtaken", "accept", "acknowledge", "answer", "begin", "confirm", "decline",
    "disagree", "escalate_due", "hand_over", "join", "lower", "may_ask", "open_for_finding", "open_for_records",
    "pass_on_barred", "pass_on_leavers", "raise_after_refusal", "raise_difference", "raise_theme", "skip",
]  # fmt: skip
