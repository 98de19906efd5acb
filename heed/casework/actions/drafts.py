"""Keeping what somebody has not sent yet: sealed, for its writer alone, for a while. A draft is not a record, and
nothing of it stands in the ledger; its writer may throw it away."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from heed.casework.models import Draft, Professional
from heed.casework.policy.sharing import sharing
from heed.casework.sealed import seal_bytes
from heed.casework.sealing import whose

type Answers = Mapping[str, Sequence[str]]
"""What was filled in, field by field."""


def bound(owner: int, token: str) -> tuple[str | int, ...]:
    """The place a draft is sealed in: nobody else's, and no other page's."""
    return ("casework_draft", "content", owner, token)


def keep_draft(*, token: str, answers: Answers, by: Professional, now: datetime) -> None:
    """Keep the page as it stands, in place of how it stood before; those kept too long, or too many, go."""
    rules = sharing()
    content = json.dumps({name: list(values) for name, values in answers.items()}).encode()
    with transaction.atomic():
        sealed = seal_bytes(content, key_of=whose.professional(by.pk), bound=bound(by.pk, token))
        Draft.objects.update_or_create(owner=by, token=token, defaults={"content": sealed, "saved_at": now})
        Draft.objects.filter(saved_at__lt=now - rules.drafts_kept).delete()
        mine = Draft.objects.filter(owner=by).order_by("-saved_at").values_list("pk", flat=True)
        Draft.objects.filter(pk__in=list(mine[rules.most_drafts :])).delete()


def throw_away(*, token: str, by: Professional) -> None:
    """Its writer does not want it any more."""
    Draft.objects.filter(owner=by, token=token).delete()
