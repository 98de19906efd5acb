"""Duties about the register are settled by what is written there: what was asked for and fell, what has ended.

A request that fell changes nothing for the child, so it takes nobody's agreement; what stands for a child in danger
still takes two people to close.
"""

from datetime import datetime

from heed.casework.actions import ledger
from heed.casework.actions.duties import sight, steps
from heed.casework.actions.register import owing
from heed.casework.models import Duty, Professional, Registered
from heed.casework.policy.register import register_rules
from heed.core.duty.moves import OWED, Move

ANEW = "Something else is asked for on the register since: what was asked for here falls."


def settle_second(row: Registered, words: str, by: Professional, now: datetime) -> list[ledger.Act]:
    """What was asked of a second person falls: it was declined, asked anew, or the child is watched more closely.

    One that somebody agreed to, and that is looked at again since, is no request any more and stays owed.
    """
    about = f"{owing.SECOND_ABOUT}{row.reference}:"
    asked = Duty.objects.filter(about__startswith=about, state__in=OWED).exclude(steps__kind=Move.CONFIRMED)
    acts = []
    for duty in asked.order_by("pk"):
        decision = register_rules().done
        step = steps.take(duty, Move.ANSWERED, by=by, at=now, decision=decision, words=words)
        sight.narrow(duty, now)
        acts.append(steps.act(duty, step, now))
    return acts
