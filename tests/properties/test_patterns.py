"""The counting in SQL against dull loops, and one day looked at alone against a replay, on any facts."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from heed.core.patterns.area import area_of
from heed.core.patterns.detector import Span
from heed.core.patterns.detectors import missing_together, own_rate
from heed.core.patterns.detectors.shared_entity import _parameters, counting
from heed.core.patterns.fan_in import count, raised_on
from heed.core.patterns.finding import Finding, day_number
from heed.core.patterns.gathering import Weigher
from heed.core.patterns.leaving_out import NOTHING, carried
from heed.core.patterns.material import DAY_S, WEEK_S, gather
from heed.warehouse.build import Warehouse, build, in_memory
from heed.warehouse.detect import detect, replay
from heed.warehouse.facts import facts_of
from heed.warehouse.tail import open_warehouse
from tests.spec.patterns.drawn import document, policy
from tests.unit.warehouse.test_warehouse import split

FIRST = date(2006, 1, 1)
PLACES = ("1 Mill Street, ZZ1 2CD", "2 Mill Street, ZZ1 2CD", "ZZ51 ABC", "07700 900123")
LOOSE = {"strength": 1.0, "closer_look": 0.5, "chance": 0.2, "least_episodes": 2.0, "least_history_weeks": 0.0,
         "pair_strength": 0.5, "least_overlaps": 1.0}  # fmt: skip
"""Thresholds under which small drawings raise something."""

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A drawing that fails is small enough to read: shrinking it would take minutes."""


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of a drawing: some children, places and agencies over two years, with late and corrected records."""
    rows = []
    for number in range(draw(st.integers(5, 40))):
        on = draw(st.integers(0, 700))
        row = {
            "record": f"r{draw(st.integers(0, number))}",
            "agency": draw(st.sampled_from(["police", "school", "home"])),
            "kind": draw(st.sampled_from(["missing", "missing", "concern"])),
            "on": f"{FIRST + timedelta(days=on)}T{draw(st.integers(0, 23)):02d}:00:00+00:00",
            "until": f"{FIRST + timedelta(days=on + draw(st.integers(1, 3)))}T10:00",
            "recorded": str(FIRST + timedelta(days=on + draw(st.sampled_from([0, 0, 1, 5, 60])))),
            "child": " ".join(
                sorted(
                    draw(
                        st.sets(
                            st.sampled_from(["ann", "ben", "cat", "dan", "eve", "fay"]),
                            min_size=1,
                            max_size=3,
                        )
                    )
                )
            ),
            "home": draw(st.sampled_from(["1 High Road", "2 High Road", "3 High Road", "4 High Road"])),
            "revision": str(number + 1),
        }
        if draw(st.booleans()):
            row["thing"] = draw(st.sampled_from(PLACES))
        rows.append(row)
    return rows


def house(rows: Iterable[dict[str, str]]) -> Warehouse:
    """A warehouse of drawn rows."""
    return in_memory(facts(rows))


def facts(rows: Iterable[dict[str, str]]):
    """Facts of drawn rows, in the order they were recorded."""
    import json

    from heed.warehouse.facts import facts_of

    documents = [document(row) for row in sorted(rows, key=lambda row: row["recorded"])]
    documents.sort(key=lambda d: d["recorded_at"])
    people = {f"{d['agency']} {p['ref']}": f"p_{p['ref']}" for d in documents for p in d["people"]}
    return facts_of(((n, json.dumps(d)) for n, d in enumerate(documents, 1)), people.items())


@given(records())
@settings(max_examples=10, deadline=None, phases=QUICK)
def test_hubs_are_counted_as_by_hand(rows):
    limits = policy()["shared_place"]
    span = Span(day_number(FIRST), day_number(FIRST) + 900)
    place = house(rows)
    counted = place.ask(counting(("place", "vehicle", "phone")), _parameters(span, limits))
    names = ("seen", "seen_before", "seen_in_two")
    by_sql = {
        (str(counted["kind"][i]), str(counted["hub"][i]), int(counted["day"][i])): {
            n: int(counted[n][i]) for n in names
        }
        for i in range(len(counted["day"]))
    }
    by_hand = {}
    for hub, series in gather(place.ask, (span.last + 1) * DAY_S - 1).by_hub.items():
        for day in {touch.recorded_s // DAY_S for touch in series.all()}:
            found = count(series, day, limits)
            if found is not None:
                by_hand[(*hub, day)] = found
    assert by_sql == by_hand


@given(records())
@settings(max_examples=10, deadline=None, phases=QUICK)
def test_episodes_are_counted_as_by_hand(rows):
    place = house(rows)
    end_s, recent_s, past_s = (day_number(FIRST) + 900) * DAY_S, 8 * WEEK_S, 104 * WEEK_S
    counted = place.ask(
        own_rate.COUNTS,
        {"start_s": 0, "end_s": end_s, "recent_s": recent_s, "past_s": past_s, "least_episodes": 1},
    )
    by_sql = {
        (str(counted["person"][i]), int(counted["day"][i])): (
            int(counted["recent"][i]),
            int(counted["before"][i]),
        )
        for i in range(len(counted["day"]))
    }
    by_hand = {}
    for person, series in gather(place.ask, end_s).episodes.items():
        for day in {episode.recorded_s // DAY_S for episode in series.all()}:
            last = (day + 1) * DAY_S - 1
            recent, before = (
                len(series.known(last - recent_s, last)),
                len(series.known(last - recent_s - past_s, last - recent_s)),
            )
            before = sum(1 for e in series.known(last - recent_s - past_s, last) if e.at_s <= last - recent_s)
            if recent:
                by_hand[(person, day)] = (recent, before)
    assert by_sql == by_hand


@given(records())
@settings(max_examples=10, deadline=None, phases=QUICK)
def test_absences_together_are_counted_as_by_hand(rows):
    place = house(rows)
    end_s, window_s = (day_number(FIRST) + 900) * DAY_S, 26 * WEEK_S
    counted = place.ask(missing_together.COUNTS, {"end_s": end_s, "window_s": window_s, "least_overlaps": 1})
    by_sql = {
        (str(counted["x"][i]), str(counted["y"][i]), int(counted["day"][i])): int(counted["seen"][i])
        for i in range(len(counted["day"]))
    }
    episodes = [e for series in gather(place.ask, end_s).episodes.values() for e in series.all()]
    pairs = [
        (a, b)
        for a in episodes
        for b in episodes
        if a.person < b.person and a.setting != b.setting and a.at_s < b.to_s and b.at_s < a.to_s
    ]
    by_hand: dict[tuple[str, str, int], int] = {}
    for x, y, day in {(a.person, b.person, max(a.recorded_s, b.recorded_s) // DAY_S) for a, b in pairs}:
        last = (day + 1) * DAY_S - 1
        seen = sum(
            1
            for a, b in pairs
            if (a.person, b.person) == (x, y)
            and max(a.recorded_s, b.recorded_s) <= last < min(a.superseded_s, b.superseded_s)
            and last - window_s < max(a.at_s, b.at_s) <= last
        )
        if seen:
            by_hand[(x, y, day)] = seen
    assert by_sql == by_hand


@given(records(), st.integers(0, 760))
@settings(max_examples=8, deadline=None, phases=QUICK)
def test_nothing_recorded_after_a_day_changes_that_day(rows, after):
    whole = facts(rows)
    day = FIRST + timedelta(days=after)
    end_s = (day_number(day) + 1) * DAY_S - 1
    known = max((row[0] for row in whole.rows["record"] if row[8] <= end_s), default=0)
    until_then, _ = split(whole, known)
    limits = policy(**LOOSE)
    assert detect(in_memory(whole), day, limits) == detect(in_memory(until_then), day, limits)


@given(records(), st.sampled_from([1, 7, 28]))
@settings(max_examples=6, deadline=None, phases=QUICK)
def test_a_day_looked_at_alone_agrees_with_a_replay(rows, every):
    place, limits = house(rows), policy(**LOOSE)
    look = cache(lambda day: {f.finding: f for f in detect(place, day, limits)})
    raised = list(replay(place, FIRST, FIRST + timedelta(days=800), every, limits))
    assert len({f.finding for f in raised}) == len(raised)
    for found in raised:
        assert _unranked(look(found.as_of)[found.finding]) == _unranked(found)
        assert found.finding not in look(found.as_of - timedelta(days=every)) or found.as_of == FIRST


def _unranked(found: Finding) -> dict[str, object]:
    """A finding without its rank: a replay ranks what is new, a day ranks all that stands."""
    return {key: value for key, value in json.loads(found.kept()).items() if key != "rank"}


EARLY = {
    "record": "old",
    "agency": "health",
    "kind": "contact",
    "on": "2005-01-01",
    "recorded": "2005-01-01",
} | {"child": "zoe"}
"""A record that is never taken away: since when Heed records does not move."""


@given(records())
@settings(max_examples=5, deadline=None, phases=QUICK)
def test_taking_a_record_away_moves_the_sum_by_exactly_what_it_is_said_to_carry(rows):
    """Held against the whole thing done again: facts without the record, derived and weighed anew."""
    rows = [{**row, "record": f"r{n}", "revision": "1", "kind": "concern"} for n, row in enumerate(rows)]
    limits = {**policy()["shared_place"], "strength": NOTHING, "closer_look": NOTHING}
    span = Span(day_number(FIRST) - 400, day_number(FIRST) + 900)

    def weigher(some):
        place = house([*some, EARLY])
        return Weigher(
            gather(place.ask, (span.last + 1) * DAY_S - 1),
            area_of(place.ask, limits),
            limits,
            "shared_place",
            "2",
        )

    whole = weigher(rows)
    last = max(int(day_number(date.fromisoformat(row["recorded"]))) for row in rows)
    for hub in sorted(whole.material.by_hub):
        found = raised_on(hub, last, whole)
        if found is None:
            continue
        stated = carried(found, whole)
        assert found.strength == sum(value for _, value in found.terms)
        for (agency, ref), amount in stated.items():
            rest = weigher([row for row in rows if (row["agency"], row["record"]) != (agency, ref)])
            again = raised_on(hub, last, rest) if hub in rest.material.by_hub else None
            assert abs(found.strength - (again.strength if again else 0.0) - amount) < 1e-9


@given(records(), st.randoms(use_true_random=False))
@settings(max_examples=4, deadline=None, phases=QUICK)
def test_records_that_come_one_after_another_in_any_order_are_noticed_as_if_they_came_at_once(rows, random):
    """The built file with a tail of what came later, however it is cut and in whatever order it came."""
    documents = [document(row) for row in sorted(rows, key=lambda row: row["recorded"])]
    people = {f"{d['agency']} {p['ref']}": f"p_{p['ref']}" for d in documents for p in d["people"]}
    day, limits = FIRST + timedelta(days=730), policy(**LOOSE)
    came = list(documents)
    random.shuffle(came)
    at_once = in_memory(facts_of(_numbered(documents), people.items()))
    arrived = facts_of(_numbered(came), people.items())
    built, tail = split(arrived, random.randint(0, len(came)))
    with TemporaryDirectory() as place:
        file = Path(place) / "heed.duckdb"
        build(file, built)
        tail.rows["person_of"] = arrived.rows["person_of"]
        live = detect(open_warehouse(file, tail), day, limits)
    assert [_numberless(f) for f in live] == [_numberless(f) for f in detect(at_once, day, limits)]


def _numbered(documents):
    return ((n, json.dumps(d)) for n, d in enumerate(documents, 1))


def _numberless(found: Finding) -> dict[str, object]:
    return json.loads(found.kept())
