"""`heed replay`: when each finding was first visible, look after look over years."""

from datetime import datetime

import click


@click.command()
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first look.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The last look.")
@click.option(
    "--every", type=click.IntRange(1, 182), default=7, show_default=True, help="Days between looks."
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one finding a line, the first time it is raised."
)
def command(first: datetime, last: datetime, every: int, as_json: bool) -> None:
    """Step through the days; on each, only what had been recorded by its end is known."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import ahead, clock
    from heed.casework.actions.thresholds import thresholds_in_force
    from heed.casework.policy.thresholds import read_thresholds
    from heed.casework.progress import say
    from heed.casework.supply import warehouse
    from heed.casework.worker import catch_up
    from heed.core.records.explained import Explained
    from heed.warehouse.detect import replay

    if last < first:
        raise Explained("--to is before --from: give the earlier day first.")
    catch_up(clock.now(), say)
    say("Reading the records")
    count = 0
    found = replay(
        warehouse(), first.date(), last.date(), every, read_thresholds(), say, thresholds_in_force()
    )
    for finding in found:
        click.echo(finding.line() if as_json else f"{finding.first_raised}  {finding.statement}")
        count += 1
    if passed := ahead.in_words(last.date()):
        say(passed)
    say(f"{count} findings in looks every {every} days from {first.date()} to {last.date()}.")
