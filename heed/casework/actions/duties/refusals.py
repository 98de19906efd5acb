"""Earlier refusals to act on the same child: a concern that comes again is not answered by the same desk."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from heed.casework import sealed
from heed.casework.actions.duties.sight import CHILDREN
from heed.casework.actions.kept import chunks
from heed.casework.models import DutyStep, Mention, Record
from heed.casework.policy import policy
from heed.core.duty.moves import Move
from heed.core.records.when import parse_instant


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody decided not to act on a child. `record` is the row it was about; `here` whether it was decided in Heed."""

    person: str
    record: int
    at: datetime
    words: str
    here: bool


def refusals(persons: Collection[str]) -> list[Refusal]:
    """Every refusal to act on these children that Heed knows, decided here or told by an agency."""
    return [found for some in chunks(sorted(persons)) for found in (*_decided_here(some), *_told(some))]


def earlier(
    known: Collection[Refusal], *, person: str, record: int, recorded: datetime, now: datetime
) -> Refusal | None:
    """The newest refusal after which a record about the same child came, within the days policy gives."""
    span = timedelta(days=policy().duties.again_within_days)

    def precedes(refusal: Refusal) -> bool:
        after = now if refusal.here else recorded
        return refusal.person == person and refusal.record != record and after - span <= refusal.at <= after

    return max(filter(precedes, known), key=lambda refusal: refusal.at, default=None)


def _decided_here(persons: Collection[str]) -> Iterator[Refusal]:
    steps = DutyStep.objects.filter(
        kind__in=(Move.ANSWERED, Move.CONFIRMED),
        decision__in=policy().duties.refusals,
        by__isnull=False,
        duty__record__mentions__part__in=CHILDREN,
        duty__record__mentions__source__person__in=persons,
    )
    # Asked once: what is saved between two questions would be in the one and not in the other.
    pairs = list(steps.values_list("pk", "duty__record__mentions__source__person").distinct().order_by("pk"))
    full = DutyStep.objects.select_related("by__agency", "duty").in_bulk([pk for pk, _ in pairs])
    decisions = policy().duties.decisions
    for pk, person in pairs:
        step = full[pk]
        words = f"{decisions[step.decision]} by {step.by} ({step.by.agency}), duty {step.duty.reference}"
        yield Refusal(person, step.duty.record_id, step.at, words, here=True)


def _told(persons: Collection[str]) -> Iterator[Refusal]:
    rules = policy().duties
    mentions = Mention.objects.system("a concern that comes again is not answered by the same desk").filter(
        part__in=CHILDREN, source__person__in=persons, record__kind__in=rules.clauses
    )
    told = Record.objects.system("a concern that comes again is not answered by the same desk")
    pairs = list(mentions.order_by("pk").values_list("source__person", "record_id"))
    rows = told.in_bulk([row for _, row in pairs])
    for person, row in pairs:
        agency, ref = rows[row].agency_id, rows[row].ref
        document = json.loads(sealed.document_of(rows[row]))
        answer = document.get("answer") or {}
        if answer.get("decision") in rules.refusals:
            at = parse_instant(answer.get("at") or document["recorded_at"])
            by = answer.get("by") or {}
            who = ", ".join(filter(None, (by.get("name"), by.get("role")))) or "somebody"
            words = f"{rules.decisions[answer['decision']]} by {who}, record {agency} {ref}"
            yield Refusal(person, row, at, words, here=False)
