"""`heed identity compare A B`: a third party holds two agencies' encodings against each other. Needs no house, no key."""

import json
import os
from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command
@click.argument("left", type=FILE)
@click.argument("right", type=FILE)
@click.option(
    "--ask",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for the two answers, one for each agency: its own handles, and whom to ask at the other.",
)
def command(left: Path, right: Path, folder: Path | None) -> None:
    """Count the children that two files of encodings have in common, and no more than that: under the least number the
    agencies agreed on, not even how many. With --ask, write for each agency its own handles with a number for the
    conversation; only the agency itself can tell whom a handle means. Needs no database and no key."""
    from heed.core.identity.encoded_files import answer, for_agency

    one, other = _read(left), _read(right)
    found = answer(one, other)
    if found.count is None:
        click.echo(f"Fewer than {found.least} children in common, or none. By agreement no more is told.")
        return
    click.echo(
        f"{found.count:,} children in common, as far as their codes tell. A code that differs says nothing."
    )
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for mine, its, pairs in ((one.head, other.head, found.left), (other.head, one.head, found.right)):
        _write(folder / f"ask-{mine.agency}.json", for_agency(mine, its, found, pairs))
    click.echo(
        f"Hand each agency its own answer from {folder}, and no other. Destroy both files of encodings now."
    )


def _read(file: Path):  # heed.core.identity.encoded_files.File
    from heed.core.identity.encoded_files import read
    from heed.core.records.explained import Explained

    try:
        with file.open(encoding="utf-8") as lines:
            return read(file.name, lines)
    except (OSError, UnicodeDecodeError):
        raise Explained(f"{file} cannot be read as text. Ask the agency for it again.") from None


def _write(file: Path, told: dict) -> None:
    from heed.core.records.explained import Explained

    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(json.dumps(told, indent=1) + "\n")
    except OSError as trouble:
        raise Explained(
            f"{file} cannot be written: {trouble.strerror}. Name a folder that is empty and that only you may read."
        ) from None
