"""`heed pack`: who knew what by a day, under pseudonyms, as files for a review; or her own copy."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from heed.casework.packs import Made

NEW = click.Path(path_type=Path)


@click.command()
@click.option("--child", metavar="PERSON", help="Of a child, by the id in her page's address.")
@click.option("--finding", metavar="ID", help="Of a finding and the children in it.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day; it ends at midnight UTC."
)
@click.option("--out", type=NEW, required=True, help="The files' name without its ending; none may be there.")
@click.option("--format", "formats", multiple=True, help="pdf, docx, xlsx or json; all four if left out.")
@click.option("--reason", default="", help="For what, as a code of policy/exports.yaml.")
@click.option("--purpose", default="", metavar="TEXT", help="For what, in words that stay.")
@click.option(
    "--own", is_flag=True, help="Her own copy: in plain words, only other people's particulars left out."
)
@click.option("--keep", multiple=True, metavar="WORD", help="A word that looks like a name and is none.")
@click.option("--also", multiple=True, metavar="NAME", help="A name to take out that no record lists.")
def command(
    child: str | None, finding: str | None, on: datetime, out: Path, formats: Sequence[str], reason: str,
    purpose: str, own: bool, keep: Sequence[str], also: Sequence[str],
) -> None:  # fmt: skip
    """Put together what was known by the end of a day: chronology, who knew, the way of each warning, duties, sources.
    Names, numbers and addresses are taken out of the words themselves. OUT.check.txt lists what was left out because it
    only looks like a name, for whoever reads the pack before it leaves; OUT.key.txt tells what each pseudonym stands for:
    neither is part of the pack. The entry in the ledger comes before the first file."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.clock import now
    from heed.casework.packs import Wanted, make
    from heed.casework.progress import say
    from heed.core.records.explained import Explained
    from heed.formats.pack import WRITE

    if bool(child) == bool(finding):
        raise Explained("name what it is about: either --child PERSON or --finding ID.")
    chosen = tuple(dict.fromkeys(formats)) or tuple(WRITE)
    for ending in (*chosen, "check.txt", "key.txt"):
        _free(_beside(out, ending))
    wanted = Wanted(str(child or finding), on.date(), chosen, reason, purpose, own, tuple(keep), tuple(also))
    made = make(wanted=wanted, by=None, now=now())
    for name, content in made.files.items():
        _write(_beside(out, name), content)
    _write(_beside(out, "check.txt"), _doubts(made).encode())
    _write(_beside(out, "key.txt"), "".join(f"{a}\t{b}\n" for a, b in made.composed.key).encode())
    say(
        f"Pack {made.number} is written to {', '.join(str(_beside(out, name)) for name in made.files)}. "
        f"{len(made.composed.doubts)} words were left out because they look like names: read "
        f"{_beside(out, 'check.txt')}, and the pack itself, before it leaves. "
        "A name in small letters that no record lists is found by nobody else."
    )


def _doubts(made: "Made") -> str:
    return "".join(f"{each.word}\t{each.around}\n" for each in made.composed.doubts)


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(f"{out.name}.{ending}")


def _free(file: Path) -> None:
    from heed.core.records.explained import Explained

    if file.exists() or not file.parent.is_dir():
        raise Explained(
            f"{file} cannot be written: name files that are not there yet, in a folder that is there."
        )


def _write(file: Path, content: bytes) -> None:
    """A file that only its owner reads; never over another."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as to:
        to.write(content)
