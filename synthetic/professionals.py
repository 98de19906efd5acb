"""The professionals as the demo needs them: who signs in, which post they hold, which children they work with."""

from datetime import timedelta
from typing import Any

from synthetic.county import County
from synthetic.staff import FRONTLINE, SUPERVISOR

RECENT = timedelta(weeks=30)
EACH = 12


def professionals(county: County) -> list[dict[str, Any]]:
    """Everybody, frontline workers with children of recent records, children of networks first."""
    _allocate(county)
    return [
        {"username": s.username, "name": s.name, "agency": s.agency, "role": s.role, "grade": s.grade, "posts": s.posts,
         "line_manager": s.manager, "children": [list(source) for source in s.children]}
        for s in county.roster.everybody
    ]  # fmt: skip


def _allocate(county: County) -> None:
    for agency, clerk in county.clerks.items():
        workers = county.roster.rank(agency, FRONTLINE) + county.roster.rank(agency, SUPERVISOR)
        recent = [(not county.world.children[n].networks, -at.timestamp(), n, ref) for n, (at, ref) in clerk.last_seen.items()
                  if at > county.world.until - RECENT]  # fmt: skip
        for place, (_, _, _, ref) in enumerate(sorted(recent)[: EACH * len(workers)]):
            workers[place % len(workers)].children.append((agency, ref))
