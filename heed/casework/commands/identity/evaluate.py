"""`heed identity evaluate TOWN …`: what the model finds on towns whose truth is known."""

from pathlib import Path

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command
@click.argument("towns", type=FOLDER, nargs=-1, required=True)
def command(towns: tuple[Path, ...]) -> None:
    """Measure the committed model on the truth of each TOWN. Touches no data of the installation."""
    from heed.warehouse.linking.committed import current_model
    from heed.warehouse.linking.rehearsal import evaluate

    for town in towns:
        each = evaluate(town, current_model())
        click.echo(f"{each.town}: {each.quality.line()}")
