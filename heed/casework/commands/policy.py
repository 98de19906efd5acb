"""`heed policy check|changes`: whether policy can be read, and what of it changed while duties were running."""

import json

import click


@click.group
def command() -> None:
    """What the partnership owns: its ladder, deadlines, thresholds and agencies, as files."""


@command.command
def check() -> None:
    """Read every file of policy; say of each faulty one the file, line and key, what was found and what expected."""
    import django

    django.setup()
    from heed.casework import clock
    from heed.casework.policy.whole import check as checked
    from heed.casework.progress import say

    faults = 0
    for page in checked(clock.now().date()):
        late = f"; should have been reviewed by {page.overdue}" if page.overdue else ""
        click.echo(f"{page.name}: {page.fault or 'whole'}{late}  {'' if page.fault else page.file}".rstrip())
        faults += bool(page.fault)
    say(f"Faulty files: {faults}.")
    raise SystemExit(1 if faults else 0)


@command.command
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each change.")
def changes(as_json: bool) -> None:
    """What changed of the rules by which duties move, and since when. Deadlines that ran by then were not moved."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.models import PolicyInForce

    for row in PolicyInForce.objects.order_by("pk"):
        for key, was, now in json.loads(row.changes):
            told = {"at": row.at.isoformat(), "key": key, "was": was, "is": now}
            click.echo(
                json.dumps(told, ensure_ascii=False)
                if as_json
                else f"{told['at']}  {key}: was {was or 'nothing'}, is {now or 'nothing'}"
            )
