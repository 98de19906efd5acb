"""`heed ledger checkpoint | cosign | keys | prove | export`: what goes out to witnesses and comes back from them."""

import sys
from pathlib import Path

import click

WORDS = {
    "kept": "{agency}: cosignature of {name} taken in.",
    "known": "{agency}: cosignature of {name} was here already.",
    "stranger": "{name} is no witness that policy names: passed over.",
    "false": "{agency}: the signature under the name of {name} is not theirs. Not taken in: ring them.",
}


@click.command
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write what witnesses check."
)
@click.option(
    "--since", type=click.IntRange(0), help="Prove growth from this size only: what a witness has kept."
)
def checkpoint(out: Path | None, since: int | None) -> None:
    """Sign the ledger's tree as it stands; with --out write the bundle that `heed-witness check` reads."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.checkpoints import make_checkpoint
    from heed.casework.bundles import bundle, signed_note
    from heed.casework.clock import now
    from heed.casework.progress import say
    from heed.core.records.explained import Explained

    made = make_checkpoint(by=None, now=now())
    if made is None:
        raise Explained("The ledger is empty: there is nothing to sign yet. Import or save a record first.")
    if out is None:
        click.echo(signed_note(made), nl=False)
        return
    _write(out, bundle(made, since))
    say(f"{made.size} entries signed; {out} is for the witnesses.")


@click.command
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def cosign(files: tuple[Path, ...]) -> None:
    """Take in checkpoints that witnesses signed (text or e-mail FILES). Exit 1 when a signature is not what it says."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.actions.checkpoints import keep_cosignatures
    from heed.casework.clock import now
    from heed.casework.cosigned import notes_in
    from heed.core.records.explained import Explained
    from heed.core.records.notes import NotANote

    wrong = False
    for file in files:
        for text in notes_in(file.read_bytes(), str(file)):
            try:
                taken = keep_cosignatures(text=text, by=None, now=now())
            except NotANote as trouble:
                raise Explained(f"{file}: {trouble}.") from None
            for each in taken:
                wrong |= each.how == "false"
                if each.how in WORDS:
                    click.echo(WORDS[each.how].format(agency=each.agency, name=each.name))
            if not any(each.how in WORDS for each in taken):
                click.echo(f"{file}: nobody but this ledger has signed it.")
    sys.exit(1 if wrong else 0)


@click.command
def keys() -> None:
    """Print the verifier keys: this ledger's, then each witness's as policy names it. Compare them by telephone."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.policy import policy
    from heed.casework.signing import signer
    from heed.core.records.notes import written_key

    click.echo(f"ledger {written_key(signer().key)}")
    for agency, all_ in policy().ledger.witnesses.items():
        for key in all_:
            click.echo(f"{agency} {written_key(key)}")


@click.command
@click.argument("seq", type=click.IntRange(1))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output."
)
def prove(seq: int, out: Path | None) -> None:
    """Prove that entry SEQ is under a signed checkpoint: a C2SP tlog-proof that needs nothing else to be checked."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.bundles import proof_of

    text = proof_of(seq)
    if out is None:
        click.echo(text, nl=False)
    else:
        _write(out, text)


@click.command
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="A new folder, or a file ending in .zip."
)
@click.option(
    "--bodies", is_flag=True, help="With the words of every record and act: for a court, not for a witness."
)
def export(out: Path, bodies: bool) -> None:
    """Write what `heed-verify` reads: headers, commitments, checkpoints and cosignatures; no words without --bodies."""
    from heed.casework.installation import ready

    ready()
    from heed.casework.clock import now
    from heed.casework.progress import say
    from heed.casework.proof_export import export_proof

    count = export_proof(out=out, bodies=bodies, by=None, now=now())
    say(f"{count} entries in {out}. Check them with: heed-verify {out} --key KEY")


def _write(out: Path, text: str) -> None:
    from heed.core.records.explained import Explained

    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as trouble:
        raise Explained(f"{out} cannot be written: {trouble.strerror}. Name another place.") from None
