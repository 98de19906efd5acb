"""What people said of pairs, for whoever may read it: every verdict with what became of it, newest first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.sight import agency_names
from heed.casework.linking.lapsing import lapsed
from heed.casework.models import Professional, Verdict, VerdictStep
from heed.casework.sealing.rows import reason_of, reasons_of_steps
from heed.core.identity import verdicts as core

type Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Became:
    """One step of a verdict: asked, confirmed, declined or withdrawn, by whom and why."""

    step: str
    reason: str
    by: str
    role: str
    agency: str
    at: datetime
    author: int


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict as it was given, with its state now. `stands`: it is the one that counts on its pair; `asked`: it is
    the one a second person is asked for."""

    verdict: str
    reason: str
    by: str
    role: str
    agency: str
    at: datetime
    author: int = 0
    number: int = 0
    state: str = core.State.GIVEN
    became: tuple[Became, ...] = ()
    stands: bool = False
    asked: bool = False

    @property
    def open(self) -> bool:
        """Whether its author can still take it back."""
        return (core.State(self.state), core.Step.WITHDRAWN) in core.TRANSITIONS


def said_of(pairs: Collection[Key]) -> dict[Key, tuple[Said, ...]]:
    """Every verdict on these pairs, newest first, whichever side was named first."""
    keys = {key for two in pairs for key in two}
    rows = Verdict.objects.filter(left__in=keys, right__in=keys).select_related("by").order_by("-pk")
    wanted = [row for row in rows if core.pair(row.left, row.right) in pairs]
    steps = VerdictStep.objects.filter(verdict__in=wanted).select_related("by").order_by("pk")
    return _told(wanted, list(steps))


def _told(rows: Iterable[Verdict], steps: list[VerdictStep]) -> dict[Key, tuple[Said, ...]]:
    rows = list(rows)
    if not rows:
        return {}
    names = agency_names()
    became = _became(steps, names)
    given = [core.Said(row.pk, row.left, row.right, core.Word(row.verdict)) for row in rows]
    marks = [core.Became(step.pk, step.verdict_id, core.Step(step.kind)) for step in steps]
    marks += lapsed(given)
    states = core.states(given, marks)
    stands = {one.order for one in core.standing(core.in_force(given, marks))}
    asked = {one.order for one in core.asked_for(given, marks)}
    found: dict[Key, list[Said]] = {}
    for row in rows:
        found.setdefault(core.pair(row.left, row.right), []).append(
            Said(
                row.verdict, reason_of(row), *_who(row.by, names), row.at, row.by_id, row.pk, states[row.pk],
                tuple(became.get(row.pk, ())), row.pk in stands, row.pk in asked,
            )
        )  # fmt: skip
    return {two: tuple(each) for two, each in found.items()}


def _became(steps: list[VerdictStep], names: dict[str, str]) -> dict[int, list[Became]]:
    found: dict[int, list[Became]] = {}
    for step, why in zip(steps, reasons_of_steps(steps), strict=True):
        told = Became(step.kind, why, *_who(step.by, names), step.at, step.by_id)
        found.setdefault(step.verdict_id, []).append(told)
    return found


def _who(by: Professional, names: dict[str, str]) -> tuple[str, str, str]:
    return by.name, by.role, names[by.agency_id]
