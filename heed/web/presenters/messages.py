"""What an agency's system is told: JSON, for every line what became of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from heed.casework.actions.messages import Answered
from heed.casework.actions.receive import Outcome
from heed.casework.policy import policy
from heed.core.records.clocks import AHEAD, is_ahead
from heed.core.records.explained import Explained
from heed.core.records.revisions import taken_back
from heed.formats.contract import Blank, Refused, Row, Usable
from heed.web.forms.message import Faulty

UNKNOWN = {
    "saved": False,
    "error": "NOT saved: send Authorization: Bearer and a key that is in use; `heed key make` makes one.",
}
OTHER_CONTENT = {
    "saved": False,
    "error": "NOT saved: this Idempotency-Key was used for another message. Send new content under a new one.",
    "key": "Idempotency-Key",
}
NOT_WRITTEN = {
    "saved": False,
    "error": "NOT saved: Heed could not write it down. Send the same message again in a minute, under the same "
    "Idempotency-Key; if it fails again, ring whoever runs Heed.",
}
OTHER_KEPT = "a higher revision: other content is kept under this one, or a higher one is kept"
"""A key reads nothing: in what the two differ, and what is kept, is not said."""
HELD = "Kept, and held: far more came today than usual. It counts when a manager has looked at it."


def faulty(fault: Faulty) -> dict[str, Any]:
    """A message that could not be read as one."""
    words = f"NOT saved: {fault.key}: found {fault.found}; expected {fault.expected}."
    found = {"key": fault.key, "found": fault.found, "expected": fault.expected}
    return {"saved": False, "error": words, **found}


def explained(trouble: Explained) -> dict[str, Any]:
    """Something a person at the house must mend first."""
    return {"saved": False, "error": f"NOT saved: {trouble}"}


def status(rows: Sequence[Row], answered: Answered) -> int:
    """200: every line is in; 207: some are, some were refused; 422: none is."""
    refused = sum(isinstance(row, Refused) for row in rows)
    kept = sum(outcome.receipt is not None for outcome in answered.outcomes)
    refused += len(answered.outcomes) - kept
    if not refused:
        return 200
    return 207 if kept else 422


def answer(rows: Sequence[Row], answered: Answered) -> dict[str, Any]:
    """The account of the message, and of each line in its order; blank lines are only counted."""
    results = list(_results(rows, zip(answered.outcomes, answered.receipts, strict=True)))
    told = Counter(each["outcome"] for each in results)
    account = {way: told[way] for way in ("accepted", "superseding", "unchanged", "refused")}
    account["blank"] = sum(isinstance(row, Blank) for row in rows)
    whole: dict[str, Any] = {"saved": len(results) > told["refused"], "lines": len(rows), **account}
    if answered.batch is not None:
        whole["batch"] = answered.batch
    if answered.held:
        whole["held"] = HELD
    return {**whole, "results": results}


def _results(rows: Iterable[Row], outcomes: Iterable[tuple[Outcome, str]]) -> Iterable[dict[str, Any]]:
    waiting = iter(outcomes)
    for row in rows:
        match row:
            case Usable():
                yield _one(row, *next(waiting))
            case Refused():
                yield _refused(row.at.number, row.key, row.found, row.expected)


def _one(row: Usable, outcome: Outcome, signed: str) -> dict[str, Any]:
    receipt = outcome.receipt
    if receipt is None:
        revision = f"revision {row.record.revision}"
        wanted = taken_back(row.record.revision) if outcome.withdrawn else OTHER_KEPT
        return _refused(row.at.number, "revision", revision, wanted) | {"ref": row.record.ref}
    found: dict[str, Any] = {"line": row.at.number, "outcome": outcome.kind, "ref": row.record.ref}
    late = is_ahead(row.record.recorded_at, receipt.at, policy().intake.clock_skew)
    if notes := [*row.notes, *([AHEAD] if late else [])]:
        found["notes"] = notes
    found["receipt"] = {
        "seq": receipt.seq,
        "leaf": receipt.leaf,
        "at": receipt.at.isoformat(),
        "signed": signed,
    }
    return found


def _refused(line: int, key: str, found: str, expected: str) -> dict[str, Any]:
    return {"line": line, "outcome": "refused", "key": key, "found": found, "expected": expected}
