"""The house of the clock's drill, as programs of their own: `fill`, `work` (until killed) and `tell`.

Many duties at twenty agencies fall due around the two nights on which the clocks change. Half of them are about a child
in danger now, so that they climb every two hours through the night; the others climb by working days.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

DUTIES = int(os.environ.get("HEED_DRILL_DUTIES") or 1_000)
"""How many fall due. As many again stay open beside them, due long afterwards."""
AGENCIES, DESKS = 20, 20
AUTUMN, SPRING = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)
NIGHT = timedelta(hours=36)
LONG_AFTER = datetime(2029, 1, 1, tzinfo=UTC)
DANGER_HOURS = timedelta(hours=2)
STEPS_ABOVE = ("line_manager", "designated_lead", "executive")


def main() -> None:
    """One of the programs."""
    from heed.casework.installation import ready

    ready()
    {"fill": fill, "work": work, "tell": tell}[sys.argv[1]]()


def fill() -> None:
    """People with addresses in every post of twenty agencies, and the duties."""
    from django.db import connection, transaction

    from heed.casework.agencies import ensure
    from heed.casework.models import Duty

    with transaction.atomic():
        desks = [_staffed(ensure(f"agency-{n}"), n) for n in range(AGENCIES)]
        Duty.objects.bulk_create((_duty(n, desks[n % AGENCIES]) for n in range(2 * DUTIES)), batch_size=1000)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze casework_duty")


def work() -> None:
    """The clock and the letters, by the hands of a clock in a file, until somebody kills it."""
    from heed.casework.notices.carrying import tell as letters
    from heed.casework.tick import climb

    hands = Path(os.environ["HEED_HANDS"])
    while True:
        try:
            now = datetime.fromisoformat(hands.read_text())
            climb(now)
            _say_done(hands, now)
            sent = letters(now)
        except Exception as trouble:  # noqa: BLE001 - what a worker does: it says so and goes on
            print(type(trouble).__name__, file=sys.stderr, flush=True)
            sent = 0
        if not sent:
            time.sleep(0.2)


def _say_done(hands: Path, now: datetime) -> None:
    """That a clock has worked up to an instant, written whole: two of them write."""
    new = hands.with_name(f"done-{os.getpid()}")
    new.write_text(now.isoformat())
    new.replace(hands.with_name("done"))


def tell() -> None:
    """What became of it, up to the furthest instant that the hands have shown: moves missed, moves early or twice,
    notices that nobody was sent."""
    from django.db.models import Q

    from heed.casework.models import Duty, Letter, Notice

    furthest = datetime.fromisoformat(sys.argv[2])
    taken = _taken()
    missed = early = 0
    for duty in Duty.objects.filter(reference__startswith="N-").order_by("pk").iterator():
        expected = list(_expected(int(duty.reference[2:]), furthest))
        found = taken.get(duty.reference, [])
        missed += len([at for at in expected if at not in [step for step, _ in found]])
        early += len([step for step, done in found if done < step or step not in expected])
        early += len(found) - len({step for step, _ in found})
    letters = list(Letter.objects.values_list("message_id", "sent_at"))
    told = {
        "moves": sum(map(len, taken.values())), "missed": missed, "early": early, "notices": Notice.objects.count(),
        "unlettered": Notice.objects.filter(Q(letter=None) | Q(letter__given_up_at__isnull=False)).count(),
        "unsent": sum(sent is None for _, sent in letters), "ids": [name for name, _ in letters],
    }  # fmt: skip
    print(json.dumps(told))


def _staffed(agency, number: int) -> list[int]:
    """Somebody who signs in, with an address, in every post of an agency; gives whoever sits at its desks."""
    from heed.casework.models import Address, Post, Professional

    made: list[int] = []
    for post, order in [*(("duty_person", n) for n in range(DESKS)), *((post, 0) for post in STEPS_ABOVE)]:
        name = f"w{number}-{post}-{order}"
        person = Professional.objects.create(
            username=name, name=name, agency=agency, role=post, grade="frontline", password="set"
        )
        Post.objects.create(agency=agency, post=post, holder=person, order=order)
        Address.objects.create(professional=person, email=f"{name}@agency.example.org", since=AUTUMN)
        made.append(person.pk)
    return made[:DESKS]


def _duty(n: int, desks: list[int]):
    from heed.casework.models import Duty
    from heed.casework.policy import policy

    rules = policy().duties
    return Duty(
        reference=f"N-{n}", about="theme", clause=rules.danger_clause if _is_danger(n) else "of the drill",
        owing_agency_id=f"agency-{n % AGENCIES}", owner_id=desks[n // AGENCIES % DESKS], opened_at=AUTUMN, state="open",
        rung=0, due_at=_first_due(n), level="usual",
    )  # fmt: skip


def _taken() -> dict[str, list[tuple[datetime, datetime]]]:
    """The instants at which each duty's climbs are dated, each with what the clock showed then."""
    from heed.casework.models import DutyStep, Entry

    entries: dict[str, list[datetime]] = {}
    for subject, at in (
        Entry.objects.filter(kind="duty", purpose="climbed").order_by("seq").values_list("subject", "at")
    ):
        entries.setdefault(subject.removeprefix("duty:"), []).append(at)
    steps: dict[str, list[datetime]] = {}
    for reference, at in _rows(DutyStep.objects.filter(kind="climbed").order_by("duty", "number")):
        steps.setdefault(reference, []).append(at)
    return {
        reference: list(zip(steps.get(reference, []), entries.get(reference, []), strict=True))
        for reference in {*steps, *entries}
    }


def _rows(steps) -> Iterable[tuple[str, datetime]]:
    return steps.values_list("duty__reference", "at").iterator()


def _is_danger(n: int) -> bool:
    return n // 2 % 2 == 0


def _first_due(n: int) -> datetime:
    """The even ones around the autumn's night, the odd ones around the spring's; half of all long afterwards."""
    if n >= DUTIES:
        return LONG_AFTER
    return (SPRING if n % 2 else AUTUMN) + timedelta(seconds=n * 7919 % int(NIGHT.total_seconds()))


def _expected(n: int, furthest: datetime) -> Iterator[datetime]:
    """When each climb of a duty is dated, reckoned again."""
    from heed.casework.policy import policy

    ladder, due = policy().ladder, _first_due(n)
    for rung in range(1, ladder.top + 1):
        if due > furthest:
            return
        yield due
        due = due + DANGER_HOURS if _is_danger(n) else ladder.due(rung, due)


if __name__ == "__main__":
    main()
