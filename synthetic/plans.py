"""The networks to plant, as tables: one row a network, its hubs in the last column.

onset: share of the town's years at which it begins. recruit and run: months. extra: further episodes a child
and week (0: its time is hidden inside ordinary episodes). together: share of extra episodes with another
child. recorded: how often some agency writes a contact down. acted: years until managers first acted.
hubs: kind, weight, and the share of the network's life between which it is in use; `=Name` shares the first
hub of another network. Families H1 to H8: detection study, section 5.
"""

from dataclasses import dataclass

SMALL = """
Lantern | H1 one flat, then the takeaway beside it | 7 | 0.14 | 14 | 34 | 0.16 | 0.2 | 0.30 | peers | 4.2 |\
 flat 3 0-1, takeaway 1 0-1, vehicle 1.5 0.1-0.8, alias 2 0-1, phone 1 0.3-1
Heron | H2 moving addresses | 6 | 0.36 | 12 | 28 | 0.16 | 0.2 | 0.33 | homes | 3.1 |\
 flat 3 0-0.4, flat 3 0.35-0.75, hotel 3 0.7-1, vehicle 1.5 0-1, alias 1 0-1
Thistle | H3 a vehicle and a phone, no address | 5 | 0.9 | 5 | 24 | 0.3 | 0.2 | 0.40 | places | never |\
 vehicle 2 0-1, phone 1.5 0-1, alias 1 0-1
"""

COUNTY = """
Lantern | H1 one takeaway | 9 | 0.08 | 18 | 60 | 0.12 | 0.2 | 0.25 | peers | 9.5 |\
 takeaway 3 0-1, flat 2 0.1-1, alias 2 0-1, vehicle 1 0.2-0.7
Heron | H2 moving addresses | 10 | 0.2 | 20 | 48 | 0.15 | 0.2 | 0.30 | homes | 7.8 |\
 flat 3 0-0.35, flat 3 0.3-0.7, hotel 3 0.65-1, vehicle 1 0-0.5, alias 1 0-1
Thistle | H3 vehicle only | 7 | 0.32 | 12 | 30 | 0.12 | 0.1 | 0.30 | places | 6.4 | vehicle 2 0-1, vehicle 1 0.4-1
Sparrow | H6 two networks sharing a hub | 8 | 0.42 | 14 | 40 | 0.15 | 0.3 | 0.28 | peers | 5.2 |\
 flat 2 0-1, alias 2 0-1, phone 1 0-0.6
Magpie | H6 two networks sharing a hub | 7 | 0.46 | 12 | 36 | 0.15 | 0.2 | 0.28 | places | 4.6 |\
 =Sparrow 2 0-1, vehicle 1 0-1, alias 1 0.2-1
Willow | H7 slow: four children in two years | 4 | 0.26 | 24 | 44 | 0.2 | 0.2 | 0.36 | peers | 8.0 |\
 flat 3 0-1, alias 1 0-1
Ember | H8 fast: ten children in eight weeks | 10 | 0.6 | 1.9 | 12 | 0.4 | 0.5 | 0.30 | places | 2.6 |\
 flat 2 0-1, phone 1 0-1, account 1 0-1
Cinder | hidden time: no episode more than before | 8 | 0.52 | 16 | 36 | 0 | 0 | 0.40 | peers | 4.9 |\
 flat 3 0-1, vehicle 1 0-1, alias 1 0-1
Quarry | through children's homes | 12 | 0.7 | 20 | 40 | 0.15 | 0.3 | 0.25 | homes | 3.3 |\
 hotel 2 0-1, vehicle 1.5 0-0.6, vehicle 1.5 0.5-1, phone 1 0-1, alias 1 0-1
Reed | hardly recorded | 5 | 0.56 | 12 | 24 | 0.06 | 0 | 0.02 | peers | 5.0 | flat 2 0-1, alias 1 0-1
Bracken | late, nearly to the end of the records | 9 | 0.82 | 10 | 30 | 0.2 | 0.2 | 0.28 | peers | 2.2 |\
 flat 2 0-1, takeaway 1 0-1, alias 1 0-1, account 1 0-1
"""


@dataclass(frozen=True)
class HubPlan:
    """One hub to make. `kind` starting with `=` shares the first hub of the network named after it."""

    kind: str
    weight: float
    begins: float
    stops: float


@dataclass(frozen=True)
class Plan:
    """One network to plant."""

    name: str
    family: str
    size: int
    onset: float
    recruit_months: float
    run_months: float
    extra: float
    together: float
    recorded: float
    route: str
    acted_after_years: float | None
    hubs: tuple[HubPlan, ...]


def plans(table: str) -> tuple[Plan, ...]:
    """Read a table of networks."""
    return tuple(_plan([cell.strip() for cell in line.split("|")]) for line in table.strip().splitlines())


def _plan(cells: list[str]) -> Plan:
    return Plan(
        name=cells[0],
        family=cells[1],
        size=int(cells[2]),
        onset=float(cells[3]),
        recruit_months=float(cells[4]),
        run_months=float(cells[5]),
        extra=float(cells[6]),
        together=float(cells[7]),
        recorded=float(cells[8]),
        route=cells[9],
        acted_after_years=None if cells[10] == "never" else float(cells[10]),
        hubs=tuple(map(_hub, cells[11].split(","))),
    )


def _hub(words: str) -> HubPlan:
    kind, weight, life = words.split()
    begins, stops = life.split("-")
    return HubPlan(kind, float(weight), float(begins), float(stops))
