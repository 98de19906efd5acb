"""Owing notices: rows written in the transaction of the steps that they tell of."""

from collections.abc import Iterable

from heed.casework.actions.inserting import insert, instant_writer
from heed.casework.models import Duty, DutyStep, Notice, Professional
from heed.core.duty.moves import Level, Move
from heed.core.duty.notices import Notice as Kind
from heed.core.duty.notices import told


def owe(steps: Iterable[tuple[Duty, DutyStep]]) -> None:
    """A notice for everybody who is told of these steps."""
    taken = instant_writer()
    rows = [
        (person, duty.pk, step.number, str(kind), taken(step.at))
        for duty, step in steps
        for person, kind in told(
            Move(step.kind),
            owner=step.owner_id,
            offered_to=duty.offered_to_id,
            raiser=duty.raiser_id,
            by=step.by_id,
            high=duty.level == Level.HIGH,
        ).items()
    ]
    insert(Notice, ("professional_id", "duty_id", "step", "kind", "at"), rows, unless_known=True)


def owe_recipients(duty: Duty, step: DutyStep, people: Iterable[Professional]) -> None:
    """A notice for those to whom a step brings a duty that was not theirs; whoever is told of the step already is told
    once."""
    rows = [
        Notice(professional=person, duty=duty, step=step.number, kind=Kind.VOICE, at=step.at)
        for person in people
        if person.pk != step.by_id
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def owe_second(duty: Duty, step: DutyStep, people: Iterable[Professional]) -> None:
    """A notice for everybody who is asked as a second person."""
    Notice.objects.bulk_create(
        [
            Notice(professional=person, duty=duty, step=step.number, kind=Kind.SECOND, at=step.at)
            for person in people
            if person.pk != step.by_id
        ],
        ignore_conflicts=True,
    )
