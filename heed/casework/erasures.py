"""Which bodies may be missing: those that a later entry of kind `erasure` names, asked for by somebody else before.

The shape of such an entry's body is in docs/explanation/proof.md; `heed-verify` reads the same.
"""

import json
import re
from collections.abc import Iterator

from heed.casework.keeping import Fault
from heed.casework.models import Body, Entry

ERASURE, REQUEST, REFUSED = "erasure", "erasure_request", "erasure_refused"
SUBJECT = re.compile(r"erasure:([1-9][0-9]{0,17})")


class Erasures:
    """Every erasure of the ledger: ask it which entries it covers, then for what is wrong with the erasures."""

    def __init__(self) -> None:
        self._covered: dict[int, int] = {}
        self._requests: dict[int, int] = {}
        self._left: dict[int, dict[str, str] | None] = {}
        self._faults: list[Fault] = []
        self._refused = set(Entry.objects.filter(kind=REFUSED).values_list("subject", flat=True))
        told = Body.objects.filter(entry__kind=ERASURE).order_by("entry_id")
        for seq, actor, subject, text in told.values_list(
            "entry_id", "entry__actor_id", "entry__subject", "text"
        ):
            self._read(seq, actor, subject, text)

    def covers(self, seq: int) -> bool:
        """Whether the body of this entry was destroyed by an erasure that is whole."""
        return seq in self._covered

    def request(self, seq: int) -> int:
        """By which request the body of this entry was erased; 0 for one that was not."""
        return self._requests.get(self._covered.get(seq, 0), 0)

    def left(self, entry: Entry, mark: str) -> bool:
        """Whether this is what was left of the subject of this entry. Erasures of before 0.2.0 do not say."""
        said = self._left.get(self._covered.get(entry.seq, 0))
        return said is None or said.get(entry.subject) == mark

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

    def _read(self, seq: int, actor: int | None, subject: str, text: str) -> None:
        try:
            body = json.loads(text)
            named, request = body["entries"], body["request"]
            left = body.get("left")
            if not all(isinstance(each, int) and 0 < each < seq for each in [*named, request]):
                raise ValueError
            if left is not None and not isinstance(left, dict):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError):
            self._faults.append(
                Fault(f"entry {seq}", "is no erasure: it names no earlier entries, or no request")
            )
            return
        asked = Entry.objects.filter(seq=request, kind=REQUEST).first()
        if asked is None or actor is None or asked.actor_id in (None, actor):
            self._faults.append(Fault(f"entry {seq}", "is no erasure: one person asks, another agrees"))
            return
        number = SUBJECT.fullmatch(subject)
        if number is None or asked.subject != subject:
            self._faults.append(Fault(f"entry {seq}", "is no erasure: it is not about the request it names"))
            return
        if int(number[1]) in self._requests.values() or subject in self._refused:
            self._faults.append(Fault(f"entry {seq}", "is no erasure: its request was decided before"))
            return
        self._requests[seq], self._left[seq] = int(number[1]), left
        self._covered |= dict.fromkeys(named, seq)
