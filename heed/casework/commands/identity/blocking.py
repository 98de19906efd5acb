"""`heed identity blocking`: how much there is to compare, rule by rule, before anything is compared."""

import json

import click


@click.command
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(as_json: bool) -> None:
    """Say how many pairs each rule would have compared, and which keys too many people in agencies' files hold: those are
    passed over, or the work would grow with the square of the county. Reads keys only, no name; changes nothing."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.linking.counting_keys import counted

    found = counted()
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
        return
    for line in found.lines():
        click.echo(line)
