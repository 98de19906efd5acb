"""What one record carries: the strength of a finding with it, less the strength without it. Never approximated.

The finding is weighed again on the same rows without those of the record, by the same functions: what is stated is by
how much the sum moves when the record is taken away, all terms together.
"""

from heed.core.patterns.fan_in import raised_on
from heed.core.patterns.gathering import Weigher
from heed.core.patterns.material import Episode, Material, Touch
from heed.core.patterns.raised import Raised

NOTHING = -1e9
"""A threshold that everything reaches."""


def carried(raised: Raised, weigher: Weigher) -> dict[tuple[str, str], float]:
    """By (agency, reference): how much less the strength of a gathering is without that record.

    Where too few children remain without it, it carries the whole strength.
    """
    kind, _, hub = raised.around.partition(" ")
    found = {}
    for record in sorted({(e.agency, e.ref) for e in raised.evidence}):
        without = Weigher(
            leaving_out(weigher.material, record), weigher.area, {**weigher.limits, "strength": NOTHING},
            weigher.name, weigher.version,
        )  # fmt: skip
        again = (
            raised_on((kind, hub), raised.day, without) if (kind, hub) in without.material.by_hub else None
        )
        found[record] = raised.strength - (again.strength if again is not None else 0.0)
    return found


def leaving_out(material: Material, record: tuple[str, str]) -> Material:
    """The same rows without those of one record."""
    touches = [
        t for series in material.by_person.values() for t in series.all() if (t.agency, t.ref) != record
    ]
    episodes = [
        e for series in material.episodes.values() for e in series.all() if (e.agency, e.ref) != record
    ]
    return Material(sorted(touches, key=_order), sorted(episodes, key=_order))


def _order(row: Touch | Episode) -> tuple[int, int, str]:
    return row.at_s, row.record_id, row.person
