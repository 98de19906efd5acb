"""Telling somebody in a browser: they turn it on there themselves, and off from wherever they are signed in."""

from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.presence import KIND
from heed.casework.models import Professional, Way
from heed.casework.notices.browsers import is_service, key
from heed.core.duty.notices import By
from heed.core.records.explained import Explained

MOST = 5
"""So many browsers of one person: a desk, a telephone, and some that were left behind."""


def tell_in_browser(*, place: str, by: Professional, now: datetime) -> Way:
    """Wake this browser when something urgent waits for them: `place` is what its push service named. A browser is told
    for one person: whoever had turned it on there is not told there any more. Raises Explained."""
    plain = place.strip()
    if key() is None:
        raise Explained("This Heed tells nobody in a browser: whoever runs it has set no key for that.")
    if not is_service(plain):
        raise Explained(
            "This browser is woken by a service that the partnership has not named, so it was not turned on. Letters "
            "reach you all the same."
        )
    with transaction.atomic():
        same = Way.objects.filter(kind=By.BROWSER, place=plain).select_related("professional").first()
        if same is not None and same.professional_id == by.pk and same.refused_at is None:
            return same
        if same is not None:
            same.delete()
            _write(same.professional, f"not reached by {By.BROWSER} any more", by, now)
        _room_for_one(by, now)
        made = Way.objects.create(professional=by, kind=By.BROWSER, place=plain, since=now)
        _write(by, f"reached by {By.BROWSER}", by, now)
    return made


def tell_no_more(*, number: int, by: Professional, now: datetime) -> None:
    """One of their browsers is not woken any more. Raises Explained where it is not theirs."""
    with transaction.atomic():
        ended, _ = Way.objects.filter(pk=number, professional=by, kind=By.BROWSER).delete()
        if not ended:
            raise Explained("You are not told in that browser.")
        _write(by, f"not reached by {By.BROWSER} any more", by, now)


def _room_for_one(by: Professional, now: datetime) -> None:
    """Those that refuse go, and of too many the one that was turned on longest ago."""
    held = list(Way.objects.filter(professional=by, kind=By.BROWSER).order_by("-since"))
    refused = [each for each in held if each.refused_at is not None]
    kept = [each for each in held if each.refused_at is None]
    for each in (*refused, *kept[MOST - 1 :]):
        each.delete()
        _write(by, f"not reached by {By.BROWSER} any more", by, now)


def _write(who: Professional, purpose: str, by: Professional, now: datetime) -> None:
    ledger.append(
        kind=KIND, subject=f"professional:{who.pk}", purpose=purpose, body={}, by=by, agency=who.agency_id, now=now
    )  # fmt: skip
