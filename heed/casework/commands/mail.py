"""`heed mail poll|bounces|parked`: the mailbox that warnings are sent to.

Exit codes: 0 all messages were taken in; 1 some are parked or failed; 2 the mailbox cannot be read.
"""

import sys

import click


@click.group
def command() -> None:
    """Read the mailbox now, send the receipts that are owed, and see what could not be read."""
    from heed.casework.installation import ready

    ready()


@command.command
def poll() -> None:
    """Read every new message, save it, then mark it; send receipts. Safe to run beside the worker."""
    from heed.casework.clock import now
    from heed.casework.mail import polling, replying

    done = polling.poll(now())
    sent = replying.carry(now())
    words = {"taken": "saved", "set_aside": "set aside", "parked": "parked", "failed": "to be tried again"}
    click.echo(
        ", ".join(f"{done[outcome]} {said}" for outcome, said in words.items()) + f"; {sent} receipts sent"
    )
    sys.exit(1 if done["parked"] or done["failed"] else 0)


@command.command
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
def bounces(files: tuple[str, ...]) -> None:
    """Read notices that letters came back, each file one message: where the mailbox that HEED_MAIL_FROM names is not the
    one Heed reads. The address counts as one that refuses, and the agency's lead owes an answer about it."""
    from pathlib import Path

    from heed.casework.actions.bounces import take_bounce
    from heed.casework.clock import now
    from heed.formats.mail.bounced import LONGEST, bounced

    counts = {"letters came back": 0, "files say nothing of a letter from here": 0}
    for file in files:
        with Path(file).open("rb") as held:
            bounce = bounced(held.read(LONGEST + 1))
        found = take_bounce(bounce=bounce, by=None, now=now()) if bounce else 0
        counts["letters came back"] += found
        counts["files say nothing of a letter from here"] += not found
    click.echo("; ".join(f"{count} {said}" for said, count in counts.items()))


@command.command
@click.option(
    "--seen", type=int, help="The row of a message somebody has dealt with: it is no longer listed."
)
@click.option("--again", type=int, help="The row of a message to be read again.")
def parked(seen: int | None, again: int | None) -> None:
    """Messages that could not be read, each with its row, its number on the server and why."""
    from heed.casework.models import MailTaken

    rows = MailTaken.objects.filter(outcome="parked")
    if seen is not None:
        rows.filter(pk=seen).update(outcome="seen")
    if again is not None:
        rows.filter(pk=again).update(outcome="failed", attempts=0)
    for row in rows.order_by("pk"):
        click.echo(f"{row.pk}: message {row.uid}, {row.at.isoformat(timespec='seconds')}: {row.why}")
