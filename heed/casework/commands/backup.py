"""`heed backup --out DIR [--keys-out DIR]`: a copy of the database while it is in use, and of the keys apart from it."""

import json
from pathlib import Path

import click


@click.command
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A new folder for the database's copy."
)
@click.option(
    "--keys-out",
    type=click.Path(path_type=Path),
    help="A new folder, kept elsewhere, for the copy of the keys.",
)
@click.option("--json", "as_json", is_flag=True, help="The manifest as one line of JSON.")
def command(out: Path, keys_out: Path | None, as_json: bool) -> None:
    """Copy the database while it is in use. What is sealed in it cannot be read without the keys: they are copied to a
    place of their own, so that whoever finds one copy finds nothing."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.backing_up import back_up, back_up_keys, removed_on_failure
    from heed.casework.clock import now
    from heed.casework.progress import say
    from heed.core.records.explained import Explained

    if keys_out and (
        keys_out.resolve().is_relative_to(out.resolve()) or out.resolve().is_relative_to(keys_out.resolve())
    ):
        raise Explained(
            f"{keys_out} and {out} lie in one another: whoever takes the one takes both. Keep the keys elsewhere."
        )
    with removed_on_failure(out, *([keys_out] if keys_out else [])):
        manifest = back_up(out, now())
        copied = back_up_keys(keys_out) if keys_out else 0
    if as_json:
        click.echo(json.dumps(manifest))
    else:
        click.echo(f"{manifest['size']} entries, root {manifest['root']}, in {out}")
    if keys_out:
        say(f"{copied} files of keys in {keys_out}: keep them elsewhere than the database's copy.")
    else:
        say(
            "The keys are not in it. Without them nothing that is sealed can be read: copy them with --keys-out."
        )
