"""`heed identity train TOWN [UNSEEN …]`: a new model from a town's files, without their truth."""

from pathlib import Path

import click

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command
@click.argument("town", type=FOLDER)
@click.argument("unseen", type=FOLDER, nargs=-1)
def command(town: Path, unseen: tuple[Path, ...]) -> None:
    """Train on TOWN (what `heed synth` writes), measure on it and on each UNSEEN town, and write the committed model
    with its report. Touches no data of the installation."""
    from heed.warehouse.linking.rehearsal import retrain

    for each in retrain(town, unseen):
        click.echo("\n".join(each.lines()))
