"""Noting who signed in, and holding back whoever fails too often."""

import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import FailedSignIn, Professional

SPAN = timedelta(minutes=15)
MOST = (10, 50, 50)
"""Failures within SPAN after which the next try is held back: of a name at an address, of a name, of an address.
The last two are wide: a stranger should not easily keep somebody out, nor one person a whole office."""


def note_sign_in(*, by: Professional, now: datetime) -> None:
    """Write in the ledger that somebody signed in."""
    with transaction.atomic():
        _entry("sign_in", by, "to use Heed", by, now)


def held_back(name: str, address: str, now: datetime) -> bool:
    """Whether so many tries have failed lately that this one is not looked at."""
    lately = FailedSignIn.objects.filter(at__gt=now - SPAN)
    keys = zip(_keys(name, address), MOST, strict=True)
    return any(lately.filter(key=key).count() >= most for key, most in keys)


def note_failure(*, name: str, address: str, by: None, now: datetime) -> None:
    """Count a failed try, by nobody known, and write in the ledger whose name was tried if there is such a person.
    What no longer counts is removed."""
    tried = Professional.objects.filter(username=name).first() if "\0" not in name else None
    with transaction.atomic():
        FailedSignIn.objects.filter(at__lte=now - SPAN).delete()
        FailedSignIn.objects.bulk_create(FailedSignIn(key=key, at=now) for key in _keys(name, address))
        if tried is not None:
            _entry("refusal", tried, "to sign in", by, now)


def _entry(kind: str, whose: Professional, purpose: str, by: Professional | None, now: datetime) -> None:
    subject = f"professional:{whose.pk}"
    ledger.append(
        kind=kind, subject=subject, purpose=purpose, body={}, by=by, agency=whose.agency_id, now=now
    )


def _keys(name: str, address: str) -> Sequence[str]:
    who = name.strip().casefold()
    return [_key(f"both {address} {who}"), _key(f"name {who}"), _key(f"address {address}")]


def _key(words: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), words.encode("utf-8", "replace"), sha256).hexdigest()
