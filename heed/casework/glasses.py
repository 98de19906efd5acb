"""Holding emergency access against the ledger: every opening and every review has its entry, every entry its row, and
every opening the duty to review it. A row put there by hand would open a child's records to somebody unseen."""

from collections.abc import Iterator
from typing import Any

from heed.casework import sealed
from heed.casework.acted import Told, differences, told_by
from heed.casework.actions.glass import ABOUT, KIND, SUBJECT
from heed.casework.keeping import Fault
from heed.casework.models import Duty, Glass, GlassReview
from heed.casework.sealing.rows import glass_reason_at, glass_review_at
from heed.core.records.when import parse_instant

OPENED, REVIEWED = "opened", "reviewed"


def glass_faults() -> Iterator[Fault]:
    """Every difference between openings with their reviews, the ledger, and the duties."""
    yield from differences({**_openings(), **_reviews()}, told_by(KIND, _said))
    owed = set(Duty.objects.filter(about__startswith=ABOUT).values_list("about", flat=True))
    for reference in Glass.objects.order_by("pk").values_list("reference", flat=True):
        if f"{ABOUT}{reference}" not in owed:
            yield Fault(f"{SUBJECT}{reference}", "nobody owes its review")


def _openings() -> Told:
    rows = list(Glass.objects.order_by("pk"))
    words = sealed.tried([(row.reason, glass_reason_at(row.reference)) for row in rows])
    return {
        (f"{SUBJECT}{row.reference}", OPENED): (
            row.professional_id, row.at, row.source_agency, row.source_ref, row.ground, row.until, said,
        )
        for row, said in zip(rows, words, strict=True)
    }  # fmt: skip


def _reviews() -> Told:
    rows = list(GlassReview.objects.order_by("pk").select_related("glass"))
    words = sealed.tried([(row.words, glass_review_at(row.pk)) for row in rows])
    return {
        (f"{SUBJECT}{row.glass.reference}", REVIEWED): (row.by_id, row.at, row.justified, said)
        for row, said in zip(rows, words, strict=True)
    }


def _said(purpose: str, body: dict[str, Any]) -> tuple[object, ...]:
    if purpose == REVIEWED:
        return body["justified"], body["words"]
    return *body["source"], body["ground"], parse_instant(body["until"]), body["reason"]
