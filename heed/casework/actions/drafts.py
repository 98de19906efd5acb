"""Keeping what somebody has not sent yet: sealed, for its writer alone, for a while. A draft is not a record, and
nothing of it stands in the ledger; its writer may throw it away."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from heed.casework.models import Draft, Professional, Record
from heed.casework.policy.sharing import sharing
from heed.casework.sealed import seal_bytes
from heed.casework.sealing import whose

SAVED_AS = "CON-"
"""Before a page's mark in the reference of the record it is saved as."""

type Answers = Mapping[str, Sequence[str]]
"""What was filled in, field by field."""


def bound(owner: int, token: str) -> tuple[str | int, ...]:
    """The place a draft is sealed in: nobody else's, and no other page's."""
    return ("casework_draft", "content", owner, token)


def one_page_at_a_time(by: Professional) -> None:
    """Of one writer, either a page is saved or a draft of it is kept, inside a transaction: where both came at once,
    the second sees the first."""
    if connection.features.has_select_for_update:
        list(Professional.objects.select_for_update(no_key=True).filter(pk=by.pk).values_list("pk"))


def keep_draft(*, token: str, answers: Answers, by: Professional, now: datetime) -> bool:
    """Keep the page as it stands, in place of how it stood before; those kept too long, or too many, go. False, and
    nothing kept, for a page whose concern is saved already: its pause came late, and would say that nobody was told."""
    rules = sharing()
    content = json.dumps({name: list(values) for name, values in answers.items()}).encode()
    with transaction.atomic():
        one_page_at_a_time(by)
        if _is_saved(token, by):
            throw_away(token=token, by=by)
            return False
        sealed = seal_bytes(content, key_of=whose.professional(by.pk), bound=bound(by.pk, token))
        Draft.objects.update_or_create(owner=by, token=token, defaults={"content": sealed, "saved_at": now})
        Draft.objects.filter(saved_at__lt=now - rules.drafts_kept).delete()
        mine = Draft.objects.filter(owner=by).order_by("-saved_at").values_list("pk", flat=True)
        Draft.objects.filter(pk__in=list(mine[rules.most_drafts :])).delete()
    return True


def throw_away(*, token: str, by: Professional) -> None:
    """Its writer does not want it any more."""
    Draft.objects.filter(owner=by, token=token).delete()


def _is_saved(token: str, by: Professional) -> bool:
    rows = Record.objects.system("no draft is kept of a page that is saved")
    return rows.filter(agency=by.agency_id, ref=f"{SAVED_AS}{token}").exists()
