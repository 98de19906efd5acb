"""The door to the register: what is watched, planned and due as far as somebody may see it, and one page of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from heed.casework import sealed
from heed.casework.actions.register.owing import DISRUPTION_ABOUT, OWNER_ABOUT, SECOND_ABOUT, SILENCE
from heed.casework.actions.register.rows import history, told
from heed.casework.actions.register.watchers import NotYours, may_write
from heed.casework.doors.looks import looked, refused
from heed.casework.doors.register_sight import RELATED, person_of, subject_of, visible
from heed.casework.doors.sight import known_children, read
from heed.casework.models import Duty, Professional, Record, Registered, RegisterStep
from heed.core.access.viewer import Viewer
from heed.core.duty.moves import OWED
from heed.core.duty.moves import State as DutyState
from heed.core.register.moves import SUBJECTS, Kind, Move, State

SOON = timedelta(days=7)
PURPOSE, LISTING, PACKED = "what is registered", "the register", "the pack of what is registered"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever is named on it."""

    name: str
    role: str
    agency: str


@dataclass(frozen=True, slots=True)
class Line:
    """Something of the register in a list. `said` is what its first step says, `words` what its newest does."""

    reference: str
    kind: Kind
    called: str
    said: Mapping[str, Any]
    state: State
    level: str
    owner: Owner
    agency: str
    next_at: datetime | None
    late: bool
    under: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `childs_words` and `text` are those of the record it made, where the viewer may read that."""

    number: int
    at: datetime
    move: Move
    by: str
    said: Mapping[str, Any]
    childs_words: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page. `person` is the child's own page where it is about one; `second` the duty by which a second person is
    asked; `owed` the duties on its silence, or on a pattern that names it. Of what was weeded, at `weeded_at`, or stands
    under it, nothing is left here but that."""

    line: Line
    about: Line
    person: str
    terms: Mapping[str, Any]
    steps: tuple[Step, ...]
    items: tuple[Line, ...]
    second: str
    owed: tuple[str, ...]
    may_write: bool
    opened_at: datetime
    weeded_at: datetime | None = None


def register(*, viewer: Viewer, now: datetime) -> list[Line]:
    """Everything that is open and in sight: what is late first, then by the day on which it is due."""
    rows = Registered.objects.exclude(state=State.ENDED).select_related(*RELATED)
    seen = visible(viewer, list(rows.order_by("next_at", "pk")))
    looked(viewer=viewer, subject="register", purpose=LISTING, now=now)
    return lines(seen, now)


def page(*, viewer: Viewer, reference: str, now: datetime) -> RegisterPage | None:
    """One page, or None when there is none that the viewer may see. Logged either way."""
    found = Registered.objects.select_related(*RELATED).filter(reference=reference)
    row = next(iter(visible(viewer, list(found))), None)
    if row is None:
        refused(viewer=viewer, subject="register:unknown", purpose=PURPOSE, now=now)
        return None
    weeded_at = _weeded_at(row)
    if weeded_at is not None:
        looked(viewer=viewer, subject=f"register:{reference}", purpose=PURPOSE, now=now)
        return _nothing_left(row, weeded_at)
    steps = history(row)
    records = _records(viewer, [said for _, said in steps])
    keys = [record.pk for record in records.values()]
    looked(viewer=viewer, subject=f"register:{reference}", purpose=PURPOSE, records=keys, now=now)
    about = subject_of(row)
    items = (
        row.items.select_related(*RELATED).order_by("pk")
        if row.kind in SUBJECTS
        else Registered.objects.none()
    )
    (line, *under) = lines([row, *items], now)
    return RegisterPage(
        line=line,
        about=line if about.pk == row.pk else lines([about], now)[0],
        person=person_of(about) if about.kind == Kind.CHILD else "",
        terms=_terms([said for _, said in steps]),
        steps=tuple(_step(step, said, records) for step, said in steps),
        items=tuple(under),
        second=_waiting(f"{SECOND_ABOUT}{reference}:") if row.state == State.ASKED else "",
        owed=_owed(row),
        may_write=_may_write(viewer, row, now),
        opened_at=row.opened_at,
    )


def _weeded_at(row: Registered) -> datetime | None:
    """When what it is about was weeded. What cannot end so asks nothing."""
    about = subject_of(row)
    if about.kind not in (Kind.PERSON, Kind.PLACE) or about.state != State.ENDED:
        return None
    last = about.steps.filter(move=Move.WEEDED).order_by("-number").values_list("at", flat=True)
    return last.first()


def _nothing_left(row: Registered, weeded_at: datetime) -> RegisterPage:
    """The page of what was weeded: whoever is unproven is not kept in view by the page that let them go."""
    line = Line(row.reference, Kind(subject_of(row).kind), "", {}, State.ENDED, row.level,
                Owner("", "", ""), row.agency.name, None, late=False)  # fmt: skip
    return RegisterPage(
        line, line, "", {}, (), (), "", (), may_write=False, opened_at=row.opened_at, weeded_at=weeded_at
    )


