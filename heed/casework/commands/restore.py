"""`heed restore FROM --keys KEYS --data DIR`: a backup into an empty house, proven to be what was backed up."""

import os
import sys
import time
from pathlib import Path

import click


@click.command
@click.argument("source", metavar="FROM", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--keys",
    "keys_from",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder that `heed backup --keys-out` wrote.",
)
def command(source: Path, keys_from: Path) -> None:
    """Put a backup into an empty house (--data DIR, or an empty database named by HEED_DATABASE_URL) and verify it.
    Exit 1 when what is there now is not what was backed up."""
    from heed.casework.manifests import read_manifest
    from heed.casework.restoring import must_be_empty, proven, put_database, put_keys

    data = Path(os.environ["HEED_DATA"])
    must_be_empty(data)
    manifest = read_manifest(source)
    data.mkdir(parents=True, exist_ok=True)
    put_keys(keys_from, Path(os.environ.get("HEED_KEYS") or data / "keys"))
    import django

    django.setup()
    from heed.casework.installation import ready
    from heed.casework.progress import say

    began = time.monotonic()
    put_database(source, manifest)
    ready()
    faults = proven(manifest)
    for fault in faults:
        click.echo(f"fault: {fault}")
    if not faults:
        seconds = time.monotonic() - began
        click.echo(f"ok: {manifest['size']} entries, root {manifest['root']}, in {seconds:.1f} s")
        say(
            "What is computed for counting is made again by `heed rebuild`. Run `heed doctor` before you serve."
        )
    sys.exit(1 if faults else 0)
