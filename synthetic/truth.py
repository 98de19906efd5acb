"""What is true, for whoever measures: who is who in every agency's files, and what there was to find.

`evidence_in_records` is true when an omniscient reader could have seen a network: at least three of its
children connected through recorded marks of it (any spelling, in fields not only in words) within 26 weeks.
"""

from datetime import date, timedelta
from typing import Any

from synthetic.concerns import Warned
from synthetic.county import County
from synthetic.days import day
from synthetic.figures import figures
from synthetic.world import Hub, Network

WINDOW = timedelta(weeks=26)
type Marks = list[tuple[date, int, str]]
"""(day recorded, child, hub)."""


def truth(county: County, given: list[Warned], seed: int, off: frozenset[str]) -> dict[str, Any]:
    """The truth file as plain values."""
    world = county.world
    last = (world.until - timedelta(days=1)).date()
    return {
        "town": world.town.code,
        "county": "Ashmere",
        "seed": seed,
        "from": day(world.start),
        "until": last.isoformat(),
        "switched_off": sorted(off),
        "parameters": {k: str(v) for k, v in _parameters(county).items()},
        "figures": figures(world).as_dict(),
        "children": _children(county),
        "adults": _adults(county),
        "networks": [_network(county, network, given) for network in world.networks],
        "wrong_people": [row for clerk in county.clerks.values() for row in clerk.wrong_people],
        "warnings": [_warning(warning) for warning in given],
    }


def _parameters(county: County) -> dict[str, Any]:
    town = county.world.town
    return {name: getattr(town, name) for name in town.__dataclass_fields__ if name != "plans"}


def person(number: int) -> str:
    """The true name of a person in the truth file: not Heed's identifier, which is computed from sources."""
    return f"t-{number:06d}"


def _children(county: County) -> list[dict[str, Any]]:
    sources: dict[int, list[list[str]]] = {}
    for agency, clerk in county.clerks.items():
        for ref, number in clerk.sources.items():
            sources.setdefault(number, []).append([agency, ref])
    return [
        {
            "person": person(number),
            "sources": sorted(found),
            "networks": county.world.children[number].networks,
        }
        for number, found in sorted(sources.items())
    ]


def _adults(county: County) -> list[dict[str, Any]]:
    sources: dict[str, list[list[str]]] = {}
    for agency, clerk in county.clerks.items():
        for ref, adult in clerk.adults.items():
            sources.setdefault(adult, []).append([agency, ref])
    return [{"adult": adult, "sources": sorted(found)} for adult, found in sorted(sources.items())]


def _network(county: County, network: Network, given: list[Warned]) -> dict[str, Any]:
    evidence = [
        row for clerk in county.clerks.values() for row in clerk.evidence if row["network"] == network.name
    ]
    evidence = [row for row in evidence if row["record"] != list(network.act_record or ())]
    evidence.sort(key=lambda row: (row["recorded"], row["record"], row["hub"], row["child"]))
    marks = [
        (date.fromisoformat(r["recorded"]), r["child"], r["hub"]) for r in evidence if r["form"] == "recorded"
    ]
    seen = first_connected(marks)
    warned = [warning for warning in given if warning.network == network.name]
    return {
        "name": network.name,
        "family": network.plan.family,
        "onset": day(network.onset),
        "ends": day(network.ends),
        "first_acted_on": day(network.acted) if network.act_record and network.acted else None,
        "first_acted_record": list(network.act_record) if network.act_record else None,
        "evidence_in_records": seen is not None,
        "evidence_connected_on": seen.isoformat() if seen else None,
        "most_children_at_one_hub": most_at_one_hub(marks),
        "first_warning": day(warned[0].at) if warned else None,
        "warnings": len(warned),
        "children": [
            {"person": person(child.number), "joined": day(join), "left": day(leave)}
            for child, join, leave in network.joined
        ],
        "hubs": [_hub(hub) for hub in network.hubs],
        "evidence": [{**row, "child": person(row["child"])} for row in evidence],
    }


def _hub(hub: Hub) -> dict[str, Any]:
    return {
        "hub": hub.number,
        "kind": "place" if hub.place else hub.kind,
        "label": hub.label,
        "postcode": hub.place.postcode if hub.place else None,
        "spellings": list(hub.spellings),
        "from": day(hub.start),
        "to": day(hub.end),
        "networks": list(hub.networks),
    }


def first_connected(marks: Marks) -> date | None:
    """The first day on which three children are connected through marks of the last 26 weeks."""
    for end in sorted({at for at, _, _ in marks}):
        window = [(child, hub) for at, child, hub in marks if end - WINDOW < at <= end]
        if _largest(window) >= 3:
            return end
    return None


def _largest(window: list[tuple[int, str]]) -> int:
    """Children in the largest connected part of the graph of children and hubs."""
    leader: dict[object, object] = {}

    def find(node: object) -> object:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    for child, hub in window:
        leader[find(child)] = find(hub)
    parts: dict[object, set[int]] = {}
    for child, _ in window:
        parts.setdefault(find(child), set()).add(child)
    return max((len(part) for part in parts.values()), default=0)


def most_at_one_hub(marks: Marks) -> int:
    """The most children recorded at one hub within 26 weeks: what a detector of single hubs could see."""
    best = 0
    for end in {at for at, _, _ in marks}:
        around: dict[str, set[int]] = {}
        for at, child, hub in marks:
            if end - WINDOW < at <= end:
                around.setdefault(hub, set()).add(child)
        best = max([best, *map(len, around.values())])
    return best


def _warning(warning: Warned) -> dict[str, Any]:
    return {
        "network": warning.network,
        "at": day(warning.at),
        "by": warning.by.username,
        "agency": warning.by.agency,
        "record": list(warning.record) if warning.record else None,
        "answered": warning.answered,
        "children": [person(child.number) for child in warning.children],
        "hub": warning.hub.number,
    }
