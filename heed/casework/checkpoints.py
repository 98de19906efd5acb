"""The tree of the ledger as its headers make it, and whether it still agrees with what was signed before.

Nothing here believes a leaf that is stored: each is computed from its header, so that a header changed by hand
shows before it is signed over.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from heed.casework import keys, proof, signing
from heed.casework.actions.ledger import HEAD
from heed.casework.models import Checkpoint, Entry, Head, Heartbeat
from heed.casework.policy import policy
from heed.core.records import checkpoints, merkle, notes
from heed.core.records.explained import Explained
from heed.core.records.merkle import Frontier

CHUNK = 2000
SIGNED = "checkpoint.note"
"""The last checkpoint that was signed, kept beside the key: a database set back to an older day is seen by it."""
WITNESSED = "witnessed.note"
"""The largest checkpoint that a witness signed, with its cosignatures."""
REFUSED = "checkpoint refused"
"""The heartbeat that a refusal leaves: shown until a checkpoint is made again."""
AGAIN_AFTER = timedelta(minutes=10)


class LedgerDiffers(Explained):
    """The ledger is not what was signed before, or its entries are not what their leaves were made of."""


def due(now: datetime) -> bool:
    """Whether it is time for a checkpoint: an hour, or a thousand entries, since the last one (as policy has it)."""
    size = Head.objects.filter(pk=HEAD).values_list("size", flat=True).first() or 0
    last = Checkpoint.objects.order_by("-size").values_list("size", "at").first()
    if not size or (last and size == last[0]):
        return False
    refused = Heartbeat.objects.filter(name=REFUSED).first()
    if refused and abs(now - refused.at) < AGAIN_AFTER:
        return False
    rules = policy().ledger
    return (
        last is None
        or size - last[0] >= rules.every_entries
        or not timedelta(0) <= now - last[1] < rules.every
    )


def grown_to(base: Frontier, stops: Iterable[int]) -> Iterator[Frontier]:
    """The tree at each of these sizes (ascending), each leaf computed from its header. Raises LedgerDiffers where a
    header is not what its leaf was made of, or an entry is missing."""
    for stop in stops:
        for start in range(base.size + 1, stop + 1, CHUNK):
            base = merkle.grown(base, _leaves(start, min(start + CHUNK - 1, stop)))
        yield base


def last_signed() -> tuple[checkpoints.Tree, Frontier] | None:
    """The newest checkpoint of the database, its signature and its frontier held; None when there is none."""
    row = Checkpoint.objects.defer("at").order_by("-size").first()
    if row is None:
        return None
    tree = _own(row.note, f"checkpoint {row.size}")
    try:
        frontier = merkle.read(row.size, row.frontier)
    except ValueError:
        frontier = Frontier()
    if tree.size != row.size or tree.root != merkle.root(frontier) or tree.root.hex() != row.root:
        raise LedgerDiffers(
            f"Checkpoint {row.size} of the ledger is not what was signed: its row was changed by hand. Keep the "
            "database as it is, run `heed ledger verify`, and tell the partnership."
        )
    return tree, frontier


def kept_outside(name: str) -> checkpoints.Tree | None:
    """What a checkpoint kept beside the key says, if there is one."""
    file = keys.folder() / name
    return _own(file.read_text(encoding="utf-8"), str(file)) if file.exists() else None


def shorter(size: int, signed: int) -> LedgerDiffers:
    """The words for a ledger that is shorter than what was signed before."""
    return LedgerDiffers(
        f"The ledger holds {size} entries, but a checkpoint of {signed} was signed before: an older copy of the "
        f"database was put back, or {signed - size} entries were removed. Nothing is signed. Put back the newest copy, "
        "or have the partnership agree in writing to begin a new ledger."
    )


def _own(text: str, what: str) -> checkpoints.Tree:
    try:
        note = notes.read(text)
        if signing.holds(signing.signer().key, note):
            return checkpoints.read_checkpoint(note.text)
    except notes.NotANote:
        pass
    raise LedgerDiffers(
        f"The {what} is not signed by this ledger's key: it was changed by hand, or the key was exchanged. Nothing is "
        "signed. Keep everything as it is, run `heed ledger verify`, and tell the partnership."
    )


def _leaves(start: int, stop: int) -> list[bytes]:
    rows = list(Entry.objects.filter(seq__gte=start, seq__lte=stop).order_by("seq"))
    if [row.seq for row in rows] != list(range(start, stop + 1)):
        raise LedgerDiffers(
            f"An entry between {start} and {stop} of the ledger is not there. Nothing is signed. Keep the database as "
            "it is, run `heed ledger verify`, and tell the partnership."
        )
    leaves = [proof.leaf(row) for row in rows]
    for row, leaf in zip(rows, leaves, strict=True):
        if row.leaf != leaf:
            raise LedgerDiffers(
                f"Entry {row.seq} of the ledger is not what its leaf was made of: it was changed by hand. Nothing is "
                "signed. Keep the database as it is, run `heed ledger verify`, and tell the partnership."
            )
    return [bytes.fromhex(leaf) for leaf in leaves]
