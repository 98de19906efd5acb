"""`heed batch list|release|withdraw`: what came in together, and what a manager decides on it."""

import json

import click

from heed.casework.commands.erase import who

BY = click.option("--by", "username", required=True, help="The manager who decides, as they sign in.")
REASON = click.option("--reason", required=True, metavar="TEXT", help="Why, in words that stay.")
NUMBER = click.argument("number", type=click.IntRange(1, 2**62))


@click.group
def command() -> None:
    """Records that came in together: one import, or one day of an agency's key."""
    from heed.casework.installation import ready

    ready()


@command.command(name="list")
@click.option("--held", is_flag=True, help="Only those that wait for a person.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a batch.")
def list_(held: bool, as_json: bool) -> None:
    """Every batch, the newest first: whose, how it came, how many records, where it stands."""
    from heed.casework.models import Batch
    from heed.core.records.batches import State

    batches = Batch.objects.order_by("-pk")
    for batch in (batches.filter(state=State.HELD) if held else batches).iterator(chunk_size=2000):
        told = {
            "batch": batch.pk,
            "agency": batch.agency_id,
            "source": batch.source,
            "key": batch.key_id,
            "begun": batch.begun.isoformat(),
            "records": batch.lines,
            "state": batch.state,
        }
        if as_json:
            click.echo(json.dumps(told))
        else:
            whose = batch.agency_id or "several agencies"
            how = f"key {batch.key_id}" if batch.key_id else batch.source
            click.echo(f"{batch.pk}  {whose}  {how}  {told['begun']}  {batch.lines} records  {batch.state}")


@command.command
@NUMBER
@BY
@REASON
def release(number: int, username: str, reason: str) -> None:
    """What is held counts from now on."""
    from heed.casework.actions import batch_decisions
    from heed.casework.clock import now
    from heed.casework.progress import say

    batch = batch_decisions.release(number=number, reason=reason, by=who(username), now=now())
    say(f"Batch {batch.pk} is released: its {batch.lines} records count from now on.")


@command.command
@NUMBER
@BY
@REASON
def withdraw(number: int, username: str, reason: str) -> None:
    """The batch counts no more. Its records stay readable, marked as withdrawn; nothing is removed."""
    from heed.casework.actions import batch_decisions
    from heed.casework.clock import now
    from heed.casework.progress import say

    batch = batch_decisions.withdraw(number=number, reason=reason, by=who(username), now=now())
    say(f"Batch {batch.pk} is withdrawn: its {batch.lines} records are kept, and count for nothing.")
