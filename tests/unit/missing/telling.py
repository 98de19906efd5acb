"""Missing episodes for tests, as short as records can be: one child, known by her NHS number to every agency."""

from datetime import datetime, timedelta
from typing import Any

from heed.casework.actions.missing.opening import owe_missing
from heed.casework.actions.receive import receive_many
from heed.casework.linking import link_sources
from heed.casework.models import Duty, Outbox, Record, Source
from heed.core.records.reading import parse
from heed.core.records.record import Record as Told
from tests.concerns import MONDAY

HER = {"given_names": "Ayla", "family_name": "Marsh", "born": "2011-02-11", "ids": {"nhs": "9990000018"}}
NOW = MONDAY


def told(ref: str, *, agency: str = "police", kind: str = "missing", days: float = 0, hours: float | None = None,
         born: str = "2011-02-11", risk: str = "medium", revision: int = 1, **more: Any) -> Told:  # fmt: skip
    """A record of something that began so many days before NOW, and lasted so many hours; open where none are given."""
    start = NOW - timedelta(days=days)
    end = {} if hours is None else {"happened_to": (start + timedelta(hours=hours)).isoformat()}
    graded = {"category": "missing", "risk": risk, "risk_reason": "out of character, not answering"}
    document = {
        "v": 1, "agency": agency, "ref": ref, "revision": revision, "kind": kind, "happened_from": start.isoformat(),
        "recorded_at": (start + timedelta(minutes=revision)).isoformat(), "author": {"name": "R. Bell", "role": "worker"},
        "people": [{"part": "child", "ref": f"{agency}-7", **HER, "born": born}], **end,
        **({"missing": graded} if kind == "missing" else {}), **more,
    }  # fmt: skip
    reading = parse(document)
    assert reading.record is not None, reading.problems
    return reading.record


def saved(*records: Told, now: datetime = NOW, look: bool = True) -> int:
    """Taken in, linked, and everything owed for them opened, as the worker does it; gives the steps that took. Without a
    look: taken in and linked only."""
    receive_many(records=list(records), by=None, now=now)
    link_sources(list(Source.objects.values_list("key", flat=True)), now)
    Outbox.objects.update(done_at=now)
    return again(now) if look else 0


def again(now: datetime = NOW) -> int:
    """The worker once more over everything."""
    rows = Record.objects.system("a test asks again").values_list("pk", flat=True)
    return owe_missing(records=list(rows), by=None, now=now)


def owed(about: str, **more: Any) -> list[Duty]:
    """The duties about something."""
    return list(Duty.objects.filter(about__startswith=about, **more).order_by("pk"))


def interview(
    status: str, *, agency: str = "voluntary", days: float = 0.1, revision: int = 1, **more: Any
) -> Told:
    """A return interview of the police's first record, by somebody who says that they are independent."""
    held = {"status": status, "of_agency": "police", "of_ref": "M-1", "independent": True, **more}
    return told(
        "RHI-1",
        agency=agency,
        kind="return_interview",
        days=days,
        revision=revision,
        extra={"interview": held},
    )
