"""`heed map FILE`: propose a mapping for a table by looking at it, and show ten rows as they would be read.

The rows are shown to whoever holds the file, on their own terminal; nothing of them is written down anywhere else.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from heed.core.records.explained import Explained

SHOWN = 10


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to save it, without asking."
)
def command(file: Path, out: Path | None) -> None:
    """Propose a mapping for a table (CSV, XLSX, XLS, ODS): what each column seems to say, why, and ten rows as they
    would be read. Without --out it asks before it saves the mapping beside the table."""
    from heed.formats.table.looking import look
    from heed.formats.table.mapping import BESIDE, checked
    from heed.formats.table.proposing import propose, written

    proposal = propose(look(file), file)
    for guess in proposal.guesses:
        click.echo(
            f"{guess.column}: {guess.says or 'kept beside the record'}. {guess.sure.capitalize()}: {guess.because}."
        )
    click.echo()
    for words in proposal.ask:
        click.echo(f"Look: {words}")
    click.echo()
    checked(proposal.words, file.name, file.stem)
    text = written(proposal, file)
    for line in _rows(file, text):
        click.echo(line)
    beside = out or file.with_name(file.name + BESIDE)
    if out is None and not click.confirm(f"\nSave the mapping as {beside}?", default=False):
        return
    if (
        beside.exists()
        and out is None
        and not click.confirm(f"{beside} is there already. Replace it?", default=False)
    ):
        return
    try:
        beside.write_text(text, encoding="utf-8")
    except OSError as trouble:
        raise Explained(f"{beside} cannot be written: {trouble.strerror}.") from None
    click.echo(
        f"Saved as {beside}. Read it through, then: heed import table {file} --mapping {beside} --agency CODE"
    )


def _rows(file: Path, text: str) -> Iterator[str]:
    """The first rows as they would be read, or why they would be refused."""
    from tempfile import TemporaryDirectory

    from heed.formats.contract import Refused, Usable
    from heed.formats.table.read import read

    with TemporaryDirectory() as folder:
        mapping = Path(folder) / "proposed.yaml"
        mapping.write_text(text, encoding="utf-8")
        rows = read([file], agency="agency", options={"mapping": str(mapping)})
        told = (row for row in rows if isinstance(row, Usable | Refused))
        for row in islice(told, SHOWN):
            where = row.at.place or f"line {row.at.number}"
            if isinstance(row, Refused):
                yield f"{where}: would be REFUSED: {row.key}: found {row.found}; expected {row.expected}"
            else:
                yield from _shown(where, row)


def _shown(where: str, row: "object") -> Iterator[str]:
    import json

    document = row.record.document  # a Usable
    yield f"{where}: {document['kind']} {document['ref']}"
    for key, value in document.items():
        if key not in ("v", "agency", "ref", "kind"):
            yield f"    {key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
