"""`heed export records`: every revision of every record, byte for byte the same every time."""

import sys

import click


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(["records"]))
@click.option("--agency", help="Only the records of one agency.")
def command(format_name: str, agency: str | None) -> None:
    """Write records out as JSON Lines, all revisions, ordered by agency, reference and revision.
    That they were taken out is written into the ledger first."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.exporting import export_begins
    from heed.casework.clock import now
    from heed.casework.exports import check_agency, record_lines
    from heed.casework.progress import track

    if agency is not None:
        check_agency(agency)
    export_begins(agency=agency, by=None, now=now())
    for line in track(record_lines(agency), "Writing records"):
        # Bytes, so that no platform turns a line end into two characters.
        sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()
