"""One world through Heed: its records as a warehouse, everything the rules raise in it, the information floor."""

from collections.abc import Mapping
from dataclasses import dataclass

from heed.core.patterns.detector import Span
from heed.core.patterns.raised import Raised
from heed.warehouse.build import Warehouse, in_memory
from heed.warehouse.detect import Policy, all_raised
from heed.warehouse.facts import Facts
from synthetic.worlds.families import Area
from synthetic.worlds.world import Shown, World, made

DAY_S = 86400
LOW = 4.0
"""The strength from which raisings are kept for measuring: below any threshold a budget leads to."""
WARM_WEEKS = 52
"""Weeks of records before alerts are counted: Heed says little before it has half a year."""


@dataclass(frozen=True)
class Measured:
    """A world and all that was raised in it; `floor`: the day an omniscient reader could first join three."""

    world: World
    raised: list[Raised]
    floor: int | None

    @property
    def third(self) -> int:
        """The day the third child was drawn in."""
        return self.world.harmed[2][1] // DAY_S

    @property
    def weeks(self) -> float:
        """Weeks in which alerts count."""
        return self.world.area.weeks - WARM_WEEKS

    @property
    def counted(self) -> list[Raised]:
        """What was raised after the first year."""
        begin = self.world.start_s // DAY_S + 7 * WARM_WEEKS
        return [one for one in self.raised if one.day >= begin]


def measured(area: Area, policy: Policy, low: float = LOW) -> Measured:
    """Make a world, and raise all there is to raise in it."""
    return raised_in(made(area), policy, low)


def raised_in(world: World, policy: Policy, low: float = LOW) -> Measured:
    """All there is to raise across children in a world."""
    loose = {name: {**limits, "strength": low} for name, limits in policy.items()}
    span = Span(world.start_s // DAY_S, world.end_s // DAY_S)
    house = warehouse(world)
    raised = [one for one in all_raised(house, span, loose) if len(one.people) > 1]
    house.close()
    return Measured(world, raised, floor(world.shown))


def warehouse(world: World, person_of: Mapping[str, str] | None = None) -> Warehouse:
    """The records of a world, joined as linking says or otherwise."""
    facts = Facts()
    for number, document in enumerate(world.documents, 1):
        facts.add(number, document)
    facts.rows["person_of"] = list((person_of or world.linked).items())
    facts.supersede()
    return in_memory(facts)


def floor(shown: tuple[Shown, ...]) -> int | None:
    """The first day on which three harmed children hang together by things of the network that records show."""
    group: dict[object, object] = {}

    def top(one: object) -> object:
        while group.setdefault(one, one) != one:
            one = group[one]
        return one

    people: dict[object, set[str]] = {}
    for row in sorted(shown, key=lambda r: r.recorded_s):
        child, thing = top(row.person), top(row.thing)
        both = people.pop(child, {row.person}) | people.pop(thing, set())
        group[child] = thing
        people[thing] = both
        if len(both) >= 3:
            return row.recorded_s // DAY_S
    return None
