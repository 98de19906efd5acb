"""`heed erase ask|agree|refuse|list|finish`: erasing by order, between two people of two agencies."""

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from heed.casework.models import Professional

NUMBER = click.argument("number", type=click.IntRange(1, 2**62))
BY = click.option("--by", "username", required=True, help="Who asks or decides, as they sign in.")


@click.group
def command() -> None:
    """What is kept of a record, or of a child, can be erased by order: one person asks, another of another agency
    agrees. The ledger's headers stay, and an entry says what was erased, by what right."""
    from heed.casework.installation import ready

    ready()


@command.command
@click.option("--scope", type=click.Choice(["record", "child"]), required=True)
@click.option("--agency", required=True, help="The code of the agency whose reference it is.")
@click.option("--ref", required=True, help="The record's, or the child's, reference in that agency's files.")
@click.option("--basis", required=True, help="A legal basis of policy/erasure.yaml.")
@click.option(
    "--reason", required=True, metavar="TEXT", help="Which order or decision, and of what day. Name no child."
)
@BY
def ask(scope: str, agency: str, ref: str, basis: str, reason: str, username: str) -> None:
    """Ask for an erasure. Nothing is erased until a second person agrees."""
    from heed.casework.actions import erasing
    from heed.casework.clock import now
    from heed.casework.progress import say

    by = who(username)
    request = erasing.ask(scope=scope, agency=agency, ref=ref, basis=basis, reason=reason, by=by, now=now())
    say(
        f"Erasure {request.pk} waits for a second person at another agency: heed erase agree {request.pk} --by NAME"
    )


@command.command
@NUMBER
@BY
def agree(number: int, username: str) -> None:
    """Agree: it is erased now, and cannot be brought back."""
    from heed.casework.actions import erasing
    from heed.casework.clock import now
    from heed.casework.noticing import notice
    from heed.casework.progress import say
    from heed.casework.shredding import finish

    at = now()
    done = erasing.agree(number=number, by=who(username), now=at)
    finish(at)
    notice(at)
    say(
        f"Erasure {number} is done: {done.records} records. Entry {done.seq} of the ledger says so, leaf {done.leaf}."
    )
    for agency, ref in done.elsewhere:
        say(
            f"{agency} {ref} is kept under another child's name and mentions this one: decide on it by itself."
        )


@command.command
@NUMBER
@click.option("--reason", required=True, metavar="TEXT", help="Why not.")
@BY
def refuse(number: int, reason: str, username: str) -> None:
    """Do not agree: nothing is erased, and the request is closed."""
    from heed.casework.actions import erasing
    from heed.casework.clock import now
    from heed.casework.progress import say

    erasing.refuse(number=number, reason=reason, by=who(username), now=now())
    say(f"Erasure {number} is refused. Nothing was erased.")


@command.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON a request.")
def list_(as_json: bool) -> None:
    """Every request, the newest first: by whom, on what basis, what was decided."""
    from heed.casework.models import ErasureRequest

    requests = ErasureRequest.objects.order_by("-pk").select_related("by", "decision__by")
    for request in requests:
        decision = getattr(request, "decision", None)
        state = "waits" if decision is None else "erased" if decision.agreed else "refused"
        told = {
            "erasure": request.pk, "scope": request.scope, "agency": request.agency_id, "ref": request.ref,
            "basis": request.basis, "asked_by": request.by.username, "asked_at": request.at.isoformat(),
            "state": state, "decided_by": decision.by.username if decision else None,
            "decided_at": decision.at.isoformat() if decision else None,
            "entry": decision.entry if decision else None,
        }  # fmt: skip
        click.echo(json.dumps(told) if as_json else "  ".join(str(part) for part in told.values() if part))


@command.command
def finish() -> None:
    """Finish what a crash cut short, and destroy again what an older copy of the keyring brought back."""
    from heed.casework.clock import now
    from heed.casework.progress import say
    from heed.casework.shredding import destroy_again
    from heed.casework.shredding import finish as finish_

    say(
        f"Finished: {finish_(now())} erasures. Keys that had come back and are destroyed again: {destroy_again()}."
    )


def who(username: str) -> "Professional":
    """The professional who works here and signs in under this name. Raises Explained where nobody does, for a
    placeholder, and for somebody who has left."""
    from heed.casework.actions import people

    return people.active(username)
