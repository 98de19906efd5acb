"""`heed grant ROLE`: run as the owner of the tables, so that the pages can be served as a plain role."""

import click


@click.command
@click.argument("role")
def command(role: str) -> None:
    """Bring the tables up to date and let a plain role of PostgreSQL serve them. Run it as their owner, the first
    time and after every upgrade; then name ROLE in HEED_DATABASE_URL of `heed serve`."""
    from heed.casework.installation import ready

    ready(keys=False)
    from heed.casework.progress import say
    from heed.casework.roles import grant

    grant(role)
    say(
        f"{role} can serve this Heed: it reads and writes, and can change neither a table nor an entry of the ledger."
    )
