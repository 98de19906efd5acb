"""`heed thresholds`: from which strength patterns are told, month by month; with --fit, fitted on the house's past."""

import click


@click.command()
@click.option(
    "--fit", "fits", is_flag=True, help="Fit the months that have no threshold yet, and freeze them."
)
def command(fits: bool) -> None:
    """Print the threshold of each month; until one is fitted, what policy states holds."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.actions.thresholds import fit_thresholds
    from heed.casework.models import FittedThreshold
    from heed.casework.progress import say

    if fits:
        say("Raising what the last years would have raised")
        written = fit_thresholds(by=None, now=clock.now())
        say(f"{len(written)} months fitted.")
    rows = FittedThreshold.objects.order_by("month")
    for row in rows:
        click.echo(
            f"{row.month}  {row.strength:.2f}  for {row.budget:g} alerts a week (policy states {row.stated:g})"
        )
    if not rows:
        say("No month is fitted: what policy states holds. Fit them with --fit.")
