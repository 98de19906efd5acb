"""What goes out to be checked by others: a checkpoint with consistency proofs for witnesses, a proof of one entry.

The leaves are read as they are stored: a signed root stands over each of them, so a wrong one proves nothing.
"""

from heed.casework.models import Checkpoint, Cosignature, Entry
from heed.core.records import checkpoints
from heed.core.records.explained import Explained
from heed.core.records.proofs import Leaves

LAST = 50
"""How many earlier checkpoints a bundle proves itself against, beside each witness's last: two days of hours."""


def leaves(size: int) -> Leaves:
    """The first `size` leaves of the ledger."""
    found = Entry.objects.filter(seq__lte=size).order_by("seq").values_list("leaf", flat=True)
    return Leaves(bytes.fromhex(leaf) for leaf in found.iterator(chunk_size=10_000))


def signed_note(checkpoint: Checkpoint) -> str:
    """The checkpoint with every cosignature that was taken in."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return str(checkpoint.note) + "".join(f"{line}\n" for line in lines)


def bundle(checkpoint: Checkpoint, since: int | None = None) -> str:
    """The checkpoint, with proofs that it grew out of those that witnesses may have seen last; `since`: out of that
    size only. Raises Explained when the stored leaves do not make the signed root."""
    tree = leaves(checkpoint.size)
    if len(tree) != checkpoint.size or tree.root(checkpoint.size).hex() != checkpoint.root:
        raise Explained(
            f"The entries of the ledger do not make the checkpoint of {checkpoint.size} that was signed: there is "
            "nothing a witness could accept. Run `heed ledger verify` and tell the partnership."
        )
    olds = [since] if since is not None else _seen_before(checkpoint.size)
    if any(not 0 <= old <= checkpoint.size for old in olds):
        raise Explained(f"The checkpoint counts {checkpoint.size} entries: --since is from 0 to that.")
    blocks = [checkpoints.consistency_text(old, tree.consistency(old, checkpoint.size)) for old in olds]
    return "".join(blocks) + signed_note(checkpoint)


def proof_of(seq: int) -> str:
    """A `.tlog-proof` of one entry under the best checkpoint that covers it: cosigned rather than not, then newest."""
    covering = Checkpoint.objects.filter(size__gte=seq).order_by("-size")
    best = covering.filter(cosignatures__isnull=False).first() or covering.first()
    if best is None or not Entry.objects.filter(seq=seq).exists():
        raise Explained(
            f"Entry {seq} is under no checkpoint yet. Sign one with `heed ledger checkpoint`, or check the number: "
            "entries count from 1."
        )
    path = leaves(best.size).inclusion(seq - 1, best.size)
    return checkpoints.proof_text(seq - 1, path, signed_note(best))


def _seen_before(size: int) -> list[int]:
    """0, the last checkpoints, and the last that each witness signed."""
    lately = Checkpoint.objects.filter(size__lte=size).order_by("-size").values_list("size", flat=True)[:LAST]
    signed = Cosignature.objects.filter(checkpoint__size__lte=size).order_by("witness", "-checkpoint__size")
    newest = {}
    for witness, old in signed.values_list("witness", "checkpoint__size").distinct():
        newest[witness] = max(old, newest.get(witness, 0))
    return sorted({0, *lately, *newest.values()})
