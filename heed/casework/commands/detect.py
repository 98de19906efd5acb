"""`heed detect`: what the rules notice, knowing only what was recorded by the end of a day."""

from datetime import datetime

import click


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day. Default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print one finding a line.")
def command(as_of: datetime | None, as_json: bool) -> None:
    """Print the findings that stand on a day, strongest first. No finding never means safe."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import ahead, clock
    from heed.casework.actions.thresholds import thresholds_in_force
    from heed.casework.policy.thresholds import read_thresholds
    from heed.casework.progress import say
    from heed.casework.supply import warehouse
    from heed.casework.worker import catch_up
    from heed.core.patterns.finding import day_number
    from heed.core.patterns.silence import silent
    from heed.warehouse.detect import detect

    catch_up(clock.now(), say)
    day = (as_of or clock.now()).date()
    house = warehouse()
    found = detect(house, day, read_thresholds(), thresholds_in_force())
    for finding in found:
        click.echo(finding.line() if as_json else f"{finding.rank}. {finding.statement}")
    for agency in silent(house.ask, day_number(day)):
        say(agency.statement)
    if passed := ahead.in_words(day):
        say(passed)
    say(f"{len(found)} findings stand on {day}. No finding never means safe.")
