"""Leavers and whoever is away: what they owe is owed by whoever stands where they stood. The deadline stays."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Q

from heed.casework.actions import ledger
from heed.casework.actions.duties import holders, sight, steps
from heed.casework.local import local_words
from heed.casework.models import Absence, Duty, Professional
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Move

BACK_IN_TIME = timedelta(hours=4)
"""Whoever is back so long before a deadline keeps what they owe."""


def pass_on_leavers(*, now: datetime) -> list[str]:
    """Pass on every duty whose owner has left, or is away until too late; gives their references.

    Silence would pass most of them up anyway, but later, and from the top rung nothing climbs.
    """
    away, board = _longest(holders.away(now)), holders.Board()
    gone = Q(owner__is_active=False) | Q(owner__in=list(away)) | _nobody_yet(board, now)
    owed = Duty.objects.filter(gone, state__in=OWED).order_by("pk").select_related("owner")
    return [duty.reference for duty in owed if _passed_on(duty, away.get(duty.owner_id), board, now)]


def _nobody_yet(board: holders.Board, now: datetime) -> Q:
    """What is owed by a placeholder, or by somebody who never signed in, though by now somebody can be reached who would
    be asked instead. Asked desk by desk: where nobody was ever named, every duty is a placeholder's."""
    found = Q(pk__in=[])
    silent = Professional.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    desks = Duty.objects.filter(owner__in=silent, state__in=OWED).order_by()
    for agency, rung in desks.values_list("owing_agency", "rung").distinct():
        owner = holders.of_rung(agency, policy().ladder.at(rung), now, board.holder)
        if not _helps_nobody(owner, now):
            found |= Q(owing_agency=agency, rung=rung, owner__in=silent)
    return found


def _longest(absences: Iterable[Absence]) -> dict[int, Absence]:
    """Of whoever is away for two reasons at once, the one that lasts."""
    found: dict[int, Absence] = {}
    for each in absences:
        before = found.get(each.professional_id)
        if before is None or each.until is None or (before.until is not None and each.until > before.until):
            found[each.professional_id] = each
    return found


def _passed_on(duty: Duty, absence: Absence | None, board: holders.Board, now: datetime) -> bool:
    before = duty.owner
    if absence is not None and before.is_active and _is_back_in_time(duty, absence):
        return False
    owner = holders.of_rung(duty.owing_agency_id, policy().ladder.at(duty.rung), now, board.holder)
    if owner.pk == before.pk or (before.is_active and _helps_nobody(owner, now)):
        return False
    words = f"{before} {_why(absence, before)}. Owed now by {owner} ({owner.agency})."
    with transaction.atomic():
        try:
            step = steps.take(duty, Move.PASSED_ON, by=None, at=now, words=words, owner=owner.pk)
        except steps.Overtaken:
            return False  # it was answered or went up meanwhile; the next look sees how it stands
        sight.widen(duty, sight.grants(owner, [], now, duty.due_at or now))
        ledger.append_many([steps.act(duty, step, now)])
    return True


def _is_back_in_time(duty: Duty, absence: Absence) -> bool:
    until = absence.until
    return until is not None and duty.due_at is not None and until + BACK_IN_TIME <= duty.due_at


def _helps_nobody(owner: Professional, now: datetime) -> bool:
    """Whether the other is away too, or a placeholder: then it stays with whoever will come back."""
    return not owner.has_usable_password() or holders.away(now).filter(professional=owner).exists()


def _why(absence: Absence | None, before: Professional) -> str:
    if not before.is_active:
        return "has left"
    if absence is None:
        return "has never signed in"
    return f"is away until {local_words(absence.until)}" if absence.until else "is away"
