"""Today in words."""

from dataclasses import dataclass
from datetime import datetime

from heed.casework.doors.introduced import Introduced
from heed.casework.doors.parted import Parted
from heed.casework.doors.today import Listed, Today
from heed.web.presenters import duties
from heed.web.presenters.wording import figure


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list, with a sentence when not all of it is shown."""

    items: tuple[duties.DutyShown, ...]
    count: int
    more: str


@dataclass(frozen=True, slots=True)
class TodayShown:
    """The page. `went_up` is None for somebody who leads nothing."""

    owed: ListShown
    offered: ListShown
    raised: ListShown
    went_up: ListShown | None
    summary: str
    introduced: tuple[Introduced, ...] = ()
    parted: tuple[Parted, ...] = ()
    to_confirm: str = ""


def page(today: Today, now: datetime) -> TodayShown:
    """Everything on Today."""
    owed = _listed(today.owed, now)
    return TodayShown(
        owed=owed,
        offered=_listed(today.offered, now),
        raised=_listed(today.raised, now, "the ones raised earlier"),
        went_up=_listed(today.went_up, now, "those lower down, or due later")
        if today.went_up is not None
        else None,
        summary=_summary(owed.count, today.overdue),
        introduced=today.introduced,
        parted=today.parted,
        to_confirm=_to_confirm(today.to_confirm),
    )


def _listed(listed: Listed, now: datetime, left_out: str = "the ones due later") -> ListShown:
    left = listed.count - len(listed.shown)
    return ListShown(
        items=tuple(duties.duty(owed, now) for owed in listed.shown),
        count=listed.count,
        more=f"{figure(left, 'more')} not shown: {left_out}." if left else "",
    )


def _summary(owed: int, overdue: int) -> str:
    if not owed:
        return "You owe no answers now."
    late = f", {overdue} of them overdue" if overdue else ""
    return f"You owe {figure(owed, 'answer')}{late}."


def _to_confirm(count: int) -> str:
    if not count:
        return ""
    waits = "waits" if count == 1 else "wait"
    return f"{figure(count, 'verdict')} on a link {waits} for your word"
