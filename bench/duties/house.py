"""Heed's side of `bench duties`, in a process of its own: fill, find, move, tell; a JSON line for each size."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from bench.duties import DUE

BEGAN = datetime(2026, 11, 16, 10, tzinfo=UTC)
TURNS = 7
OWED = "state in ('open', 'acknowledged', 'asked')"
NOT_DUE = """
insert into casework_duty (reference, finding, about, clause, owing_agency_id, raiser_name, owner_id, opened_at, state,
  rung, due_at, moves, level)
select 'N-' || n, '', 'theme', 'of the bench', 'social_care', '', %s, %s, 'open', n %% 4,
  %s + make_interval(mins => n %% 500000), 1, 'usual'
from generate_series(%s, %s) n
"""
BARE = """
drop table if exists bare_duty; drop table if exists bare_step;
create table bare_duty (like casework_duty including all);
insert into bare_duty select * from casework_duty;
create index bare_due on bare_duty (due_at) where state in ('open', 'acknowledged', 'asked');
create table bare_step (id bigserial primary key, duty bigint, number int, at timestamptz, kind text, words text);
"""
TAKE = (
    f"select id from bare_duty where {OWED} and due_at <= %s order by due_at limit 1 for update skip locked"
)
ALL = f"select id from bare_duty where {OWED} and due_at <= %s order by due_at limit {DUE} for update skip locked"


def main() -> None:
    """Every size in turn: each time the thousand fall due on the next rung."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.duties.escalating import escalate_due

    concerns()
    filled, now = 0, BEGAN
    for size in map(int, sys.argv[1:]):
        fill(filled, size - DUE)
        filled = size - DUE
        now += timedelta(days=7)
        bare_found, found = finding(now)
        bare_moved = bare_worker(now)
        began = perf_counter()
        climbs = escalate_due(now=now)
        moved = perf_counter() - began
        assert len({climb.reference for climb in climbs}) == DUE, len(climbs)
        told = {"open": size, "due": DUE, "bare_found": bare_found, "found": found}
        print(json.dumps(told | {"bare_moved": bare_moved, "moved": moved}), flush=True)


def concerns() -> None:
    """A thousand concerns about a thousand children, received as an import would."""
    from heed.casework.actions.receive import receive_many
    from heed.core.records.reading import parse

    author = {"name": "R. Bell", "role": "pastoral lead", "grade": "frontline"}
    told = [
        {
            "v": 1, "agency": "school", "ref": f"C-{n}", "revision": 1, "kind": "concern",
            "recorded_at": BEGAN.isoformat(), "author": author, "text": "Collected at the gate by a man.",
            "people": [{"part": "child", "given_names": "Ayla", "family_name": "Marsh", "ref": f"p-{n}"}],
        }
        for n in range(DUE)
    ]  # fmt: skip
    records = [reading.record for reading in map(parse, told) if reading.record is not None]
    receive_many(records=records, by=None, now=BEGAN)


def fill(begun: int, size: int) -> None:
    """Open duties that are not due for a year and more, on every rung but the top."""
    from django.db import connection

    from heed.casework.actions.duties.holders import holder
    from heed.core.duty.posts import Post

    owner = holder("social_care", Post.DUTY_PERSON, BEGAN)
    late = BEGAN + timedelta(days=400)
    with connection.cursor() as cursor:
        cursor.execute(NOT_DUE, [owner.pk, BEGAN, late, begun + 1, size])
        for statement in BARE.strip().split(";")[:-1]:
            cursor.execute(statement)
        cursor.execute("analyze casework_duty")
        cursor.execute("analyze bare_duty")


def finding(now: datetime) -> tuple[float, float]:
    """Seconds to find and lock what is due, bare and by Heed, in turn; the middle of several turns."""
    from django.db import connection

    from heed.casework.actions.duties import escalating

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute(ALL, [now])
            return len(cursor.fetchall())

    def heed() -> int:
        return len(escalating.locked(escalating.due(now), DUE))

    pairs = [(_timed(bare), _timed(heed)) for _ in range(TURNS)]
    return median(one for one, _ in pairs), median(other for _, other in pairs)


def _timed(question: Callable[[], int]) -> float:
    """How long a question takes that finds a thousand rows; what it locked is let go."""
    from django.db import transaction

    with transaction.atomic():
        began = perf_counter()
        found = question()
        took = perf_counter() - began
        transaction.set_rollback(True)
    assert found == DUE, found
    return took


def bare_worker(now: datetime) -> float:
    """A worker without Heed: takes one row, moves it, writes a step, commits, until none is due."""
    from django.db import connection, transaction

    began = perf_counter()
    done = 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, [now])
            row = cursor.fetchone()
            if row is None:
                break
            cursor.execute(
                "update bare_duty set rung = rung + 1, due_at = %s, moves = moves + 1 where id = %s",
                [now + timedelta(days=2), row[0]],
            )
            cursor.execute(
                "insert into bare_step (duty, number, at, kind, words) values (%s, 2, %s, 'climbed', 'late')",
                [row[0], now],
            )
        done += 1
    assert done == DUE, done
    return perf_counter() - began


if __name__ == "__main__":
    main()
