"""Asking a house at random who knew what, and holding every answer against the dull one."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.db.models import F

from heed.casework.knew import knew_of
from heed.casework.models import Duty, Entry, Mention, Record
from heed.core.review.asof import end_of
from tests.dull_knew import Export, knew
from tests.knew_house import AGENCIES, written

HEADING = ("subject", "on", "agency", "links", "ledger")
OF_EVENTS = ("happened_from", "happened_to", "due_at")
"""What may lie ahead of the day on which it was known: a meeting that was planned, a deadline."""
HARD = {"wrote", "told", "opened", "answered", "owed", "did", "could_see", "r1", "r6", "open", "ahead"}
"""What has to be met among the answers: in an easy house agreeing would say little."""


def agreed(folder: Path, count: int, seed: int, first: date) -> set[str]:
    """Ask so many questions about days from `first` on; every answer is the dull one's, and holds no instant later
    than its day. Gives what was met in them."""
    written(folder)
    export, chance = Export(folder), Random(seed)
    now = Entry.objects.latest("seq").at
    ask = _asking(chance, first, now.date())
    met: set[str] = set()
    for number in range(count):
        person, on = ask(number)
        agency = chance.choice(("", "", *AGENCIES))
        answer = json.loads(json.dumps(knew_of(subject=person, on=on, agency=agency, by=None, now=now)))
        told = {key: value for key, value in answer.items() if key not in HEADING}
        assert told == json.loads(json.dumps(knew(export, person, on.isoformat(), agency)))
        assert not [at for at in _instants(told) if at > end_of(on)]
        met |= _met(told)
    return met


def _asking(chance: Random, first: date, last: date) -> Callable[[int], tuple[str, date]]:
    """Whom to ask about, and which day: anybody on any day; those about whom somebody owes an answer, while it is owed
    or near; those of whom a record stands that is dated ahead of its arrival."""
    whole = Mention.objects.system("a test").values_list("source__person", flat=True)
    anybody = sorted(set(whole))
    owed = [(who, duty.opened_at.date()) for duty in Duty.objects.order_by("pk")
            for who in whole.filter(record=duty.record_id).order_by("position")]  # fmt: skip
    rows = (
        Record.objects.system("a test asks about them")
        .filter(recorded_at__gt=F("received_at"))
        .order_by("pk")
    )
    ahead = [(who, row.received_at.date()) for row in rows
             for who in whole.filter(record=row.pk).order_by("position")]  # fmt: skip

    def ask(number: int) -> tuple[str, date]:
        if number % 2:
            who, day = chance.choice(ahead if number % 4 == 1 else owed)
            return who, min(last, day + timedelta(days=chance.randrange(12)))
        return chance.choice(anybody), first + timedelta(days=chance.randrange((last - first).days))

    return ask


def _instants(value: Any) -> Iterator[datetime]:
    """Every instant anywhere in an answer, without those of events."""
    if isinstance(value, str) and "T" in value and value[:2] == "20":
        yield datetime.fromisoformat(value)
    elif isinstance(value, list):
        for each in value:
            yield from _instants(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key not in OF_EVENTS:
                yield from _instants(each)


def _met(told: dict[str, Any]) -> set[str]:
    """What an answer had in it."""
    found = {key for each in told["people"] for key, value in each.items() if value}
    found |= {f"r{each['revision']}" for each in told["records"]} | {each["state"] for each in told["duties"]}
    return found | ({"ahead"} if told["dated_later_than_received"] else set())
