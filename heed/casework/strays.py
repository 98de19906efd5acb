"""Rows put where verifying does not walk: outside the order of the entries, or hanging on nothing that is there."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from heed.casework.actions.ledger import HEAD
from heed.casework.keeping import Fault
from heed.casework.models import Body, Duty, DutyStep, Entry, Head

MOST_NAMED = 50


def strays(last: int) -> Iterator[Fault]:
    """Every row of the ledger outside 1 to `last`, and every duty, step or head that no walk comes by."""
    outside = Entry.objects.filter(Q(seq__lt=1) | Q(seq__gt=last)).order_by("seq")
    for seq in outside.values_list("seq", flat=True)[:MOST_NAMED]:
        yield Fault(f"entry {seq}", "stands outside the order: entries count from 1 without a gap")
    unheld = Body.objects.filter(~Exists(Entry.objects.filter(pk=OuterRef("entry_id")))).order_by("entry_id")
    for seq in unheld.values_list("entry_id", flat=True)[:MOST_NAMED]:
        yield Fault(f"body {seq}", "belongs to no entry")
    for key in Head.objects.exclude(pk=HEAD).values_list("pk", flat=True)[:MOST_NAMED]:
        yield Fault(f"head {key}", "is a second head: there is one")
    for reference in (
        Duty.objects.filter(pk__lt=1).order_by("pk").values_list("reference", flat=True)[:MOST_NAMED]
    ):
        yield Fault(f"duty {reference}", "was not opened by Heed: its row counts from below 1")
    lost = DutyStep.objects.filter(~Exists(Duty.objects.filter(pk=OuterRef("duty_id")))).order_by("pk")
    for duty, number in lost.values_list("duty_id", "number")[:MOST_NAMED]:
        yield Fault(f"duty row {duty}, step {number}", "belongs to no duty")
