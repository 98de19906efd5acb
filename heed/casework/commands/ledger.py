"""`heed ledger verify [--json]`: the proof that nothing was changed and nothing removed."""

import json
import sys

import click


@click.group
def command() -> None:
    """The append-only log of who did what, when."""


@command.command
@click.option("--json", "as_json", is_flag=True, help="JSON lines: first the result, then each fault.")
def verify(as_json: bool) -> None:
    """Hold ledger, records and duties against each other. Exit 0 when they agree, 1 with each fault named."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.ledger import check
    from heed.casework.progress import track

    found = check(lambda chunks: track(chunks, "entries verified, in thousands"))
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
