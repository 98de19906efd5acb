"""Counting what the monthly assurance report tells of: duties as their steps left them, looks, glass, who is silent."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import F, Q

from heed.casework.models import DutyStep, Entry, Glass, GlassReview, Record, RuleBeat
from heed.casework.policy import policy
from heed.core.duty.moves import OWED, Move, State, next_state
from heed.core.review.assurance import Line, Month, lines, told_up_to

INTERVIEW = "deadline:return_interview"
RUNG, RANK = (
    "Concerns without an answer at the end of the month, by rung",
    "The same, by rank of whoever owes it",
)
CLOCKS, INTERVIEWS = (
    "Answers that fell due in the month",
    "Return interviews that fell due in the month (72 hours)",
)
LOOKS, GLASS = "Looks at records", "Emergency access"
ORDER = (RUNG, RANK, CLOCKS, INTERVIEWS, LOOKS, GLASS)
IN_TIME, LATE = "In time", "Not in time"

type Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Assurance:
    """The report, counted up to an instant: the end of the month, or while it runs the Monday before. `silent` are
    agencies that sent nothing in the month and had before; `stopped` are rules whose last run
    failed, as they stand when it is asked: what stood at the end of a month that is over is not kept."""

    month: Month
    up_to: datetime
    lines: tuple[Line, ...]
    silent: tuple[str, ...]
    stopped: tuple[str, ...]


def report(month: Month, now: datetime) -> Assurance:
    """The counts of a month beside those of the one before."""
    up_to = told_up_to(month, now)
    found = lines(counts(month, up_to), counts(month.before), ORDER)
    return Assurance(month, up_to, tuple(found), tuple(_silent(month, up_to)), tuple(_stopped()))


def counts(month: Month, up_to: datetime | None = None) -> Counts:
    """Everything counted in one month, or in its part before an instant, by section and name. Nobody is named."""
    ends = up_to or month.ends
    found: Counts = Counter(
        {(section, name): 0 for section in (CLOCKS, INTERVIEWS) for name in (IN_TIME, LATE)}
    )
    for steps in _duties(ends):
        found.update(_of_duty(steps, month.begins, ends))
    at = Q(at__gte=month.begins, at__lt=ends)
    entries = Entry.objects.filter(at)
    found[LOOKS, "Looks"] = entries.filter(kind="consultation").count()
    found[LOOKS, "Refused"] = entries.filter(kind="refusal").count()
    found[LOOKS, "Taken out of Heed"] = entries.filter(kind="export").count()
    found[GLASS, "Opened"] = Glass.objects.filter(at).count()
    found[GLASS, "Reviewed"] = GlassReview.objects.filter(at).count()
    found[GLASS, "Reviewed and not justified"] = GlassReview.objects.filter(at, justified=False).count()
    return found


def _duties(end: datetime) -> Iterator[list[DutyStep]]:
    """The steps of each duty before an instant, in their order."""
    steps = DutyStep.objects.filter(at__lt=end).select_related("duty", "owner").order_by("duty", "number")
    for _, some in groupby(steps.iterator(chunk_size=2000), key=lambda step: step.duty_id):
        yield list(some)


def _of_duty(steps: list[DutyStep], begins: datetime, ends: datetime) -> Iterable[tuple[str, str]]:
    """What one duty adds: where it stands, and whether its first clock, if it ran out in the month, was met."""
    duty, last = steps[0].duty, steps[-1]
    interview = duty.about.startswith(INTERVIEW)
    if duty.record_id is not None and not duty.about and _state(steps) in OWED:
        yield RUNG, policy().ladder.at(last.rung).name
        yield RANK, last.owner.grade or "not given"
    due = steps[0].due_at
    if due is not None and begins <= due < ends:
        answered = next((step.at for step in steps if step.kind in (Move.ANSWERED, Move.CONFIRMED)), None)
        yield INTERVIEWS if interview else CLOCKS, IN_TIME if answered and answered <= due else LATE


def _state(steps: list[DutyStep]) -> State:
    state = State.OPEN
    for step in steps[1:]:
        state = next_state(state, Move(step.kind))
    return state


def _silent(month: Month, ends: datetime) -> Iterator[str]:
    rows = Record.objects.system("the assurance report: which agencies sent nothing in a month")
    before = rows.filter(received_at__lt=month.begins).order_by().values_list("agency", flat=True).distinct()
    during = rows.filter(received_at__gte=month.begins, received_at__lt=ends)
    yield from sorted(set(before) - set(during.order_by().values_list("agency", flat=True).distinct()))


def _stopped() -> list[str]:
    failed = RuleBeat.objects.filter(failed_at__isnull=False)
    stopped = failed.filter(Q(finished_at__isnull=True) | Q(failed_at__gt=F("finished_at")))
    return sorted(stopped.values_list("name", flat=True))
