"""`heed link`: say which sources in all agencies' files are the same person."""

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one line for each person: id and sources.")
def command(as_json: bool) -> None:
    """Link everybody again, from all records and verdicts."""
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.linking import link_all
    from heed.casework.progress import say

    people = link_all(clock.now(), say)
    say(f"{people:,} people. Links never merge rows: any of them can be taken back.")
    if as_json:
        for person, sources in _people():
            click.echo(json.dumps({"person": person, "sources": sources}, ensure_ascii=False))


def _people() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every person with their sources, both sorted."""
    from heed.casework.models import Source

    people: dict[str, list[tuple[str, str]]] = {}
    for person, agency, ref in Source.objects.order_by("person", "key").values_list(
        "person", "agency", "ref"
    ):
        people.setdefault(person, []).append((agency, ref))
    return sorted((person, sorted(sources)) for person, sources in people.items())
