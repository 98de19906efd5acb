"""Policy in force: when what moves duties changes, Heed says so before it goes by it, in the ledger and on each duty.

A duty that runs keeps the deadline it was given. Only its next rung is measured by what is in force by then, and the
step says that.
"""

import hashlib
import json
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.models import PolicyInForce
from heed.casework.policy.whole import in_words
from heed.core.records.canonical import canonical

KIND = "policy"
MOST = 200


def note_policy(*, now: datetime) -> PolicyInForce | None:
    """Write down what policy says from now on, if it says something else than before; gives what was written."""
    words = dict(in_words())
    text = canonical(words).decode()
    digest = hashlib.sha256(text.encode()).hexdigest()
    last = PolicyInForce.objects.order_by("-pk").first()
    if last is not None and last.digest == digest:
        return None
    changes = _changes(json.loads(last.text), words) if last is not None else []
    with transaction.atomic():
        ledger.append(
            kind=KIND, subject=f"policy:{digest[:16]}", purpose="in force",
            body={"digest": digest, "changes": changes}, by=None, agency=None, now=now,
        )  # fmt: skip
        return PolicyInForce.objects.create(
            at=now, digest=digest, text=text, changes=canonical(changes).decode()
        )


def _changes(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """Each key that changed, with what it was and what it is; empty for what was or is not there."""
    keys = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
    return [[key, before.get(key, ""), after.get(key, "")] for key in keys[:MOST]]
