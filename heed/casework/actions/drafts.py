"""Keeping what somebody has not sent yet: sealed, for its writer alone, for a while. A draft is not a record, and
nothing of it stands in the ledger; its writer may throw it away."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction

from heed.casework.models import Draft, Professional, Record
from heed.casework.policy.sharing import sharing
from heed.casework.sealed import Gone, Unreadable, open_bytes, seal_bytes
from heed.casework.sealing import box, whose
from heed.core.records.sources import source_from_key

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


def about(*, records: Iterable[tuple[str, str]], sources: Collection[str]) -> list[Draft]:
    """The drafts that are known to concern these records (agency, reference), or a child with one of these sources:
    the page of a record, or a page that gives her reference at the writer's agency. A name alone says nothing for
    certain, and a page about another child of that name would go with it."""
    children = {source_from_key(key) for key in sources}
    pages = {(agency, ref.removeprefix(SAVED_AS)) for agency, ref in records if ref.startswith(SAVED_AS)}
    agencies = {agency for agency, _ in children | pages}
    rows = Draft.objects.filter(owner__agency__in=agencies).select_related("owner").order_by("pk")
    return [
        row
        for row in rows
        if (row.owner.agency_id, row.token) in pages or (row.owner.agency_id, _child_of(row)) in children
    ]


def sweep(drafts: Collection[Draft]) -> Iterator[str]:
    """Remove them; gives the keys they were sealed under, so that no older copy opens them once those are destroyed."""
    Draft.objects.filter(pk__in=[row.pk for row in drafts]).delete()
    for row in drafts:
        try:
            yield box.key_of_bytes(bytes(row.content))
        except Unreadable:
            continue


def _child_of(row: Draft) -> str:
    try:
        answers = json.loads(open_bytes(bytes(row.content), bound=bound(row.owner_id, row.token)))
    except (Gone, Unreadable):
        return ""
    return " ".join("".join(answers.get("child_ref", [])).split())


def _is_saved(token: str, by: Professional) -> bool:
    rows = Record.objects.system("no draft is kept of a page that is saved")
    return rows.filter(agency=by.agency_id, ref=f"{SAVED_AS}{token}").exists()
