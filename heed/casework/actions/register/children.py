"""A child is watched: by a named person, how often, for what, until when. Seen, changed, and watched less by two.

Seeing her is a visit: a record of its own, with her words, in her chronology. The register says only that it was.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.register import leavers, owing, settling, watchers
from heed.casework.actions.register.naming import child_named
from heed.casework.actions.register.rows import (
    day_ahead,
    history,
    load,
    one_at_a_time,
    open_row,
    take,
    words_given,
    zone,
)
from heed.casework.actions.register.visits import save_visit
from heed.casework.models import Professional, Registered
from heed.casework.policy.register import RegisterRules, register_rules
from heed.core.duty.moves import Level
from heed.core.records.explained import Explained
from heed.core.register.due import Terms, end_of, is_lowering, next_visit
from heed.core.register.moves import Kind, Move
from heed.core.register.seeing import Seen, lacks


@dataclass(frozen=True, slots=True)
class Watching:
    """What a watch is for: why, what to look for, when to stop, at what level, every how many days, by whom as what."""

    why: str
    look_for: str
    stop_when: str
    level: Level
    every_days: int
    watcher: Professional
    role: str


def watch(*, person: str, watching: Watching, by: Professional, now: datetime) -> Registered:
    """Begin to watch a child whom `by` may see. Raises Explained for what is left out, or is watched already."""
    said, terms = _said(watching, by), Terms(watching.level, watching.every_days)
    today = now.astimezone(zone()).date()
    with transaction.atomic():
        one_at_a_time(by.agency_id)
        source, called = child_named(person=person, by=by, now=now)
        same = Registered.objects.filter(
            kind=Kind.CHILD, source_agency=source[0], source_ref=source[1], agency=by.agency_id
        )
        if same.exclude(state="ended").exists():
            raise Explained(
                "Your agency watches this child already: change that watch instead of beginning another."
            )
        next_on = next_visit(today, [], terms.every_days)
        row, act = open_row(
            kind=Kind.CHILD,
            by=by,
            owner=watching.watcher,
            said=said | {"called": called},
            next_at=end_of(next_on, zone()),
            level=watching.level,
            source=source,
            now=now,
        )
        watchers.give(row, by, now)
        ledger.append_many([act])
    return row


def see(*, watch: str, seen: Seen, noted: str, by: Professional, now: datetime) -> Registered:
    """Write down that she was seen. Raises Explained, naming all that is missing, for what is no visit."""
    row = load(watch, Kind.CHILD)
    watchers.may_write(row, by, now)
    begun, today = row.opened_at.astimezone(zone()).date(), now.astimezone(zone()).date()
    missing = lacks(seen, hows=register_rules().how, begun=begun, today=today)
    if missing or seen.on is None:
        raise NotSeen(missing)
    with transaction.atomic():
        record = save_visit(row=row, seen=seen, noted=noted, by=by, now=now)
        days = [*_seen_days(row), seen.on]
        last = row.next_at
        next_on = next_visit(begun, days, terms_of(row).every_days)
        said = {
            "who": seen.who.strip(),
            "on": seen.on.isoformat(),
            "how": seen.how,
            "alone": seen.alone,
            "record": list(record),
        }
        act = take(row, Move.SEEN, by=by, said=said, next_at=end_of(next_on, zone()), now=now)
        acts = [act]
        if row.next_at is not None and row.next_at > now:
            acts += owing.settle(row, f"Seen on {seen.on:%d %B %Y} by {seen.who.strip()}.", by, now)
        elif last is not None:
            watchers.still_silent(row)
        watchers.prolong(row, now)
        ledger.append_many(acts)
    return row


class NotSeen(Explained):
    """What was written down is no visit; `missing` names each part that is, and what to do."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("Not saved as seen. " + " ".join(missing.values()))
        self.missing = missing


