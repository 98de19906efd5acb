"""`heed hold set|lift|list`: nothing under a legal hold is erased."""

import json

import click

from heed.casework.commands.erase import BY, NUMBER, who

REASON = click.option(
    "--reason", required=True, metavar="TEXT", help="Why, in words that a colleague can check."
)


@click.group
def command() -> None:
    """Legal holds: an inquiry, a claim or a prosecution needs what is kept, and nothing of it may be erased."""
    from heed.casework.installation import ready

    ready()


@command.command(name="set")
@click.option("--scope", type=click.Choice(["record", "child"]), required=True)
@click.option("--agency", required=True, help="The code of the agency whose reference it is.")
@click.option("--ref", required=True, help="The record's, or the child's, reference in that agency's files.")
@REASON
@BY
def set_(scope: str, agency: str, ref: str, reason: str, username: str) -> None:
    """Hold a record, or all that is kept of a child."""
    from heed.casework.actions import holds
    from heed.casework.clock import now
    from heed.casework.progress import say

    hold = holds.set_hold(scope=scope, agency=agency, ref=ref, reason=reason, by=who(username), now=now())
    say(f"Hold {hold.pk} stands until it is lifted. {holds.still_held(hold)}".strip())


@command.command
@NUMBER
@REASON
@BY
def lift(number: int, reason: str, username: str) -> None:
    """End a hold."""
    from heed.casework.actions import holds
    from heed.casework.clock import now
    from heed.casework.progress import say

    lifted = holds.lift_hold(number=number, reason=reason, by=who(username), now=now())
    say(f"Hold {number} is lifted. {holds.still_held(lifted.hold)}".strip())


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a hold.")
def list_(as_json: bool) -> None:
    """The holds that stand."""
    from heed.casework.models import LegalHold

    for hold in LegalHold.objects.filter(lifted=None).order_by("pk").select_related("by"):
        told = {
            "hold": hold.pk, "scope": hold.scope, "agency": hold.agency_id, "ref": hold.ref,
            "by": hold.by.username if hold.by else None, "at": hold.at.isoformat(),
        }  # fmt: skip
        click.echo(json.dumps(told) if as_json else "  ".join(str(part) for part in told.values()))
