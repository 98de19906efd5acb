"""Saving what somebody wrote on the concern form, with what became of the prompts, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.concerns import save_concern
from heed.casework.actions.drafts import SAVED_AS, one_page_at_a_time, throw_away
from heed.casework.actions.receive import Receipt
from heed.casework.models import Entry, Professional, WordingChoice
from heed.core.records.record import Record

KIND = "wording"


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of one prompt: `choice` is accepted, rewritten or kept; `why` a reason of policy, or empty."""

    language: str
    pair: str
    choice: str
    why: str = ""


def save_written(*, record: Record, choices: Sequence[Choice], by: Professional, now: datetime) -> Receipt:
    """Save a concern and count what its writer did with the prompts; the draft it was written in is gone after it.

    The same page again gives the same receipt and counts nothing twice. Raises what `save_concern` raises.
    """
    with transaction.atomic():
        one_page_at_a_time(by)
        receipt = save_concern(record=record, by=by, now=now)
        row = int(Entry.objects.get(seq=receipt.seq).subject.removeprefix("record:"))
        if choices and not WordingChoice.objects.filter(record=row).exists():
            _count(row, choices, by, now)
        throw_away(token=record.ref.removeprefix(SAVED_AS), by=by)
    return receipt


def _count(row: int, choices: Sequence[Choice], by: Professional, now: datetime) -> None:
    WordingChoice.objects.bulk_create(
        WordingChoice(
            record_id=row,
            agency_id=by.agency_id,
            language=each.language,
            pair=each.pair,
            choice=each.choice,
            why=each.why,
            at=now,
        )
        for each in choices
    )
    ledger.append(
        kind=KIND,
        subject=f"wording:{row}",
        purpose="what became of the prompts on words",
        body={"choices": [[each.language, each.pair, each.choice, each.why] for each in choices]},
        by=by,
        agency=by.agency_id,
        now=now,
    )
