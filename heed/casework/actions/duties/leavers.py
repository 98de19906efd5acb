"""Leavers: what somebody owed who can no longer sign in is owed by whoever stands where they stood."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, sight, steps
from heed.casework.models import Duty
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Move


def pass_on_leavers(*, now: datetime) -> list[str]:
    """Pass on every duty whose owner has left; the deadline stays. Gives their references.

    Silence would pass most of them up anyway, but from the top rung nothing climbs.
    """
    left = Duty.objects.filter(state__in=OWED, owner__is_active=False).order_by("pk")
    return [duty.reference for duty in left.select_related("owner") if _passed_on(duty, now)]


def _passed_on(duty: Duty, now: datetime) -> bool:
    leaver = duty.owner
    owner = holders.holder(duty.owing_agency_id, policy().ladder.at(duty.rung).post)
    words = f"{leaver} has left. Owed now by {owner} ({owner.agency})."
    with transaction.atomic():
        try:
            step = steps.take(duty, Move.PASSED_ON, by=None, at=now, words=words, owner=owner.pk)
        except steps.Overtaken:
            return False  # it was answered or went up meanwhile; the next look sees how it stands
        sight.widen(duty, sight.grants(owner, [], now, duty.due_at or now))
        ledger.append_many([steps.act(duty, step, now)])
    return True
