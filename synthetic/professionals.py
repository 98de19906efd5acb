"""The professionals as the demo needs them: who signs in, which post they hold, which children they work with."""

from datetime import timedelta
from typing import Any

from synthetic.clerk import Clerk
from synthetic.county import County
from synthetic.staff import FRONTLINE, SUPERVISOR, Staff

RECENT = timedelta(weeks=30)
EACH = 12
"""Children a worker is allocated to, at most."""


def professionals(county: County) -> list[dict[str, Any]]:
    """Everybody, from the top of each agency down; frontline workers with children of recent records."""
    for agency, clerk in county.clerks.items():
        workers = county.roster.rank(agency, FRONTLINE) + county.roster.rank(agency, SUPERVISOR)
        for place, ref in enumerate(_recent(county, clerk)[: EACH * len(workers)]):
            workers[place % len(workers)].children.append((agency, ref))
    return [_plain(person) for person in county.roster.everybody]


def _recent(county: County, clerk: Clerk) -> list[str]:
    """References of children with a record of the last weeks: those of networks first, then the latest."""
    since = county.world.until - RECENT
    rows = [
        (not county.world.children[number].networks, -at.timestamp(), ref)
        for number, (at, ref) in clerk.last_seen.items()
        if at > since
    ]
    return [ref for _, _, ref in sorted(rows)]


def _plain(person: Staff) -> dict[str, Any]:
    return {
        "username": person.username,
        "name": person.name,
        "agency": person.agency,
        "role": person.role,
        "grade": person.grade,
        "posts": person.posts,
        "line_manager": person.manager,
        "children": [list(source) for source in person.children],
    }
