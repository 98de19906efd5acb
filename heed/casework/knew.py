"""Who knew what on a day, for whoever runs this Heed: asked for in the ledger first, then answered."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from heed.casework import sealed
from heed.casework.actions.asking import knew_asked
from heed.casework.knowing import facts_of, ledger_now
from heed.casework.models import Finding, Professional, Record, Registered
from heed.casework.subjects import hers_of
from heed.core.records.explained import Explained
from heed.core.review.answer import as_json
from heed.core.review.asof import end_of
from heed.core.review.knowing import knew

LINKS = "as they stand now"


def knew_of(*, subject: str, on: date, agency: str, by: Professional | None, now: datetime) -> dict[str, Any]:
    """The answer about one subject as JSON. Raises Explained for one that is not here, and for a day to come."""
    if end_of(on) > end_of(now.date()):
        raise Explained(f"{on} has not come yet: ask about a day up to {now.date()}.")
    end = end_of(on)
    rows = Record.objects.system("who knew what: asked on the command line, and written into the ledger")
    try:
        facts = facts_of(rows, hers_of(subject, rows), end)
    except sealed.Unreadable:
        raise Explained(
            "a record about this person cannot be opened, because it is not what was sealed there, or its key is not in "
            "the keyring. Run `heed ledger verify`: an answer without that record would be a false one."
        ) from None
    knew_asked(
        subject=_opaque(subject),
        on=on,
        agency=agency,
        records=[each.row for each in facts.kept],
        by=by,
        now=now,
    )
    told = {"subject": subject, "on": on.isoformat(), "agency": agency or None, "links": LINKS}
    return {**told, "ledger": asdict(ledger_now()), **as_json(knew(facts, end, agency))}


def _opaque(subject: str) -> str:
    """How the ledger names a subject, as the looks at its own page do."""
    if Finding.objects.filter(pk=subject).exists():
        return f"finding:{subject}"
    return f"register:{subject}" if Registered.objects.filter(reference=subject).exists() else subject
