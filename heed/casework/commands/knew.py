"""`heed knew PERSON --on DAY [--agency CODE] [--json]`: who knew what on a day."""

import json
from datetime import datetime
from typing import Any

import click


@click.command
@click.argument("person", required=False)
@click.option("--child", metavar="PERSON", help="The same as PERSON.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day; it ends at midnight UTC."
)
@click.option(
    "--agency", metavar="CODE", help="What one agency knew: its own records, and what its people were told."
)
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one line of JSON.")
def command(person: str | None, child: str | None, on: datetime, agency: str | None, as_json: bool) -> None:
    """Say what had happened, what each agency had recorded, and what each person had been told, could see, had opened,
    owed and answered by the end of a day, knowing nothing later. PERSON is the id in the address of a child, a
    finding, or a page of the register about a person of concern or a place. That it was asked is written into the ledger
    first; the answer names the ledger's size and root, from whose export it can be computed again."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.clock import now
    from heed.casework.exports import check_agency
    from heed.casework.knew import knew_of
    from heed.casework.progress import say
    from heed.core.records.explained import Explained

    if not (person or child):
        raise Explained("name a person, by the id in the address of the page: heed knew p_… --on 2009-03-14.")
    if agency is not None:
        check_agency(agency)
    answer = knew_of(subject=str(person or child), on=on.date(), agency=agency or "", by=None, now=now())
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for line in _lines(answer):
            click.echo(line)
    say(f"As of the end of {on.date()} (UTC). Who is one child is as the links stand now.")


def _lines(answer: dict[str, Any]) -> list[str]:
    """The answer for a reader: agencies, then people, then duties."""
    lines = [
        f"{each['agency']}: {each['recorded']} recorded, {each['of_others']} of other agencies known, "
        f"by {each['people']} people"
        for each in answer["agencies"]
    ]
    for each in answer["people"]:
        known = [
            f"{len(each[what])} {what}"
            for what in ("wrote", "told", "opened", "answered", "owed", "did")
            if each[what]
        ]
        known += ["could see"] if each["could_see"] else []
        who = ", ".join(filter(None, (each["name"] or "name not given", each["role"], each["agency"])))
        lines.append(f"  {who}: {', '.join(known) or 'told by a notice'}")
    for each in answer["duties"]:
        lines.append(f"{each['duty']}: {each['state']}, rung {each['rung']}, {each['owing_agency']}")
    lines.append(f"ledger: {answer['ledger']['entries']} entries, root {answer['ledger']['root']}")
    return lines
