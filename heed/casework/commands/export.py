"""`heed export FORMAT`: records out of the house, each time an entry of the ledger before the first byte."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from heed.casework.leaving import Taken

RETURN = "ssda903-missing"
NOT_OPENED = (
    "it cannot be opened, because it is not what was sealed there, or its key is not in the keyring. Run "
    "`heed ledger verify`, and put back a copy of the database or of the keyring from before."
)


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.option("--agency", help="The records of one agency.")
@click.option(
    "--child", metavar="PERSON", help="What is recorded about one child, by the id in her page's address."
)
@click.option("--finding", metavar="ID", help="The records a finding rests on.")
@click.option("--out", type=click.Path(path_type=Path), help="The file to write; it must not be there yet.")
@click.option("--reason", help="For what, as a code of policy/exports.yaml.")
@click.option("--purpose", default="", metavar="TEXT", help="For what, in words that stay.")
@click.option(
    "--others", default="", metavar="TEXT", help="Why people other than the subject are named in it."
)
@click.option("--addresses", default="", metavar="TEXT", help="Why it says where people live.")
def command(
    format_name: str,
    agency: str | None,
    child: str | None,
    finding: str | None,
    out: Path | None,
    reason: str | None,
    purpose: str,
    others: str,
    addresses: str,
) -> None:
    """Write records out. `records` is every revision as it came, byte for byte the same every time, to the standard
    output; csv, xlsx, graphml, followthemoney, links and ssda903-missing are for people and other systems: what counts
    now, checked for third parties, stamped, to a file. ssda903-missing is one agency's: --agency, and --child beside it
    for one child. Exit 1: written, but something named on stderr is not in it."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.exports import check_agency
    from heed.casework.leaving import Scope
    from heed.core.records.explained import Explained

    if agency is not None:
        check_agency(agency)
    if format_name == "records":
        if child or finding or others or addresses:
            raise Explained("records leave whole: leave --child, --finding, --others and --addresses out.")
        _records(agency, purpose, out)
        return
    scopes = [bool(each) for each in (agency, child, finding)].count(True)
    if scopes != 1 and not (agency and child and format_name == RETURN):
        raise Explained("name what to take out: one of --agency CODE, --child PERSON or --finding ID.")
    if out is None:
        raise Explained("say where to write it: --out FILE, in a folder that only you can read.")
    scope = Scope(child or "", finding or "", agency or "")
    _for_people(format_name, scope, out, reason or "", purpose, others, addresses)


def _records(agency: str | None, purpose: str, out: Path | None) -> None:
    from heed.casework.actions.exporting import export_begins
    from heed.casework.clock import now
    from heed.casework.exports import erased_records, record_lines
    from heed.casework.progress import say, track

    file = _new(out) if out else None
    export_begins(agency=agency, by=None, now=now(), purpose=purpose)
    to = file or sys.stdout.buffer
    shut: list[str] = []
    for line in track(record_lines(agency, shut.append), "Writing records"):
        # Bytes, so that no platform turns a line end into two characters.
        to.write(line.encode() + b"\n")
    to.flush()
    if gone := erased_records(agency):
        say(f"{gone} records were erased by order: of them nothing is left to write.")
    if file:
        file.close()
    _name(shut)
    if shut:
        sys.exit(1)


def _for_people(
    format_name: str, scope, out: Path, reason: str, purpose: str, others: str, addresses: str
) -> None:
    from heed.casework.actions.exporting import Asked
    from heed.casework.clock import now
    from heed.casework.exports import everything
    from heed.casework.leaving import take
    from heed.casework.progress import say

    asked = Asked(format_name, scope.subject, reason, purpose, others, addresses)
    with _new(out) as file:
        try:
            taken = take(scope=scope, asked=asked, rows=everything(), by=None, now=now())
        except BaseException:
            out.unlink()
            raise
        file.write(taken.content)
    if not taken.carries_stamp:
        _beside(out, taken)
    say(f"Export {taken.number} is written to {out}. {taken.stamp.left_out}")
    for sentence in taken.set_aside:
        say(sentence)
    _name(taken.shut)
    if taken.set_aside or taken.shut:
        sys.exit(1)


def _name(shut: Sequence[str]) -> None:
    from heed.casework.progress import say

    for record in shut:
        say(f"record {record} is not in the export: {NOT_OPENED}")


def _beside(out: Path, taken: "Taken") -> None:
    """The stamp of a file that has no place for one."""
    with _new(out.with_name(f"{out.name}.about.txt")) as file:
        file.write("".join(f"{line}\n" for line in (*taken.stamp.lines(), *taken.set_aside)).encode())


def _new(out: Path):  # an open file
    from heed.core.records.explained import Explained

    try:
        return os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as trouble:
        raise Explained(
            f"{out} cannot be written: {trouble.strerror}. Name a file that is not there yet, in a folder that you may "
            "write to."
        ) from None
