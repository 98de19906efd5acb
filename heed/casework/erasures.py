"""Which bodies may be missing: those that a later entry of kind `erasure` names, asked for by somebody else before.

The shape of such an entry's body is in docs/explanation/proof.md; `heed-verify` reads the same.
"""

import json
from collections.abc import Iterator

from heed.casework.keeping import Fault
from heed.casework.models import Body, Entry

ERASURE, REQUEST = "erasure", "erasure_request"


class Erasures:
    """Every erasure of the ledger: ask it which entries it covers, then for what is wrong with the erasures."""

    def __init__(self) -> None:
        self._covered: dict[int, int] = {}
        self._faults: list[Fault] = []
        told = Body.objects.filter(entry__kind=ERASURE).order_by("entry_id")
        for seq, actor, text in told.values_list("entry_id", "entry__actor_id", "text"):
            self._read(seq, actor, text)

    def covers(self, seq: int) -> bool:
        """Whether the body of this entry was destroyed by an erasure that is whole."""
        return seq in self._covered

    def faults(self) -> Iterator[Fault]:
        """Erasures that are no erasures, and bodies that are still there although one names them."""
        yield from self._faults
        keys = sorted(self._covered)
        for start in range(0, len(keys), 500):
            for seq in (
                Body.objects.filter(pk__in=keys[start : start + 500])
                .order_by("pk")
                .values_list("pk", flat=True)
            ):
                yield Fault(
                    f"entry {seq}", f"entry {self._covered[seq]} says its body was destroyed, and it is there"
                )

    def _read(self, seq: int, actor: int | None, text: str) -> None:
        try:
            body = json.loads(text)
            named, request = body["entries"], body["request"]
            if not all(isinstance(each, int) and 0 < each < seq for each in [*named, request]):
                raise ValueError
        except (ValueError, KeyError, TypeError):
            self._faults.append(
                Fault(f"entry {seq}", "is no erasure: it names no earlier entries, or no request")
            )
            return
        asked = Entry.objects.filter(seq=request, kind=REQUEST).values_list("actor_id", flat=True).first()
        if asked is None or actor is None or asked == actor:
            self._faults.append(Fault(f"entry {seq}", "is no erasure: one person asks, another agrees"))
            return
        self._covered |= dict.fromkeys(named, seq)
