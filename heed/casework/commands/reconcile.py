"""`heed reconcile annex-a PATH...`: a council's own counts of missing episodes beside those that Heed makes.

Exit codes: 0 every figure agrees; 1 some do not; 2 the list could not be read.
"""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(["annex-a"]))
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option("--agency", required=True, help="The council whose lists these are.")
@click.option("--as-of", help="The day the lists were drawn, such as 2024-01-31; else it is inferred.")
@click.option("--json", "as_json", is_flag=True, help="Print every child, one a line, also where both agree.")
def command(format_name: str, paths: tuple[Path, ...], agency: str, as_of: str | None, as_json: bool) -> None:
    """Hold the figures of list 8 (how often each child was missing or absent in twelve months) against Heed's own
    count of the records that came in. Children are named by the council's own numbers only."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.exports import check_agency
    from heed.casework.progress import say
    from heed.casework.reconciling import reconciled
    from heed.formats.annex_a.read import missing_counts

    check_agency(agency)
    counts = missing_counts(paths, options={"as_of": as_of} if as_of else {})
    found = list(reconciled(counts, agency))
    for each in found:
        if as_json:
            click.echo(each.line())
        elif not each.agrees:
            click.echo(_sentence(each))
    apart = sum(not each.agrees for each in found)
    say(
        f"{len(found)} children in list 8 as of {counts[0].as_of}: {len(found) - apart} agree, {apart} do not. A count "
        "that agrees says nothing of episodes that nobody recorded."
    )
    if apart:
        sys.exit(1)


def _sentence(each) -> str:
    if not each.known:
        return f"{each.child}: the list says {each.list_missing} missing, {each.list_absent} absent; Heed has no record."
    return (
        f"{each.child}: the list says {each.list_missing} missing, {each.list_absent} absent; the council's records in "
        f"Heed say {each.heed_missing} and {each.heed_absent}; any agency's, {each.days_any_agency} days."
    )
