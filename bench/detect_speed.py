"""`heed bench detect-speed`: detection over the county's years and over many counties at once, and one look at a time.

Beside it: DuckDB reading, joining and grouping the same tables once; the place rule in pandas; pairs at a place in
networkx. Many counties are the county's own facts again under other names of people and things, so that nothing meets
across them. Medians of three where a run is short; memory is the most this process ever held.
"""

import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.replay import read
from heed.core.patterns.detector import Span
from heed.core.patterns.finding import day_number
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.detect import Policy, all_raised, detect
from heed.warehouse.facts import Facts

ONCE = """
select t.kind, t.match, count(*) as rows_there, count(distinct p.person) as people, min(r.recorded_s) as first_s
from record r join mention m on m.record_id = r.record_id join person_of p on p.source = m.source
left join thing t on t.record_id = r.record_id
group by t.kind, t.match
"""
TIMES = 3


def command(county: Path | None, town: str, seed: int, lines: int) -> int:
    """What `heed bench detect-speed` runs; `lines`: records of the many counties."""
    from bench.replay import _made
    from heed.casework.policy.thresholds import read_thresholds
    from heed.casework.progress import say

    with TemporaryDirectory() as place:
        folder = county or _made(Path(place), town, seed, say)
        truth = json.loads((folder / "truth.json").read_text())
        facts = read(folder, truth)
    first, last = date.fromisoformat(truth["from"]), date.fromisoformat(truth["until"])
    for line in told(facts, first, last, read_thresholds(), lines, say):
        print(line, flush=True)
    return 0


def told(
    facts: Facts,
    first: date,
    last: date,
    policy: Policy,
    lines: int,
    say: Callable[[str], None] = lambda words: None,
) -> Iterator[str]:
    """The lines of the report."""
    records = len(facts.rows["record"])
    house = in_memory(facts)
    house.derive()
    span = Span(day_number(first), day_number(last))
    once = median(lambda: house.rows(ONCE))
    whole = median(lambda: all_raised(house, span, policy))
    yield f"{records:,} records, {(last - first).days // 365} years: detection of every day {whole:.2f} s;"
    yield f"{once:.2f} s to read, join and group the same tables once; {whole / once:.1f} times"
    yield f"the place rule in pandas: {_pandas(house)}; pairs at places in networkx: {_networkx(house):.2f} s"
    say("one look, after one year and after all of them")
    yield from _looks(facts, first, last, policy)
    house.close()
    if lines > records:
        say(f"{lines:,} records")
        yield from _many(facts, span, policy, -(-lines // records))


def _looks(facts: Facts, first: date, last: date, policy: Policy) -> Iterator[str]:
    for years in (1, (last - first).days // 365):
        until = min(last, first + timedelta(days=365 * years))
        short = until_then(facts, (day_number(until) + 1) * 86400)
        house = in_memory(short)
        seconds = median(lambda house=house, until=until: detect(_anew(house), until, policy))
        records = len(short.rows["record"])
        yield f"one look after {years} years ({records:,} records): {seconds:.2f} s with all tables derived"
        house.close()


def _anew(house: Warehouse) -> Warehouse:
    return Warehouse(house.connection)


def _many(facts: Facts, span: Span, policy: Policy, times: int) -> Iterator[str]:
    house = in_memory(multiplied(facts, times))
    began = time.perf_counter()
    house.rows(ONCE)
    once = time.perf_counter() - began
    began = time.perf_counter()
    house.derive()
    derived = time.perf_counter() - began
    found = all_raised(house, span, policy)
    seconds = time.perf_counter() - began
    records = house.rows("select count(*) from record")[0][0]
    house.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    yield f"{records:,} records of {times} counties: {seconds:.0f} s ({derived:.0f} s deriving), {once:.1f} s to read,"
    yield f"join and group once, {seconds / once:.1f} times; {peak:.1f} GB; {len(found):,} raisings"


def multiplied(facts: Facts, times: int) -> Facts:
    """The same records of so many counties."""
    found = Facts()
    step = max(row[0] for row in facts.rows["record"]) + 1
    for n in range(times):
        add = n * step
        found.rows["record"] += [
            (row[0] + add, row[1], f"{n}/{row[2]}", *row[3:]) for row in facts.rows["record"]
        ]
        found.rows["mention"] += [
            (row[0] + add, row[1], row[2], f"{row[3]}/{n}", row[4] and f"{row[4]}/{n}")
            for row in facts.rows["mention"]
        ]
        found.rows["thing"] += [
            (row[0] + add, *row[1:5], f"{row[5]}/{n}" if row[5] else "", row[6])
            for row in facts.rows["thing"]
        ]
        found.rows["person_of"] += [
            (f"{source}/{n}", f"{person}/{n}") for source, person in facts.rows["person_of"]
        ]
    return found


def until_then(facts: Facts, end_s: int) -> Facts:
    """What had been recorded before an instant."""
    found = Facts()
    known = {row[0] for row in facts.rows["record"] if row[8] < end_s}
    for name in ("record", "mention", "thing"):
        found.rows[name] = [row for row in facts.rows[name] if row[0] in known]
    found.rows["person_of"] = facts.rows["person_of"]
    return found


def _pandas(house: Warehouse) -> str:
    try:
        import pandas
    except ImportError:
        return "not installed here"
    rows = house.rows("select hub, person, at_s from touch where kind = 'place'")
    table = pandas.DataFrame(rows, columns=["hub", "person", "at_s"])

    def rule() -> int:
        named = 0
        for _, here in table.groupby("hub"):
            ordered = here.sort_values("at_s")
            at, people = ordered["at_s"].to_numpy(), ordered["person"].to_numpy()
            named += sum(
                len(set(people[at.searchsorted(t - 7776000) : i + 1])) >= 3 for i, t in enumerate(at)
            )
        return named

    return f"{median(rule):.2f} s"


def _networkx(house: Warehouse) -> float:
    import networkx

    rows = house.rows("select distinct hub, person from touch where kind = 'place' order by hub, person")
    at: dict[str, list[str]] = {}
    for hub, person in rows:
        at.setdefault(hub, []).append(person)

    def rule() -> int:
        graph = networkx.Graph()
        for people in at.values():
            if len(people) <= 50:
                graph.add_edges_from(combinations(people, 2))
        return sum(len(part) >= 3 for part in networkx.connected_components(graph))

    return median(rule)


def median(work: Callable[[], object]) -> float:
    """The median of three runs, in seconds by the clock."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
