"""What an erasure takes out of the register: the words of every step about a child and of every duty about such a step,
her watch with them, and what a page of a person of concern or a place copied from a record that goes."""

from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db import connection
from django.db.models import Q, QuerySet

from heed.casework.actions import ledger
from heed.casework.actions.duties import sight, steps
from heed.casework.actions.register import owing
from heed.casework.actions.register.rows import ACT, SUBJECT, told
from heed.casework.models import Duty, DutyStep, Entry, Professional, Registered, RegisterStep
from heed.casework.policy.register import register_rules
from heed.core.duty.moves import OWED, Move
from heed.core.records.sources import source_from_key
from heed.core.register.moves import Kind

AT_ONCE = 500
GONE = "What it was about was erased by order."


def duties(sources: Collection[str]) -> list[Duty]:
    """The duties about what is registered of these sources: they stand on no record, and say as much of the child."""
    found: list[Duty] = []
    for rows in _about(sources):
        for reference in rows.values_list("reference", flat=True):
            about = Q(pk__in=[])
            for kind in owing.ABOUTS:
                about |= Q(about__startswith=f"{kind}{reference}:")
            found += Duty.objects.filter(about)
    return sorted(found, key=lambda duty: duty.pk)


def empty(sources: Collection[str]) -> list[int]:
    """Empty what is said about these sources, and about what is planned on them; gives the entries that committed to it.

    Nobody is watched of whom nothing is known: it is due no more.
    """
    seqs = _words_of_duties(duties(sources))
    for rows in _about(sources):
        kept = dict(rows.values_list("pk", "reference"))
        said = RegisterStep.objects.filter(registered__in=kept).exclude(said="")
        _run("update casework_registerstep set said = '' where id = %s", said.values_list("pk", flat=True))
        rows.update(state="ended", next_at=None)
        subjects = [f"{SUBJECT}{reference}" for reference in kept.values()]
        entries = Entry.objects.filter(kind=ACT, subject__in=subjects, body__isnull=False)
        seqs += entries.values_list("seq", flat=True)
    return seqs


def empty_copied(names: Collection[tuple[str, str]]) -> list[int]:
    """Empty what pages of persons of concern and places copied from these records when they were opened: what they are
    called, how they are described, and why. The page stays, due for review, without them."""
    first = RegisterStep.objects.filter(number=1, registered__kind__in=(Kind.PERSON, Kind.PLACE)).exclude(
        said=""
    )
    seqs: list[int] = []
    for some in batched(first.select_related("registered").order_by("pk"), AT_ONCE):
        copied = [
            step
            for step, said in zip(some, told(some), strict=True)
            if tuple(said.get("record", ())) in names
        ]
        _run("update casework_registerstep set said = '' where id = %s", [step.pk for step in copied])
        for step in copied:
            subject = f"{SUBJECT}{step.registered.reference}"
            entries = Entry.objects.filter(kind=ACT, subject=subject, purpose=step.move, body__isnull=False)
            seqs += entries.order_by("seq").values_list("seq", flat=True)[:1]
    return seqs


def settle(sources: Collection[str], by: Professional, now: datetime) -> list[ledger.Act]:
    """Answer what is still owed on what was erased: nobody could any more. Two people agreed to the erasure already."""
    acts = []
    for duty in duties(sources):
        if duty.state in OWED:
            decision = register_rules().done
            step = steps.take(duty, Move.ANSWERED, by=by, at=now, decision=decision, words=GONE)
            sight.narrow(duty, now)
            acts.append(steps.act(duty, step, now))
    return acts


def _about(sources: Collection[str]) -> list[QuerySet[Registered]]:
    """What is registered of these sources, and what stands under it, some hundreds of sources at a time."""
    found = []
    for some in batched(sorted(sources), AT_ONCE):
        named = Q(pk__in=[])
        for agency, ref in map(source_from_key, some):
            named |= Q(source_agency=agency, source_ref=ref)
        under = Registered.objects.filter(named).values("pk")
        found.append(Registered.objects.filter(named | Q(under__in=under)))
    return found


def _words_of_duties(owed: Collection[Duty]) -> list[int]:
    seqs: list[int] = []
    for some in batched(owed, AT_ONCE):
        said = DutyStep.objects.filter(duty__in=[duty.pk for duty in some]).exclude(words="")
        _run("update casework_dutystep set words = '' where id = %s", said.values_list("pk", flat=True))
        subjects = [f"duty:{duty.reference}" for duty in some]
        entries = Entry.objects.filter(kind=steps.ACT, subject__in=subjects, body__isnull=False)
        seqs += entries.values_list("seq", flat=True)
    return seqs


def _run(sql: str, keys: Collection[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(key,) for key in list(keys)])