def change(*, watch: str, watching: Watching, words: str, by: Professional, now: datetime) -> Registered:
    """Watch her more closely, by somebody else, or for something else. Raises Explained for watching less: that takes
    two people."""
    row = load(watch, Kind.CHILD)
    watchers.may_write(row, by, now)
    said, after = _said(watching, by), Terms(watching.level, watching.every_days)
    if is_lowering(terms_of(row), after):
        raise Explained(
            "To see a child less often, or at a lower level, takes a second person of another agency: ask for it."
        )
    said |= {"words": words_given(words, "Say what has changed")}
    begun = row.opened_at.astimezone(zone()).date()
    closer = end_of(next_visit(begun, _seen_days(row), after.every_days), zone())
    with transaction.atomic():
        act = take(
            row,
            Move.CHANGED,
            by=by,
            said=said,
            next_at=min(closer, row.next_at or closer),
            owner=watching.watcher,
            level=after.level,
            now=now,
        )
        watchers.give(row, by, now)
        fell = settling.settle_second(row, "The watch was changed since: what was asked for falls.", by, now)
        fell += leavers.settle_owner(row, f"{row.owner} watches the child now.", by, now)
        ledger.append_many([act, *fell])
    return row


@dataclass(frozen=True, slots=True)
class Less:
    """What a second person is asked: to stop watching, or the lower terms; and the day on which it is looked at again."""

    leaves: bool
    level: Level
    every_days: int
    changed: str
    recheck_on: date


def ask_less(*, watch: str, less: Less, by: Professional, now: datetime) -> Registered:
    """Ask a second person, of another agency, that she be watched less or no more: what has changed for the child."""
    row = load(watch, Kind.CHILD)
    watchers.may_write(row, by, now)
    rules, after = register_rules(), Terms(less.level, less.every_days)
    if not less.leaves:
        _within(less.every_days, rules)
        if not is_lowering(terms_of(row), after):
            raise Explained("That is not less than now: change the watch yourself, it takes one person.")
    words = words_given(less.changed, "Say what has changed for the child")
    day_ahead(less.recheck_on, rules.plan_days, now)
    decision = (
        "Stop watching the child"
        if less.leaves
        else f"Watch the child less: every {less.every_days} days, level {less.level}"
    )
    said = {
        "words": words,
        "leaves": less.leaves,
        "level": str(less.level),
        "every_days": less.every_days,
        "recheck_on": less.recheck_on.isoformat(),
    }
    with transaction.atomic():
        act = take(row, Move.ASKED, by=by, said=said, next_at=row.next_at, now=now)
        recheck_at = end_of(less.recheck_on - timedelta(days=1), zone())
        ledger.append_many([act, *settling.settle_second(row, settling.ANEW, by, now)])
        owing.ask_second(row, decision, words, recheck_at, by, now)
    return row


def terms_of(row: Registered) -> Terms:
    """How closely a child is watched now, as the newest step that says so."""
    steps = [said for _, said in history(row) if "every_days" in said and "leaves" not in said]
    rules = register_rules()
    every = int(steps[-1]["every_days"]) if steps else rules.every_days[Level(row.level)]
    return Terms(Level(row.level), every)


def _said(watching: Watching, by: Professional) -> dict[str, object]:
    _within(watching.every_days, register_rules())
    if not watching.watcher.is_active or watching.watcher.agency_id != by.agency_id:
        raise Explained("A child is watched by a named person of your agency who is there.")
    return {
        "why": words_given(watching.why, "Say why the child is watched"),
        "look_for": words_given(watching.look_for, "Say what to look for"),
        "stop_when": words_given(watching.stop_when, "Say what has to be so before the watch can end"),
        "every_days": watching.every_days,
        "watcher": watching.watcher.pk,
        "role": words_given(watching.role, "Say in which role the child is watched", 3),
    }


def _within(days: int, rules: RegisterRules) -> None:
    if not 1 <= days <= rules.most_days:
        raise Explained(f"A child who is watched is seen at least every {rules.most_days} days.")


def _seen_days(row: Registered) -> list[date]:
    return [
        date.fromisoformat(said["on"])
        for step, said in history(row)
        if step.move == Move.SEEN and "on" in said
    ]
