"""`heed knew` against a dull second implementation that reads exported files: the same answer, and nothing later."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import F

from heed.casework.knew import knew_of
from heed.casework.models import Duty, Entry, Mention, Record
from heed.core.review.asof import end_of
from tests.dull_knew import Export, knew
from tests.knew_house import AGENCIES, made, written

pytestmark = pytest.mark.django_db
HEADING = ("subject", "on", "agency", "links", "ledger")
OF_EVENTS = ("happened_from", "happened_to", "due_at")
"""What may lie ahead of the day on which it was known: a meeting that was planned, a deadline."""
ASKED = 250
FIRST = date(2023, 9, 1)


def test_hundreds_of_questions_have_one_answer_and_nothing_later_shows(tmp_path):
    made(tmp_path, 5, 120)
    written(tmp_path)
    export, chance = Export(tmp_path), Random(6)
    now = Entry.objects.latest("seq").at
    ask = _asking(chance, now.date())
    met: set[str] = set()
    for number in range(ASKED):
        person, on = ask(number)
        agency = chance.choice(("", "", *AGENCIES))
        answer = json.loads(json.dumps(knew_of(person=person, on=on, agency=agency, by=None, now=now)))
        told = {key: value for key, value in answer.items() if key not in HEADING}
        assert told == json.loads(json.dumps(knew(export, person, on.isoformat(), agency)))
        assert not [at for at in _instants(told) if at > end_of(on)]
        met |= _met(told)
    # The house is one in which the question is hard: otherwise agreeing would say little.
    hard = {"wrote", "told", "opened", "answered", "owed", "did", "could_see", "r1", "r6", "open", "ahead"}
    assert met >= hard, hard - met


def _asking(chance: Random, last: date) -> Callable[[int], tuple[str, date]]:
    """Whom to ask about, and which day: anybody on any day; those about whom somebody owes an answer, while it is owed
    or near; those of whom a record stands that is dated ahead of its arrival."""
    whole = Mention.objects.values_list("source__person", flat=True)
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
        return chance.choice(anybody), FIRST + timedelta(days=chance.randrange((last - FIRST).days))

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
