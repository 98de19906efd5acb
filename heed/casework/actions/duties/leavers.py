"""Leavers and whoever is away: what they owe is owed by whoever stands where they stood. The deadline stays."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q

from heed.casework.actions.duties import holders
from heed.casework.actions.duties.barring import Near, barred_of, barred_people
from heed.casework.actions.duties.passing import one_by_one, pass_on
from heed.casework.local import local_words
from heed.casework.models import Absence, Duty, Professional
from heed.casework.policy import policy
from heed.core.duty.moves import OWED

BACK_IN_TIME = timedelta(hours=4)
"""Whoever is back so long before a deadline keeps what they owe."""


def pass_on_leavers(*, now: datetime) -> list[str]:
    """Pass on every duty whose owner has left, or is away until too late; gives their references. Raises NotPassedOn, at
    the end, for those that could not be.

    Silence would pass most of them up anyway, but later, and from the top rung nothing climbs.
    """
    away, board = _longest(holders.away(now)), holders.Board()
    gone = Q(owner__is_active=False) | Q(owner__in=list(away)) | _nobody_yet(board, now)
    owed = Duty.objects.filter(gone, state__in=OWED).order_by("pk").select_related("owner")
    near = barred_people()
    return one_by_one(owed, lambda duty: _passed_on(duty, away.get(duty.owner_id), board, near, now))


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


def _passed_on(duty: Duty, absence: Absence | None, board: holders.Board, near: Near, now: datetime) -> bool:
    before = duty.owner
    if absence is not None and before.is_active and _is_back_in_time(duty, absence):
        return False
    # Never to whoever is barred from it: the next turn would only have to take it from them again.
    barred = barred_of(duty, near)
    find = (holders.Board(barred) if barred else board).holder
    owner = holders.of_rung(duty.owing_agency_id, policy().ladder.at(duty.rung), now, find)
    if owner.pk == before.pk or (before.is_active and _helps_nobody(owner, now)):
        return False
    words = f"{before} {_why(absence, before)}. Owed now by {owner} ({owner.agency})."
    return pass_on(duty=duty, to=owner, words=words, by=None, now=now)


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
