"""The house of `bench knew`: who is who from the county's truth, looks, then every question both ways. A program."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

from bench.knew import LOOKS, QUESTIONS
from bench.knew.beside import Beside

A_PORTION = 2000
WARM = 10


def main() -> None:
    """Prepare, ask, tell."""
    from heed.casework.installation import ready

    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    ready()
    from heed.casework.knew import knew_of

    truth = json.loads((folder / "truth.json").read_text())
    chance = Random(seed)
    _join(truth)
    now = datetime.now(UTC)
    _look(chance, now)
    beside = Beside()
    first = date.fromisoformat(truth["from"])
    days = (date.fromisoformat(truth["until"]) - first).days
    children = sorted(child["person"] for child in truth["children"] if child["sources"])
    ours, theirs, rows = [], [], []
    for number in range(WARM + QUESTIONS):
        person, on = chance.choice(children), first + timedelta(days=chance.randrange(days))
        began = perf_counter()
        answer = knew_of(subject=person, on=on, agency="", by=None, now=now)
        between = perf_counter()
        names = beside.asked(person, on)
        ended = perf_counter()
        _agree(answer["records"], names)
        if number >= WARM:
            ours.append((between - began) * 1000)
            theirs.append((ended - between) * 1000)
            rows.append(len(names))
    print(json.dumps(_told(ours, theirs, rows) | beside.counts()))


def _agree(records: Sequence[dict[str, object]], names: set[tuple[str, str]]) -> None:
    """A quick answer to another question would be no measure."""
    found = {(str(each["agency"]), str(each["ref"])) for each in records}
    if found != names:
        raise SystemExit(f"the two ways do not agree: {len(found)} and {len(names)} records")


def _told(ours: list[float], theirs: list[float], rows: list[int]) -> dict[str, float]:
    return {
        "questions": len(ours),
        "rows": sum(rows) / len(rows),
        "heed": median(ours),
        "heed_p95": quantiles(ours, n=20)[-1],
        "sql": median(theirs),
        "sql_p95": quantiles(theirs, n=20)[-1],
    }


def _join(truth: dict[str, list[dict[str, object]]]) -> None:
    """Which files are one child's, as the truth has it: linking is measured elsewhere."""
    from django.db import connection, transaction

    rows = [
        (child["person"], f"{agency} {ref}")
        for child in truth["children"]
        for agency, ref in child["sources"]
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("update casework_source set person = %s where key = %s", rows)


def _look(chance: Random, now: datetime) -> None:
    """People looked: at some children's records, now and then."""
    from django.db import transaction

    from heed.casework.actions import ledger
    from heed.casework.agencies import ensure
    from heed.casework.models import Mention, Professional

    made = [
        Professional(username=f"p{n}", name=f"P. Number {n}", agency=ensure("police"), role="officer")
        for n in range(40)
    ]
    for each in made:
        each.grade = "frontline"
        each.set_unusable_password()
        each.save()
    persons: dict[str, set[int]] = {}
    mentions = Mention.objects.system("a bench: whose records somebody looks at")
    for person, row in mentions.values_list("source__person", "record_id").iterator():
        persons.setdefault(person, set()).add(row)
    names = sorted(persons)
    for _ in range(LOOKS // A_PORTION):
        acts = []
        for _ in range(A_PORTION):
            person, by = chance.choice(names), chance.choice(made)
            at = now - timedelta(days=chance.randrange(5800))
            body = {"records": sorted(persons[person])}
            acts.append(ledger.Act("consultation", person, "a child's page", by, "police", at, body))
        with transaction.atomic():
            ledger.append_many(acts)


if __name__ == "__main__":
    main()
