"""Keys with which agencies' systems send records: made, shown once, revoked. A key can send, and read nothing."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.agencies import ensure
from heed.casework.models import AgencyKey, Professional
from heed.core.records.explained import Explained

KIND = "key"
PREFIX = "heed_"
SECRET_BYTES = 32
LONGEST_NAME = 80


def make_key(
    *, agency: str, name: str, by: Professional | None, now: datetime, new_agency: str | None = None
) -> tuple[AgencyKey, str]:
    """A new key of an agency, and its secret: the one time anybody sees it. `new_agency` names one that is not known
    yet. Raises Explained for an unfit name."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Explained(
            f"a key needs a name of 1 to {LONGEST_NAME} characters on one line, such as the system that will use it."
        )
    token = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        key = AgencyKey.objects.create(
            agency=ensure(agency, name=new_agency), name=name.strip(), digest=digest_of(token), made_at=now
        )
        _written(key, "made", by, now)
    return key, token


def revoke_key(*, number: int, by: Professional | None, now: datetime) -> AgencyKey:
    """From now on the key opens nothing. Raises Explained when there is no such key, or it was revoked before."""
    with transaction.atomic():
        if not AgencyKey.objects.filter(pk=number, revoked_at=None).update(revoked_at=now):
            raise Explained(f"there is no key {number} in use; `heed key list` names them all.")
        key = AgencyKey.objects.get(pk=number)
        _written(key, "revoked", by, now)
    return key


def digest_of(token: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256. A slow hash would protect a guessable one."""
    return sha256(token.encode()).hexdigest()


def _written(key: AgencyKey, what: str, by: Professional | None, now: datetime) -> None:
    ledger.append(
        kind=KIND,
        subject=f"key:{key.pk}",
        purpose=what,
        body={"agency": key.agency_id, "name": key.name, "digest": key.digest},
        by=by,
        agency=key.agency_id,
        now=now,
    )
