"""`heed identity evaluate TOWN …`: what the model finds on towns whose truth is known."""

import json
from dataclasses import asdict
from pathlib import Path

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command
@click.argument("towns", type=FOLDER, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a town.")
def command(towns: tuple[Path, ...], as_json: bool) -> None:
    """Measure the committed model on the truth of each TOWN: precision, recall, people exactly right, the share of
    people somebody must look at, what is missed and wrongly joined by kind, and how far probabilities are to be
    believed. Touches no data of the installation."""
    from heed.warehouse.linking.committed import current_model
    from heed.warehouse.linking.rehearsal import evaluate

    for town in towns:
        each = evaluate(town, current_model())
        click.echo(json.dumps(asdict(each)) if as_json else "\n".join(each.lines()))
