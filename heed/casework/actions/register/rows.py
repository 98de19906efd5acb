"""Writing one step of what is registered: compare-and-set of its row, its step and its ledger entry, all or nothing."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from heed.casework import sealed
from heed.casework.actions import ledger
from heed.casework.actions.duties.steps import Overtaken, instant
from heed.casework.models import Agency, Professional, Registered, RegisterStep
from heed.casework.policy import policy
from heed.casework.sealing import whose
from heed.casework.sealing.box import Bound
from heed.core.duty.moves import Level, NotPossible
from heed.core.records.canonical import canonical
from heed.core.records.explained import Explained
from heed.core.records.sources import source_key
from heed.core.register.moves import Kind, Move, State, next_state

ACT = "register"
SUBJECT = "register:"
LONGEST, LEAST = 4000, 10

type Said = Mapping[str, Any]


def words_given(words: str, what: str, least: int = LEAST) -> str:
    """Somebody's words, without space around. Raises Explained for too few or too many; `what` says which."""
    said = words.strip()
    if not least <= len(said) <= LONGEST:
        raise Explained(f"{what} in {least} to {LONGEST:,} characters.")
    return said


def key_of(row: Registered) -> str:
    """Whose key its words are sealed under: the child's or the person's it is about, otherwise its agency's."""
    about = row.under if row.under is not None else row
    if about.source_ref:
        return whose.source(source_key((about.source_agency, about.source_ref)))
    return whose.agency(about.agency_id)


def said_at(registered: int, number: int) -> Bound:
    """Where the words of a step are bound to."""
    return ("casework_registerstep", "said", registered, number)


def told(steps: Sequence[RegisterStep]) -> list[dict[str, Any]]:
    """What steps say, in their order; nothing for one that was erased or cannot be opened."""
    texts = sealed.tried([(step.said, said_at(step.registered_id, step.number)) for step in steps])
    return [json.loads(text) if text else {} for text in texts]


def history(row: Registered) -> list[tuple[RegisterStep, dict[str, Any]]]:
    """Every step with what it says, the first first."""
    steps = list(row.steps.select_related("by__agency", "owner").order_by("number"))
    return list(zip(steps, told(steps), strict=True))


def load(reference: str, *kinds: Kind) -> Registered:
    """What is registered under a reference, as one of these kinds. Raises Explained where there is none."""
    found = Registered.objects.select_related("agency", "owner", "under").filter(reference=reference).first()
    if found is None or (kinds and found.kind not in kinds):
        raise Explained("There is nothing of that kind in the register. Open it again from its list.")
    return found


def one_at_a_time(agency: str) -> None:
    """Whoever else of the agency would register something waits until this is saved: so that two who begin the same at
    once do not begin it twice."""
    Agency.objects.select_for_update().get(pk=agency)


def open_row(
    *,
    kind: Kind,
    by: Professional,
    owner: Professional,
    said: Said,
    next_at: datetime | None,
    now: datetime,
    level: Level = Level.USUAL,
    under: Registered | None = None,
    source: tuple[str, str] = ("", ""),
    thing: str = "",
    finding: str = "",
) -> tuple[Registered, ledger.Act]:
    """Register something, inside the transaction of the caller; gives the act for the ledger's one append."""
    row = Registered.objects.create(
        reference=f"R-{secrets.token_hex(8)}",
        kind=kind,
        under=under,
        source_agency=source[0],
        source_ref=source[1],
        thing=thing,
        finding=finding,
        agency=Agency.objects.get(pk=by.agency_id),
        opened_by=by,
        opened_at=now,
        owner=owner,
        state=State.OPEN,
        level=level,
        next_at=next_at,
    )
    return row, _write(row, Move.OPENED, by, now, said)


def take(
    row: Registered,
    move: Move,
    *,
    by: Professional,
    said: Said,
    next_at: datetime | None,
    now: datetime,
    owner: Professional | None = None,
    level: Level | None = None,
) -> ledger.Act:
    """Take one step, inside the transaction of the caller. Raises Overtaken when it stands elsewhere by now.

    What has ended is due no more, whatever `next_at` says.
    """
    try:
        state = next_state(Kind(row.kind), State(row.state), move)
    except NotPossible as trouble:
        raise Overtaken(f"{trouble}. Look at it again.") from None
    after: dict[str, Any] = {
        "state": str(state),
        "level": str(level or row.level),
        "owner_id": owner.pk if owner else row.owner_id,
        "next_at": None if state == State.ENDED else next_at,
        "moves": row.moves + 1,
    }
    as_due = after["next_at"] is not None and after["next_at"] == row.next_at
    if not Registered.objects.filter(pk=row.pk, moves=row.moves, state=row.state).update(**after):
        raise Overtaken("Somebody else wrote on it just now. Look at it again before you act.")
    if as_due:
        # A duty that was opened on its silence goes on: nobody has to open it a second time.
        Registered.objects.filter(pk=row.pk, told=row.moves).update(told=row.moves + 1)
    row.refresh_from_db(fields=[*after, "told"])
    return _write(row, move, by, now, said)


def _write(row: Registered, move: Move, by: Professional, now: datetime, said: Said) -> ledger.Act:
    owner = key_of(row)
    text = canonical(dict(said)).decode()
    step = RegisterStep.objects.create(
        registered=row,
        number=row.moves,
        at=now,
        move=move,
        by=by,
        owner_id=row.owner_id,
        state=row.state,
        level=row.level,
        next_at=row.next_at,
        said=sealed.seal_text(text, key_of=owner, bound=said_at(row.pk, row.moves)),
    )
    subject = f"{SUBJECT}{row.reference}"
    return ledger.Act(ACT, subject, move, by, by.agency_id, now, body(row, step, said), key_of=owner)


def body(row: Registered, step: RegisterStep, said: Said) -> dict[str, Any]:
    """What a row and one of its steps say, as JSON. The first also says what was registered."""
    whole = {
        "step": step.number,
        "at": instant(step.at),
        "move": step.move,
        "by": step.by_id,
        "owner": step.owner_id,
        "state": step.state,
        "level": step.level,
        "next_at": instant(step.next_at),
        "said": dict(said),
    }
    return whole if step.number > 1 else whole | {"registered": what(row)}


def what(row: Registered) -> dict[str, Any]:
    """What something is, and stays."""
    return {
        "reference": row.reference,
        "kind": row.kind,
        "under": row.under.reference if row.under else None,
        "source": [row.source_agency, row.source_ref],
        "thing": row.thing,
        "finding": row.finding,
        "agency": row.agency_id,
        "opened_by": row.opened_by_id,
        "opened_at": instant(row.opened_at),
    }


def day_ahead(day: date, days: int, now: datetime) -> date:
    """A day that is today or within so many days. Raises Explained for one that has passed, or is a slip of the pen."""
    today = now.astimezone(zone()).date()
    if not 0 <= (day - today).days <= days:
        latest = today + timedelta(days=days)
        raise Explained(f"Say by which day: today, or a day to come until {latest:%d %B %Y}.")
    return day


def zone() -> Any:
    """The zone in whose days a partnership counts."""
    return policy().ladder.calendar.zone
