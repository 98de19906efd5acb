"""`heed tick [--now INSTANT]`: run the clock up to an instant; silence climbs a rung."""

import json
from datetime import datetime

import click

from heed.casework.commands.instants import Instant


@click.command
@click.option("--now", type=Instant(), help="The instant to run up to; this one if it is left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each rung that was climbed.")
def command(now: datetime | None, as_json: bool) -> None:
    """Run the clock up to an instant: every duty that nobody answered in time goes up a rung."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.progress import say
    from heed.casework.tick import tick

    climbs = tick(now or clock.now())
    for climb in climbs:
        line = {"duty": climb.reference, "rung": climb.rung, "at": climb.at.isoformat()}
        click.echo(
            json.dumps(line) if as_json else f"{climb.reference} rung {climb.rung} {climb.at.isoformat()}"
        )
    say(f"Rungs climbed because nobody answered in time: {len(climbs)}.")
