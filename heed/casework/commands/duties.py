"""`heed duties [--overdue] [--now INSTANT] [--json]`: what is owed, by whom, by when."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from heed.casework.commands.instants import Instant

if TYPE_CHECKING:
    from heed.casework.owed import Owed


@click.command
@click.option("--overdue", is_flag=True, help="Only what should have been answered by now.")
@click.option("--now", type=Instant(), help="As of this instant; this one if it is left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each duty.")
def command(overdue: bool, now: datetime | None, as_json: bool) -> None:
    """Say what is owed, by whom and by when. Children stand behind references, never by name."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.owed import owed
    from heed.casework.progress import say

    count = 0
    for each in owed(now=now or clock.now(), overdue_only=overdue):
        click.echo(json.dumps(asdict(each), default=lambda at: at.isoformat()) if as_json else _line(each))
        count += 1
    say(f"Answers owed{' and overdue' if overdue else ''}: {count}.")


def _line(each: "Owed") -> str:
    about = " ".join(each.record) if each.record else each.finding
    late = "OVERDUE since" if each.overdue else "by"
    due = each.due_at.isoformat(timespec="minutes")
    return f"{each.duty}  {late} {due}  rung {each.rung} ({each.rung_name})  {each.owner} ({each.owner_agency})  {about}"