def pages_under(*, viewer: Viewer, reference: str, now: datetime) -> list[RegisterPage]:
    """The pages of everything that stands on one thing, to be read and not written on: as many questions for fifty as
    for one, and one look, which names every record that was shown."""
    under = Registered.objects.select_related(*RELATED).filter(under__reference=reference)
    rows = visible(viewer, list(under.order_by("pk")))
    every = RegisterStep.objects.filter(registered__in=rows).select_related("by__agency").order_by("pk")
    said = dict(zip((step.pk for step in every), told(list(every)), strict=True))
    records = _records(viewer, list(said.values()))
    keys = [record.pk for record in records.values()]
    looked(viewer=viewer, subject=f"register:{reference}", purpose=PACKED, records=keys, now=now)
    steps: dict[int, list[RegisterStep]] = {row.pk: [] for row in rows}
    for step in every:
        steps[step.registered_id].append(step)
    (about,) = lines([subject_of(rows[0])], now) if rows else (None,)
    return [
        RegisterPage(
            line=line,
            about=about or line,
            person="",
            terms=_terms([said[step.pk] for step in steps[row.pk]]),
            steps=tuple(_step(step, said[step.pk], records) for step in steps[row.pk]),
            items=(),
            second="",
            owed=(),
            may_write=False,
            opened_at=row.opened_at,
        )
        for row, line in zip(rows, lines(rows, now), strict=True)
    ]


def lines(rows: Sequence[Registered], now: datetime) -> list[Line]:
    """Rows as somebody who may see them reads them in a list."""
    about = [subject_of(row) for row in rows]
    keys = {row.pk for row in [*rows, *about]}
    first = list(RegisterStep.objects.filter(registered__in=keys, number=1))
    said = dict(zip((step.registered_id for step in first), told(first), strict=True))
    return [
        Line(
            reference=row.reference,
            kind=Kind(row.kind),
            called=str(said.get(subject.pk, {}).get("called") or ""),
            said=said.get(row.pk, {}),
            state=State(row.state),
            level=row.level,
            owner=Owner(row.owner.name, row.owner.role, row.owner.agency.name),
            agency=row.agency.name,
            next_at=row.next_at,
            late=row.next_at is not None and row.next_at <= now,
            under=subject.reference if subject.pk != row.pk else "",
        )
        for row, subject in zip(rows, about, strict=True)
    ]


def due_from(*, viewer: Viewer, now: datetime) -> list[Line]:
    """What is due from the viewer soon, or late. For Today, whose look is logged there."""
    rows = Registered.objects.filter(owner=viewer.professional, next_at__lte=now + SOON)
    open_ones = rows.exclude(state=State.ENDED).select_related(*RELATED).order_by("next_at", "pk")
    return lines(visible(viewer, list(open_ones)), now)


def colleagues(*, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Those at the viewer's agency who are there and can sign in, the viewer among them."""
    people = Professional.objects.filter(agency=viewer.agency, is_active=True).order_by("name")
    return tuple((each.pk, f"{each.name}, {each.role}") for each in people if each.has_usable_password())


def owners(*, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Everybody who can owe an action of a plan: the viewer's colleagues, and those of other agencies by post."""
    held = Professional.objects.filter(is_active=True, posts__isnull=False).exclude(agency=viewer.agency)
    others = held.select_related("agency").distinct().order_by("agency__name", "name")
    return colleagues(viewer=viewer) + tuple(
        (each.pk, f"{each.name}, {each.role}, {each.agency}") for each in others if each.has_usable_password()
    )


def named(*, id: int) -> Professional:
    """A professional chosen from one of these lists."""
    found: Professional = Professional.objects.get(pk=id)
    return found


def _terms(told_of: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What holds now: each part as it was said last. What was only asked for does not hold."""
    found: dict[str, Any] = {}
    for said in told_of:
        if "leaves" not in said:
            found |= {key: value for key, value in said.items() if key != "words"}
    return found


def _records(viewer: Viewer, told_of: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Record]:
    """The records that steps made, as far as the viewer may read them."""
    named = [tuple(said["record"]) for said in told_of if said.get("record")]
    refs = [ref for _, ref in named]
    rows = Record.objects.visible_to(viewer).filter(ref__in=refs).order_by("revision")
    return {(row.agency_id, row.ref): row for row in rows if (row.agency_id, row.ref) in named}


def _step(step: RegisterStep, said: Mapping[str, Any], records: Mapping[tuple[str, str], Record]) -> Step:
    agency, ref = said.get("record") or ("", "")
    row = records.get((agency, ref)) if step.move in (Move.SEEN, Move.HELD) else None
    record = read(sealed.document_of(row)) if row is not None else None
    return Step(
        number=step.number,
        at=step.at,
        move=Move(step.move),
        by=f"{step.by.name}, {step.by.role}, {step.by.agency}",
        said=said,
        childs_words=(record.childs_words or "") if record else "",
        text=(record.text or "") if record else "",
    )


def _waiting(about: str) -> str:
    """The duty on which a second person can give their word now: one that was disagreed with is asked anew instead."""
    found = Duty.objects.filter(about__startswith=about, state=DutyState.ASKED).order_by("-pk").first()
    return found.reference if found else ""


def _owed(row: Registered) -> tuple[str, ...]:
    about = Q(pk__in=[])
    for kind in (SILENCE, DISRUPTION_ABOUT, OWNER_ABOUT):
        about |= Q(about__startswith=f"{kind}{row.reference}:")
    owed = Duty.objects.filter(about, state__in=OWED)
    return tuple(owed.order_by("pk").values_list("reference", flat=True))


def _may_write(viewer: Viewer, row: Registered, now: datetime) -> bool:
    person = Professional.objects.get(pk=viewer.professional)
    try:
        may_write(row, person, now)
    except NotYours:
        return False
    return True


def watchable(*, viewer: Viewer, person: str, now: datetime) -> str | None:
    """The name of a child whom the viewer may begin to watch; None for one not in sight. Logged either way."""
    child = known_children(viewer, [person]).get(person)
    log = refused if child is None else looked
    log(viewer=viewer, subject=person, purpose="to watch a child", now=now)
    return child.name if child else None
