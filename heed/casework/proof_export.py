"""Writing out what `heed-verify` reads, in the format of docs/explanation/proof.md: nothing of Heed is needed there."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import IO

from heed.casework import bodies as words
from heed.casework.actions.checkpoints import make_checkpoint, proof_export_begins
from heed.casework.bundles import leaves, signed_note
from heed.casework.checkpoints import LedgerDiffers
from heed.casework.models import Checkpoint, Entry, Professional
from heed.casework.policy import policy
from heed.casework.proof import header
from heed.casework.signing import signer
from heed.core.records import checkpoints, notes
from heed.core.records.explained import Explained

FORMAT = "heed-ledger-export 1"
CHUNK = 2000
type Opening = Callable[[str], AbstractContextManager[IO[bytes]]]


def export_proof(*, out: Path, bodies: bool, by: Professional | None, now: datetime) -> int:
    """Write the export to a new folder or a `.zip`; gives how many entries went. That it was done is an entry itself,
    written first, and a checkpoint is signed over all of it: nothing in an export stands unsigned. A ledger that
    cannot be signed any more is written out as it is, for whoever has to see that. Raises Explained when the place is
    taken or cannot be written."""
    if out.exists():
        raise Explained(f"{out} is there already. Name a new folder, or a file that ends in .zip.")
    last = proof_export_begins(bodies=bodies, by=by, now=now).seq
    with suppress(LedgerDiffers):
        make_checkpoint(by=by, now=now)
    try:
        with _place(out) as opened:
            _all(opened, last, bodies)
    except OSError as trouble:
        raise Explained(f"{out} cannot be written: {trouble.strerror}. Name another place.") from None
    return last


def _all(opened: Opening, last: int, bodies: bool) -> None:
    own = signer().key
    about = {"format": FORMAT, "origin": own.name, "entries": last, "bodies": "all" if bodies else "left out"}
    _lines(opened, "export.json", [json.dumps(about)])
    _lines(opened, "entries.jsonl", (line for chunk in _chunks(last) for line in map(header, chunk)))
    _lines(
        opened,
        "bodies.jsonl",
        (line for chunk in _chunks(last) for line in words.lines(chunk, everything=bodies)),
    )
    known = [
        ("ledger", own),
        *((agency, key) for agency, all_ in policy().ledger.witnesses.items() for key in all_),
    ]
    _lines(opened, "keys.txt", [f"{whose} {notes.written_key(key)}" for whose, key in known])
    made = list(Checkpoint.objects.filter(size__lte=last).order_by("size"))
    for checkpoint in made:
        with opened(f"checkpoints/{checkpoint.size:012}.note") as file:
            file.write(signed_note(checkpoint).encode())
    _growth(opened, made)


def _growth(opened: Opening, made: list[Checkpoint]) -> None:
    """From each checkpoint to the next, and from the last that each witness signed to the newest."""
    if not made:
        return
    tree, newest = leaves(made[-1].size), made[-1].size
    if len(tree) < newest:
        return  # entries are missing: there is no proof to give, and whoever verifies will say so
    signed = {c.size for c in made if c.cosignatures.exists() and c.size != newest}
    for old, new in sorted({*pairwise(c.size for c in made), *((old, newest) for old in signed)}):
        hashes = tree.consistency(old, new)
        _lines(opened, f"consistency/{old:012}-{new:012}.txt", map(checkpoints.written_hash, hashes))


def _chunks(last: int) -> Iterator[list[Entry]]:
    for start in range(1, last + 1, CHUNK):
        yield list(Entry.objects.filter(seq__gte=start, seq__lt=start + CHUNK, seq__lte=last).order_by("seq"))


def _lines(opened: Opening, name: str, lines: Iterator[str] | list[str] | map) -> None:
    with opened(name) as file:
        for line in lines:
            file.write(line.encode() + b"\n")


@contextmanager
def _place(out: Path) -> Iterator[Opening]:
    """A way to open files for writing, in a folder or in one zip."""
    if out.suffix != ".zip":
        yield lambda name: _in_folder(out / name)
        return
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED) as archive:
        yield lambda name: archive.open(name, "w", force_zip64=True)


def _in_folder(file: Path) -> IO[bytes]:
    file.parent.mkdir(parents=True, exist_ok=True)
    return file.open("xb")
