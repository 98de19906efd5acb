"""The receipt page in words: what was saved, who owes an answer, and what happens on silence."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.receipts import Saved
from heed.casework.policy import policy
from heed.web.presenters import deadlines, duties
from heed.web.presenters.wording import capital


@dataclass(frozen=True, slots=True)
class ReceiptShown:
    """A receipt. `number` is what to read out on the telephone."""

    seq: int
    number: str
    at: datetime
    danger: bool
    duties: tuple[duties.DutyShown, ...]
    promises: tuple[str, ...]
    ladder: tuple[str, ...]


def page(saved: Saved, now: datetime) -> ReceiptShown:
    """Everything on the receipt page."""
    return ReceiptShown(
        seq=saved.seq,
        number=f"{saved.seq}-{saved.leaf}",
        at=saved.at,
        danger=saved.danger,
        duties=tuple(duties.duty(owed, now) for owed in saved.duties),
        promises=tuple(
            f"{duties.person(owed.owner)} owes you an answer by {deadlines.moment(owed.due_at, now)}."
            for owed in saved.duties
            if owed.due_at
        ),
        ladder=tuple(
            f"{capital(rung.name)}: {policy().duties.danger_answer if saved.danger else rung.answer} to answer"
            for rung in policy().ladder.rungs
        ),
    )
