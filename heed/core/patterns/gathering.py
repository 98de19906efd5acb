"""Weighing one gathering: a hub on a day, the children around it, and everything else that ties them."""

from dataclasses import dataclass

from heed.core.patterns.against import against, denominator
from heed.core.patterns.area import Area
from heed.core.patterns.around import Around, Candidate
from heed.core.patterns.asking import Limits
from heed.core.patterns.material import DAY_S, EVER, WEEK_S, Material, Touch
from heed.core.patterns.raised import Evidence, Hub, Raised
from heed.core.patterns.telling import tell
from heed.core.patterns.terms import (
    SharedMarker,
    Together,
    change_since,
    converging,
    missing_at_the_same_time,
    shared_markers,
)


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties a group of children beside the hub."""

    changes: dict[str, float]
    together: Together
    markers: list[SharedMarker]

    def of(self, person: str) -> float:
        """How strongly one child is tied to the others: for choosing whom to name, never shown, never kept."""
        shares = sum(marker.adds for marker in self.markers if person in marker.holders)
        return self.changes[person] + shares + sum(person in pair for pair in self.together.pairs)


class Weigher:
    """Weighs candidates on the same rows with the same limits."""

    def __init__(self, material: Material, area: Area, limits: Limits, name: str, version: str) -> None:
        self.material, self.area, self.limits = material, area, limits
        self.data_from_s = area.data_from_s
        self.name, self.version = name, version
        self.window_s = int(limits["window_weeks"]) * WEEK_S

    def weigh(self, candidate: Candidate) -> Raised | None:
        """The finding around a hub on a day, or None when its strength stays below the threshold."""
        end_s = (candidate.day + 1) * DAY_S - 1
        hub = (candidate.kind, candidate.hub)
        rows = self.material.by_hub[hub].known(end_s - self.window_s, end_s)
        touches: dict[str, list[Touch]] = {}
        for row in rows:
            touches.setdefault(row.person, []).append(row)
        setting = {person: own[-1].setting for person, own in touches.items()}
        ties = self._ties(hub, sorted(touches), setting, end_s)
        named = self._named(candidate, touches, setting, ties)
        if len(named) < len(touches):
            ties = self._ties(hub, named, setting, end_s)
        terms = self._terms(candidate, {p: touches[p] for p in named}, ties)
        strength = sum(value for _, value in terms)
        if (
            strength < self.limits["strength"]
            or len({setting[p] for p in named}) < self.limits["least_settings"]
        ):
            return None
        return self._raised(candidate, {p: touches[p] for p in named}, setting, ties, terms)

    def _ties(self, hub: tuple[str, str], people: list[str], setting: dict[str, str], end_s: int) -> Ties:
        since_s = end_s - self.window_s
        by_person, episodes_of = self.material.by_person, self.material.episodes
        contacts: dict[str, int] = {}
        for row in self.material.by_hub[hub].known(EVER, end_s):
            contacts.setdefault(row.person, row.at_s)
        past = {p: episodes_of[p].known(EVER, end_s) if p in episodes_of else [] for p in people}
        changes = {
            p: change_since(contacts[p], past[p], end_s, self.data_from_s, self.limits) for p in people
        }
        recent = {p: [e for e in past[p] if e.at_s > since_s] for p in people}
        together = missing_at_the_same_time(recent, setting, self.limits)

        def holders_of(marker: tuple[str, str]) -> int:
            return len({row.person for row in self.material.by_hub[marker].known(since_s, end_s)})

        held = {p: by_person[p].known(since_s, end_s) for p in people}
        markers = shared_markers(held, hub, holders_of, lambda: self.material.markers(since_s, end_s))
        return Ties(changes, together, markers)

    def _named(
        self, candidate: Candidate, touches: dict[str, list[Touch]], setting: dict[str, str], ties: Ties
    ) -> list[str]:
        """At a busy hub some children are expected anyhow: name those with most else in common."""
        surplus = max(int(self.limits["least_children"]), len(touches) - round(candidate.usual))
        order = sorted(touches, key=lambda p: (-ties.of(p), -len(touches[p]), touches[p][0].at_s, p))
        return sorted(order[:surplus])

    def _terms(
        self, candidate: Candidate, named: dict[str, list[Touch]], ties: Ties
    ) -> list[tuple[str, float]]:
        end_s = (candidate.day + 1) * DAY_S - 1
        since_s = end_s - self.window_s - int(self.limits["history_weeks"]) * WEEK_S
        first = [min(own, key=lambda row: (row.recorded_s, row.record_id)).agency for own in named.values()]
        return [
            ("fan_in", candidate.fan_in),
            ("change_since_contact", sum(ties.changes[p] for p in named)),
            ("shared_markers", min(self.limits["cap_shared_markers"], sum(m.adds for m in ties.markers))),
            ("missing_together", ties.together.adds),
            ("agencies", converging(first, self.material.shares(candidate.kind, since_s, end_s))),
        ]

    def _raised(
        self,
        candidate: Candidate,
        touches: dict[str, list[Touch]],
        setting: dict[str, str],
        ties: Ties,
        terms: list[tuple[str, float]],
    ) -> Raised:
        around = Around(
            candidate, touches, setting, ties.together, ties.markers, self.material, self.window_s
        )
        rows = [row for own in touches.values() for row in own]
        behind = rows + [row for marker in ties.markers for row in marker.touches]
        evidence = {
            Evidence(t.agency, t.ref, t.person, t.recorded_s, self.material.withdrawn(t)): None
            for t in sorted(behind, key=lambda t: (t.at_s, t.agency, t.ref, t.person))
        }
        hubs = [Hub(candidate.kind, around.key, around.label)]
        hubs += [Hub(marker.kind, marker.key, marker.label) for marker in ties.markers]
        people = tuple(sorted(touches))
        return Raised(
            detector=self.name, version=self.version, around=f"{candidate.kind} {candidate.hub}",
            day=candidate.day, people=people, hubs=tuple(hubs), evidence=tuple(evidence),
            against=against(around), denominator=denominator(around), statement=tell(around),
            strength=sum(value for _, value in terms), chance=float(min(1.0, 2.718281828459045 ** -candidate.fan_in)),
            terms=tuple(terms), settings=tuple(setting[p] for p in people),
            least_children=int(self.limits["least_children"]), least_settings=int(self.limits["least_settings"]),
            stands_days=int(self.limits["stands_days"]),
        )  # fmt: skip
