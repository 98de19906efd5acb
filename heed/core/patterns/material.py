"""The rows behind the counts, grouped by child and by hub, for the terms that SQL leaves to numpy."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from heed.core.patterns.asking import Ask

DAY_S = 86400
WEEK_S = 7 * DAY_S
EVER = -(1 << 62)
"""Before every second a record may speak of: times before 1970 are below zero."""

TOUCH_ROWS = """
select kind, hub, key, label, part, person, record_id, agency, ref, at_s, recorded_s, superseded_s, setting
from touch where recorded_s <= $end_s
order by at_s, record_id, person, kind, hub
"""
EPISODE_ROWS = """
select person, source, record_id, agency, ref, at_s, to_s, recorded_s, superseded_s, setting
from episode where recorded_s <= $end_s
order by at_s, record_id, person
"""


class Touch(NamedTuple):
    """A child recorded with a hub: times in epoch seconds."""

    kind: str
    hub: str
    key: str
    label: str
    part: str
    person: str
    record_id: int
    agency: str
    ref: str
    at_s: int
    recorded_s: int
    superseded_s: int
    setting: str


class Episode(NamedTuple):
    """A missing episode of a child, echoes left out: times in epoch seconds. `source`: who it is in that record."""

    person: str
    source: str
    record_id: int
    agency: str
    ref: str
    at_s: int
    to_s: int
    recorded_s: int
    superseded_s: int
    setting: str


class Series[T: (Touch, Episode)]:
    """Rows of one child or one hub in order of time."""

    __slots__ = ("_at", "_rows")

    def __init__(self, rows: list[T]) -> None:
        self._rows: list[T] = rows
        self._at = [row.at_s for row in rows]

    def known(self, after_s: int, end_s: int) -> list[T]:
        """Rows that happened in (after_s, end_s], recorded and not yet superseded by end_s."""
        some = self._rows[bisect_right(self._at, after_s) : bisect_right(self._at, end_s)]
        return [row for row in some if row.recorded_s <= end_s < row.superseded_s]

    def all(self) -> list[T]:
        """Every row, of whatever time."""
        return self._rows

    def any(self, after_s: int, end_s: int) -> bool:
        """Whether anything happened in (after_s, end_s], known or not."""
        return bisect_right(self._at, after_s) < bisect_right(self._at, end_s)


class Material:
    """Touches by hub and by child, episodes by child."""

    def __init__(self, touches: Iterable[Touch], episodes: Iterable[Episode]) -> None:
        by_hub, by_person, by_kind = defaultdict(list), defaultdict(list), defaultdict(list)
        episodes_of = defaultdict(list)
        clocks = []
        self._held_until: dict[tuple[str, str, str, str], int] = {}
        for touch in touches:
            by_hub[(touch.kind, touch.hub)].append(touch)
            by_person[touch.person].append(touch)
            by_kind[touch.kind].append(touch)
            fact = (touch.hub, touch.person, touch.agency, touch.ref)
            self._held_until[fact] = max(self._held_until.get(fact, 0), touch.superseded_s)
            clocks.append((touch.at_s, touch.recorded_s, touch.superseded_s))
        for episode in episodes:
            episodes_of[episode.person].append(episode)
        self.by_hub = {key: Series(rows) for key, rows in by_hub.items()}
        self.by_person = {key: Series(rows) for key, rows in by_person.items()}
        self.episodes = {key: Series(rows) for key, rows in episodes_of.items()}
        self._shares: dict[tuple[str, int, int], dict[str, float]] = {}
        self._people: dict[tuple[str, int, int], int] = {}
        self._missing: dict[tuple[int, int], int] = {}
        self._addresses: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for (kind, hub), rows in self.by_hub.items():
            postcode, _, line = hub.partition("|")
            if kind == "place" and postcode and line:
                self._addresses[postcode].append((min(row.recorded_s for row in rows.all()), hub))
        self._by_kind = {kind: Series(rows) for kind, rows in by_kind.items()}
        self._clocks = np.array(clocks, dtype=np.int64).reshape(-1, 3)

    def markers(self, after_s: int, end_s: int) -> int:
        """How many touches were known in a window, of all children and hubs."""
        at, recorded, superseded = (self._clocks[:, column] for column in range(3))
        lo, hi = np.searchsorted(at, (after_s, end_s), side="right")
        return int(((recorded[lo:hi] <= end_s) & (superseded[lo:hi] > end_s)).sum())

    def withdrawn(self, touch: Touch) -> int:
        """When a fact was withdrawn: a newer revision that still holds it does not withdraw it."""
        return self._held_until[(touch.hub, touch.person, touch.agency, touch.ref)]

    def people_with(self, kind: str, after_s: int, end_s: int) -> int:
        """How many children were known with any hub of a kind in a window."""
        if (kind, after_s, end_s) not in self._people:
            rows = self._by_kind[kind].known(after_s, end_s)
            self._people[(kind, after_s, end_s)] = len({row.person for row in rows})
        return self._people[(kind, after_s, end_s)]

    def missing(self, after_s: int, end_s: int) -> int:
        """How many children had an episode in a window, as known at its end."""
        if (after_s, end_s) not in self._missing:
            self._missing[(after_s, end_s)] = sum(
                bool(own.known(after_s, end_s)) for own in self.episodes.values()
            )
        return self._missing[(after_s, end_s)]

    def shares(self, kind: str, after_s: int, end_s: int) -> dict[str, float]:
        """Each agency's part of the touches of a kind known in a window."""
        key = (kind, after_s, end_s)
        if key not in self._shares:
            counts = Counter(row.agency for row in self._by_kind[kind].known(after_s, end_s))
            self._shares[key] = {agency: count / counts.total() for agency, count in sorted(counts.items())}
        return self._shares[key]

    def addresses_at(self, postcode: str, end_s: int) -> int:
        """How many addresses of a postcode were known by an instant."""
        return sum(first_s <= end_s for first_s, _ in self._addresses[postcode])


def gather(ask: Ask, end_s: int) -> Material:
    """Read every touch and episode recorded by `end_s`."""
    touches = ask(TOUCH_ROWS, {"end_s": end_s})
    episodes = ask(EPISODE_ROWS, {"end_s": end_s})
    return Material(
        (Touch(*row) for row in zip(*(touches[name].tolist() for name in Touch._fields), strict=True)),
        (Episode(*row) for row in zip(*(episodes[name].tolist() for name in Episode._fields), strict=True)),
    )
