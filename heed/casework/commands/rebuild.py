"""`heed rebuild`: compute everything computed again; `--check` only compares."""

import sys

import click


@click.command()
@click.option("--check", is_flag=True, help="Change nothing: name every difference, exit 1 if there is one.")
def command(check: bool) -> None:
    """Prove, or make, that what is computed is what the records say."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.progress import say
    from heed.casework.rebuilding import differences, rebuild
    from heed.casework.worker import catch_up

    if not check:
        rebuild(clock.now(), say)
        say("Everything computed was computed again.")
        return
    catch_up(clock.now(), say)
    count = 0
    for difference in differences(say):
        click.echo(difference)
        count += 1
    click.echo(f"{count} differences")
    sys.exit(1 if count else 0)
