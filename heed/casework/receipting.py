"""Receipts as text, signed with the ledger's key: whoever holds one can show that an entry was there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from heed.casework import proof, signing
from heed.casework.keeping import Fault
from heed.casework.models import Entry
from heed.core.records import checkpoints, notes
from heed.core.records.checkpoints import Receipted


class Receipt(Protocol):
    """What a receipt is made of: `casework.actions.receive.Receipt`, or a saved record as its door shows it."""

    @property
    def seq(self) -> int: ...
    @property
    def leaf(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def agency(self) -> str: ...


def signed(receipt: Receipt) -> str:
    """The text of a signed receipt: log, entry, leaf, when, agency; no name and no reference. Ends in a newline.

    `receipt.leaf` is the whole leaf, 64 hexadecimal digits. The same receipt gives the same text every time.
    """
    at = receipt.at.astimezone(UTC).isoformat(timespec="microseconds")
    made = Receipted(signing.signer().key.name, receipt.seq, receipt.leaf, at, receipt.agency)
    return signing.signer().signed(checkpoints.receipt_text(made))


def held(text: str) -> list[str]:
    """What is wrong with a receipt, held against the ledger; nothing when the entry is there as it was.

    Raises NotANote when the text is no receipt.
    """
    note = notes.read(text)
    told = checkpoints.read_receipt(note.text)
    if not signing.holds(signing.signer().key, note):
        return [f"the receipt of entry {told.seq} is not signed by this ledger's key"]
    entry = Entry.objects.filter(seq=told.seq).first()
    if entry is None:
        return [f"entry {told.seq} was receipted on {told.at} and is not in the ledger: it was removed"]
    if proof.leaf(entry) != told.leaf:
        return [
            f"entry {told.seq} is not the one that was receipted on {told.at}: it was changed or exchanged"
        ]
    return []


def faults_of(file: Path) -> Iterator[Fault]:
    """Each receipt in a file, held against the ledger. A file may hold many, one after the other."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        yield Fault(f"receipt {file}", "cannot be read as text")
        return
    for one in text.split(f"{checkpoints.RECEIPT_HEADER}\n")[1:] or [text]:
        try:
            yield from (
                Fault(f"receipt {file}", wrong) for wrong in held(f"{checkpoints.RECEIPT_HEADER}\n{one}")
            )
        except notes.NotANote as trouble:
            yield Fault(f"receipt {file}", str(trouble))
