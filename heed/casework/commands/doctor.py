"""`heed doctor`: whether this installation is safe to serve.

Exit codes: 0 all is well; 1 warnings only; 2 something that `heed serve` refuses over.
"""

import json
import sys

import click


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Where the pages are served.")
@click.option("--json", "as_json", is_flag=True, help="One line of JSON: what is wrong, by code and level.")
def command(host: str, as_json: bool) -> None:
    """Say what is not safe: settings, database, role, keys, ledger, clock, witnesses. Exit 0 when all is well, 1 with
    warnings, 2 with something that `heed serve` refuses over."""
    from heed.casework.installation import ready

    ready(keys=False)
    from heed.casework.clock import now
    from heed.casework.selfcheck import REFUSES, troubles

    found = troubles(now(), host)
    refusing = sum(each.level == REFUSES for each in found)
    if as_json:
        told = [{"code": each.code, "level": each.level, "words": each.words} for each in found]
        click.echo(json.dumps({"safe": not refusing, "troubles": told}, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{each.level} ({each.code}): {each.words}\n")
        click.echo(f"{refusing} refuse, {len(found) - refusing} warn" if found else "All is well.")
    sys.exit(2 if refusing else 1 if found else 0)
