"""`heed assurance [--month 2026-10] [--json]`: the partnership's monthly report, beside the month before."""

import json
from dataclasses import asdict
from datetime import datetime

import click


@click.command()
@click.option(
    "--month", type=click.DateTime(["%Y-%m"]), help="The month; the last that is over if it is left out."
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as one line of JSON.")
def command(month: datetime | None, as_json: bool) -> None:
    """Concerns without an answer by rung and rank, clocks met, return interviews in 72 hours, looks, emergency access,
    agencies that fell silent, rules that stopped. Numbers from 1 to 7 are not told and every other is rounded to 5. A
    month that is not over is told as it stood on Monday."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.assurance import report
    from heed.casework.clock import now
    from heed.core.records.explained import Explained
    from heed.core.review.assurance import month_of

    at = now()
    today = month_of(at.date())
    asked = month_of(month.date()) if month else today.before
    if asked.begins >= today.after.begins:
        raise Explained(f"{asked} has not come yet: give a month up to {today}.")
    found = report(asked, at)
    if as_json:
        click.echo(json.dumps({**asdict(found), "month": str(found.month), "up_to": found.up_to.isoformat()}))
        return
    click.echo(f"{found.month} beside {found.month.before}, up to {found.up_to:%Y-%m-%d %H:%M} UTC")
    section = ""
    for line in found.lines:
        if line.section != section:
            section = line.section
            click.echo(f"\n{section}")
        click.echo(f"  {line.name}: {line.this} (before: {line.before})")
    click.echo(f"\nAgencies that sent nothing in the month: {', '.join(found.silent) or 'none'}")
    click.echo(f"Rules whose last run failed, as they stand now: {', '.join(found.stopped) or 'none'}")
