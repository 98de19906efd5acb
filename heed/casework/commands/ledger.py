"""`heed ledger verify [--json]`: the proof that nothing was changed and nothing removed."""

import json
import sys
from pathlib import Path

import click

from heed.casework.commands import checkpoints


@click.group
def command() -> None:
    """The append-only log of who did what, when."""


@command.command
@click.option("--json", "as_json", is_flag=True, help="JSON lines: first the result, then each fault.")
@click.option(
    "--receipt",
    "receipts",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A receipt to hold against the ledger as well; may be repeated.",
)
def verify(as_json: bool, receipts: tuple[Path, ...]) -> None:
    """Hold ledger, records, duties and every checkpoint against each other. Exit 0 when they agree, 1 with each fault
    named. How long ago each agency last watched is said on standard error."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.clock import now
    from heed.casework.ledger import check
    from heed.casework.progress import say, track
    from heed.casework.receipting import faults_of
    from heed.casework.witnessing import in_words

    found = check(lambda chunks: track(chunks, "entries verified, in thousands"))
    for file in receipts:
        found.faults += faults_of(file)
    for words in in_words(now()):
        say(words)
    if as_json:
        click.echo(json.dumps({"ok": not found.faults, "entries": found.entries, "root": found.root}))
        for fault in found.faults:
            click.echo(json.dumps({"what": fault.what, "how": fault.how}))
    elif found.faults:
        for fault in found.faults:
            click.echo(f"fault: {fault}")
    else:
        click.echo(f"ok: {found.entries} entries, root {found.root}")
    sys.exit(1 if found.faults else 0)


for each in (
    checkpoints.checkpoint,
    checkpoints.cosign,
    checkpoints.keys,
    checkpoints.prove,
    checkpoints.export,
):
    command.add_command(each)
