"""Signing the ledger's tree, and keeping what witnesses signed under it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from heed.casework import checkpoints as held
from heed.casework import keys, signing
from heed.casework.actions import ledger
from heed.casework.models import Checkpoint, Cosignature, Entry, Head, Heartbeat, Professional
from heed.casework.policy import policy
from heed.core.records import checkpoints, merkle, notes
from heed.core.records.merkle import Frontier

ACT = "cosignature"
AHEAD = timedelta(days=1)
"""A cosignature from further ahead than any clock is wrong by says nothing about today."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one signature under a note. `how` is kept, known, own, stranger or false."""

    how: str
    name: str
    agency: str = ""


def make_checkpoint(*, by: Professional | None, now: datetime) -> Checkpoint | None:
    """Sign the tree as it stands, after computing every new leaf from its header. None for an empty ledger.

    The hashing happens outside any transaction: nobody who saves a record waits for it. Raises LedgerDiffers, and
    leaves the alarm on, when the ledger is not what was signed before.
    """
    try:
        made = _made(now)
    except held.LedgerDiffers:
        Heartbeat.objects.update_or_create(name=held.REFUSED, defaults={"at": now})
        raise
    Heartbeat.objects.filter(name=held.REFUSED).delete()
    return made


def _made(now: datetime) -> Checkpoint | None:
    head = Head.objects.filter(pk=ledger.HEAD).first()
    last, outside = held.last_signed(), held.kept_outside(held.SIGNED)
    signed_before = max((tree.size for tree in (last and last[0], outside) if tree), default=0)
    size = head.size if head else 0
    if size < signed_before:
        raise held.shorter(size, signed_before)
    if head is None or not size:
        return None
    if last and last[0].size == size and (outside is None or outside.size <= size):
        return Checkpoint.objects.get(size=size)
    frontier = _grown(last[1] if last else Frontier(), outside, head)
    tree = checkpoints.Tree(signing.signer().key.name, size, merkle.root(frontier))
    note = signing.signer().signed(checkpoints.checkpoint_text(tree))
    keys.replaced(held.SIGNED, note.encode())
    with transaction.atomic():
        kept, _ = Checkpoint.objects.get_or_create(
            size=size,
            defaults={
                "root": tree.root.hex(), "frontier": merkle.written(frontier), "note": note, "at": now,
            },
        )  # fmt: skip
    return kept


def _grown(base: Frontier, outside: checkpoints.Tree | None, head: Head) -> Frontier:
    """The frontier of the whole log, which must come by what was signed before and end where the head is."""
    if outside and outside.size < base.size:
        outside = None
    stops = sorted({outside.size, head.size} if outside else {head.size})
    at = {frontier.size: frontier for frontier in held.grown_to(base, stops)}
    if outside and merkle.root(at[outside.size]) != outside.root:
        raise held.LedgerDiffers(
            f"The first {outside.size} entries of the ledger are not those that were signed before. Nothing is signed. "
            "Keep the database as it is, run `heed ledger verify`, and tell the partnership."
        )
    if merkle.written(at[head.size]) != head.frontier:
        raise held.LedgerDiffers(
            "The entries of the ledger do not make the tree that its head counts. Nothing is signed. Keep the database "
            "as it is, run `heed ledger verify`, and tell the partnership."
        )
    return at[head.size]


def keep_cosignatures(*, text: str, by: Professional | None, now: datetime) -> list[Taken]:
    """Take in a checkpoint that a witness signed: each signature of a witness that policy names, if it verifies and
    the checkpoint is one of this ledger's. Raises NotANote when the text is no such checkpoint."""
    note = notes.read(text)
    tree = checkpoints.read_checkpoint(note.text)
    row = Checkpoint.objects.filter(size=tree.size).first()
    if row is None or notes.read(row.note).text != note.text:
        raise notes.NotANote(
            f"this ledger signed no such checkpoint of {tree.size} entries: a witness that saw it saw another ledger, "
            "or one that has been changed since. Keep the file: it is evidence"
        )
    taken = [_taken(row, note, each, by, now) for each in note.signatures]
    _keep_outside(row, tree)
    return taken


def _taken(
    row: Checkpoint, note: notes.Note, each: notes.Signature, by: Professional | None, now: datetime
) -> Taken:
    if signing.signer().key.is_of(each):
        return Taken("own", each.name)
    known = [
        (agency, key) for agency, all_ in policy().ledger.witnesses.items() for key in all_ if key.is_of(each)
    ]
    if not known:
        return Taken("stranger", each.name)
    agency, key = known[0]
    if not signing.holds(key, notes.Note(note.text, (each,))):
        return Taken("false", each.name, agency)
    line = notes.line(each)
    timestamp, _ = checkpoints.read_cosignature(each.signed)
    if timestamp > now.timestamp() + AHEAD.total_seconds():
        return Taken("false", each.name, agency)
    try:
        with transaction.atomic():
            at = datetime.fromtimestamp(timestamp, UTC)
            Cosignature.objects.create(
                checkpoint=row, agency=agency, witness=each.name, line=line, at=at, received_at=now
            )
            ledger.append(
                kind=ACT, subject=f"checkpoint:{row.size}", purpose="to keep what a witness signed",
                body={"agency": agency, "line": line}, by=by, agency=by.agency_id if by else None, now=now,
            )  # fmt: skip
    except IntegrityError:
        return Taken("known", each.name, agency)
    return Taken("kept", each.name, agency)


def _keep_outside(row: Checkpoint, tree: checkpoints.Tree) -> None:
    """The largest witnessed checkpoint is also kept beside the key, where no restored database reaches it."""
    lines = list(row.cosignatures.order_by("pk").values_list("line", flat=True))
    outside = held.kept_outside(held.WITNESSED)
    if lines and (outside is None or outside.size <= tree.size):
        keys.replaced(held.WITNESSED, (row.note + "".join(f"{line}\n" for line in lines)).encode())


def proof_export_begins(*, bodies: bool, by: Professional | None, now: datetime) -> Entry:
    """One entry for an export of the ledger itself: headers and commitments, or with all that was ever said."""
    with transaction.atomic():
        return ledger.append(
            kind="export",
            subject="ledger",
            purpose="the ledger written out to be verified",
            body={"bodies": bodies},
            by=by,
            agency=by.agency_id if by else None,
            now=now,
        )
