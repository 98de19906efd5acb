"""Holding the tree of the ledger, as verifying computes it, against every checkpoint that was ever signed.

A checkpoint whose row was changed, one that no witness's signature fits, a tree that had another root when it had
that size: each is a fault. What is kept beside the key counts too, so that rows removed from the database show.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from heed.casework import keys, signing
from heed.casework.checkpoints import SIGNED, WITNESSED
from heed.casework.keeping import Fault
from heed.casework.models import Body, Checkpoint, Cosignature
from heed.casework.policy import policy
from heed.core.records import checkpoints, merkle, notes
from heed.core.records.merkle import Frontier

ACT = "cosignature"


class Anchors:
    """Every checkpoint there is; hand it the leaves as they are computed, then ask for the faults."""

    def __init__(self) -> None:
        self._odd: list[Fault] = []
        self._rows = list(self._readable())
        self._outside = {name: _read(name) for name in (SIGNED, WITNESSED)}
        trees = [note[1] for note in self._outside.values() if isinstance(note, tuple)]
        self._stops = sorted({*(row.size for row in self._rows), *(tree.size for tree in trees)})
        self._roots: dict[int, bytes] = {}

    def _readable(self) -> Iterator[Checkpoint]:
        """The rows whose size is one. When they were made does not matter here, and may not be readable."""
        for row in Checkpoint.objects.defer("at").order_by("pk"):
            if isinstance(row.size, int) and row.size > 0:
                yield row
            else:
                self._odd.append(Fault(f"checkpoint row {row.pk}", "counts no entries"))

    def grown(self, frontier: Frontier, leaves: Sequence[bytes]) -> Frontier:
        """The frontier after these leaves; the root is written down at each size that was signed."""
        start = frontier.size
        for stop in self._stops[bisect_right(self._stops, start) :]:
            if stop > start + len(leaves):
                break
            frontier = merkle.grown(frontier, leaves[frontier.size - start : stop - start])
            self._roots[stop] = merkle.root(frontier)
        return merkle.grown(frontier, leaves[frontier.size - start :])

    def faults(self, last: int) -> Iterator[Fault]:
        """What does not agree, once all `last` leaves were handed over."""
        yield from self._odd
        for row in self._rows:
            yield from self._row(row, last)
        for name, found in self._outside.items():
            if isinstance(found, Fault):
                yield found
            elif found:
                yield from self._held(f"the {name} beside the key", found[1], last)
                yield from _cosigned(found[0], f"the {name} beside the key") if name == WITNESSED else ()
        yield from _told()

    def _row(self, row: Checkpoint, last: int) -> Iterator[Fault]:
        named = f"checkpoint {row.size}"
        tree = _own(row.note)
        if tree is None:
            yield Fault(named, "is not signed by this ledger's key")
            return
        try:
            frontier = merkle.read(row.size, row.frontier)
        except ValueError:
            frontier = Frontier()
        if (tree.size, tree.root.hex()) != (row.size, row.root) or merkle.root(frontier) != tree.root:
            yield Fault(named, "its row does not say what was signed")
        yield from self._held(named, tree, last)
        lines = "".join(
            f"{line}\n" for line in row.cosignatures.order_by("pk").values_list("line", flat=True)
        )
        yield from _cosigned(row.note + lines, named)

    def _held(self, named: str, tree: checkpoints.Tree, last: int) -> Iterator[Fault]:
        if tree.origin != signing.signer().key.name:
            yield Fault(named, "is of another ledger")
        elif tree.size > last:
            yield Fault(named, f"counts {tree.size} entries, but {last} are there")
        elif self._roots.get(tree.size) != tree.root:
            yield Fault(
                named, "has another root than the entries: one of them was changed, removed or put in"
            )


def _read(name: str) -> Fault | tuple[str, checkpoints.Tree] | None:
    file = keys.folder() / name
    if not file.exists():
        return None
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        text = ""
    tree = _own(text)
    return (
        Fault(f"the {name} beside the key", "is not signed by this ledger's key")
        if tree is None
        else (text, tree)
    )


def _own(text: str) -> checkpoints.Tree | None:
    """What a note of this ledger's own key says; None when it is none."""
    try:
        note = notes.read(text)
        return checkpoints.read_checkpoint(note.text) if signing.holds(signing.signer().key, note) else None
    except notes.NotANote:
        return None


def _cosigned(text: str, named: str) -> Iterator[Fault]:
    """Each signature of a witness that policy names, over this very checkpoint."""
    try:
        note = notes.read(text)
    except notes.NotANote:
        yield Fault(named, "its cosignatures cannot be read")
        return
    for agency, all_ in policy().ledger.witnesses.items():
        for key in all_:
            if any(key.is_of(each) for each in note.signatures) and not signing.holds(key, note):
                yield Fault(named, f"the cosignature of {agency} is not over this checkpoint")


def _told() -> Iterator[Fault]:
    """Every cosignature that was taken in is written down in the ledger: each such entry has its row."""
    rows = set(Cosignature.objects.values_list("checkpoint__size", "line"))
    told = Body.objects.filter(entry__kind=ACT).order_by("entry_id")
    for seq, subject, text in told.values_list("entry_id", "entry__subject", "text"):
        try:
            known = (int(subject.removeprefix("checkpoint:")), json.loads(text)["line"]) in rows
        except (ValueError, KeyError, TypeError):
            known = False
        if not known:
            yield Fault(f"entry {seq}", "the cosignature it tells of is not there")
