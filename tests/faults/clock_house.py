"""The house of the clock's drill, as programs of their own: `fill`, `work` (until killed) and `tell`.

Many duties at twenty agencies fall due around the two nights on which the clocks change. Half of them are about a child
in danger now, so that they climb every two hours through the night; the others climb by working days.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

DUTIES = int(os.environ.get("HEED_DRILL_DUTIES") or 1_000)
"""How many fall due. As many again stay open beside them, due long afterwards."""
WHOLE_LADDER = 5
"""One in so many begins at the bottom and climbs every rung; the others begin on the third rung from the top."""
AGENCIES, DESKS = 20, 20
AUTUMN, SPRING = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2027, 3, 27, 20, tzinfo=UTC)
NIGHT = timedelta(hours=36)
LONG_AFTER = datetime(2029, 1, 1, tzinfo=UTC)
DANGER_HOURS = timedelta(hours=2)
COLUMNS = (
    "reference", "finding", "about", "clause", "owing_agency_id", "raiser_name", "owner_id", "opened_at", "state", "rung",
    "due_at", "moves", "level",
)  # fmt: skip
STEPS_ABOVE = ("line_manager", "designated_lead", "executive")


def main() -> None:
    """One of the programs."""
    from heed.casework.installation import ready

    ready()
    {"fill": fill, "work": work, "tell": tell}[sys.argv[1]]()


def fill() -> None:
    """People with addresses in every post of twenty agencies, and the duties."""
    from django.db import connection, transaction

    from heed.casework.actions.inserting import insert
    from heed.casework.agencies import ensure
    from heed.casework.models import Duty

    with transaction.atomic():
        desks = [_staffed(ensure(f"agency-{n}"), n) for n in range(AGENCIES)]
        insert(Duty, COLUMNS, (_duty(n, desks[n % AGENCIES]) for n in range(2 * DUTIES)))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("analyze casework_duty")


def work() -> None:
    """The clock, and the letters beside it in a thread of their own, by the hands of a clock in a file, until somebody
    kills it."""
    threading.Thread(target=_again_and_again, args=(_carry,), daemon=True).start()
    _again_and_again(_climb)


def _again_and_again(act: Callable[[Path, datetime], int]) -> None:
    """What a worker does: a failure is said, and it goes on. It rests where there was nothing to do."""
    hands = Path(os.environ["HEED_HANDS"])
    while True:
        try:
            done = act(hands, datetime.fromisoformat(hands.read_text()))
        except Exception as trouble:  # noqa: BLE001 - as a worker's wide nets
            print(type(trouble).__name__, file=sys.stderr, flush=True)
            done = 0
        if not done:
            time.sleep(0.2)


def _climb(hands: Path, now: datetime) -> int:
    from heed.casework.tick import climb

    climbs = climb(now)
    _say(hands, "done", now)
    return len(climbs)


def _carry(hands: Path, now: datetime) -> int:
    """Letters. Where none can be sent at this instant it says so, first whether anything at all still waits."""
    from heed.casework.actions.duties.escalating import due
    from heed.casework.models import Letter, Notice
    from heed.casework.notices.carrying import tell as letters

    sent = letters(now)
    if sent:
        return sent
    unlettered, unsent = Notice.objects.filter(letter=None), Letter.objects.filter(sent_at=None)
    if not (unlettered.exists() or unsent.exists() or due(now).exists()):
        _say(hands, "settled", now)
    _say(hands, "idle", now)
    return 0


def _say(hands: Path, what: str, now: datetime) -> None:
    """That a worker is done up to an instant, written whole: two of them write."""
    new = hands.with_name(f"{what}-{os.getpid()}")
    new.write_text(now.isoformat())
    new.replace(hands.with_name(what))


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


def _duty(n: int, desks: list[int]) -> tuple[object, ...]:
    from heed.casework.actions.inserting import instant_writer
    from heed.casework.policy import policy

    rules, taken = policy().duties, instant_writer()
    return (
        f"N-{n}", "", "theme", rules.danger_clause if _is_danger(n) else "of the drill", f"agency-{n % AGENCIES}", "",
        desks[n // AGENCIES % DESKS], taken(AUTUMN), "open", _first_rung(n), taken(_first_due(n)), 1, "usual",
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


def _first_rung(n: int) -> int:
    from heed.casework.policy import policy

    return 0 if n // (AGENCIES * DESKS) % WHOLE_LADDER == 0 else policy().ladder.top - 2


def _expected(n: int, furthest: datetime) -> Iterator[datetime]:
    """When each climb of a duty is dated, reckoned again."""
    from heed.casework.policy import policy

    ladder, due = policy().ladder, _first_due(n)
    for rung in range(_first_rung(n) + 1, ladder.top + 1):
        if due > furthest:
            return
        yield due
        due = due + DANGER_HOURS if _is_danger(n) else ladder.due(rung, due)


if __name__ == "__main__":
    main()
