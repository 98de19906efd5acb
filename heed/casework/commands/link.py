"""`heed link`: say which sources in all agencies' files are the same person."""

import json
from pathlib import Path

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one line for each person: id and sources.")
@click.option("--train", type=FOLDER, help="As `heed identity train`, and stop.")
@click.option("--evaluate", type=FOLDER, multiple=True, help="As `heed identity evaluate`, and stop.")
def command(as_json: bool, train: Path | None, evaluate: tuple[Path, ...]) -> None:
    """Link everybody again, from all records and verdicts."""
    if train or evaluate:
        _rehearse(train, evaluate)
        return
    from heed.casework.installation import ready

    ready()
    from heed.casework import clock
    from heed.casework.linking import link_all
    from heed.casework.progress import say
    from heed.casework.worker import linked, waiting

    before = waiting()
    people = link_all(clock.now(), say)
    linked(clock.now(), before)
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


def _rehearse(train: Path | None, towns: tuple[Path, ...]) -> None:
    """Train or measure on fictional towns; touches no data of the installation."""
    from heed.warehouse.linking.committed import current_model
    from heed.warehouse.linking.rehearsal import evaluate, retrain

    tried = retrain(train, towns) if train else [evaluate(town, current_model()) for town in towns]
    for each in tried:
        click.echo("\n".join(each.lines()))
