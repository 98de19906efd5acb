"""What is planned about whoever is registered: actions, meetings with minutes, measures, the panel's list, and
recommendations followed to proof. Each has an owner and a day; what nobody does by then is owed on the ladder."""

from datetime import date, datetime, timedelta

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.register import owing, settling, watchers
from heed.casework.actions.register.rows import day_ahead, history, load, open_row, take, words_given, zone
from heed.casework.actions.register.visits import check_knows, save_minutes
from heed.casework.doors.register_sight import known_kind
from heed.casework.models import Professional, Registered
from heed.casework.policy.register import register_rules
from heed.core.access.register import is_hidden
from heed.core.records.explained import Explained
from heed.core.register.due import end_of, look_on
from heed.core.register.moves import SUBJECTS, Kind, Move
from heed.core.register.panel import may_ask_to_leave


def add_action(
    *, under: str, what: str, owner: Professional, due_on: date, by: Professional, now: datetime
) -> Registered:
    """Somebody is to do something by a day."""
    about = _about(under, by, now)
    said = {"what": words_given(what, "Say what is to be done"), "due_on": due_on.isoformat()}
    return _add(Kind.ACTION, about, said, owner, _future(due_on, now), by, now)


def finish_action(*, item: str, words: str, by: Professional, now: datetime) -> Registered:
    """It is done: what was done, and where that can be seen."""
    return _step(item, Kind.ACTION, Move.DONE, words_given(words, "Say what was done"), None, by, now)


def call_meeting(
    *, under: str, what: str, invited: str, on: date, owner: Professional, by: Professional, now: datetime
) -> Registered:
    """A meeting on a day: what for, who is invited. Its minutes are due some days later, from a named person."""
    about = _about(under, by, now)
    if about.kind == Kind.CHILD:
        check_knows(about, owner, now)
    said = {
        "what": words_given(what, "Say what the meeting is for"),
        "invited": words_given(invited, "Say who is invited", 3),
        "on": on.isoformat(),
    }
    next_at = _minutes_by(on, register_rules().plan_days, now)
    return _add(Kind.MEETING, about, said, owner, next_at, by, now)


def put_off_meeting(
    *, item: str, on: date, words: str, by: Professional, now: datetime, not_held: bool = False
) -> Registered:
    """It is held on another day, for a reason. Once its day has passed, only where somebody says that it was not held:
    minutes that are owed are not put off."""
    row = load(item, Kind.MEETING)
    today = now.astimezone(zone()).date()
    if _said_last(row, "on") < today and not not_held:
        raise Explained(
            "Its day has passed. If it was held, its minutes are owed: write them. If it was not, say so here as well."
        )
    said = words_given(words, "Say why it is put off")
    next_at = _minutes_by(
        day_ahead(on, register_rules().put_off_days, now), register_rules().put_off_days, now
    )
    return _step(item, Kind.MEETING, Move.PUT_OFF, said, next_at, by, now, on=on.isoformat())


def keep_minutes(
    *, item: str, on: date, present: str, minutes: str, by: Professional, now: datetime
) -> Registered:
    """The minutes, as a record of the child's like any other: who was there, what was said and decided, who dissented."""
    row = load(item, Kind.MEETING)
    watchers.may_write(row, by, now)
    if on > now.astimezone(zone()).date():
        raise Explained("Minutes are of a meeting that was held: say on which day, up to today.")
    there = words_given(present, "Say who was there", 3)
    text = words_given(minutes, "Write down what was said and decided")
    said: dict[str, object] = {"on": on.isoformat(), "present": there}
    with transaction.atomic():
        if row.under is not None and row.under.kind == Kind.CHILD:
            said["record"] = list(
                save_minutes(row=row, on=on, text=f"Present: {there}\n\n{text}", by=by, now=now)
            )
        else:
            said["words"] = text
        acts = [take(row, Move.HELD, by=by, said=said, next_at=None, now=now)]
        ledger.append_many([*acts, *owing.settle(row, "The minutes are with the record.", by, now)])
    return row


def add_measure(
    *,
    under: str,
    measure: str,
    words: str,
    expires_on: date,
    owner: Professional,
    by: Professional,
    now: datetime,
) -> Registered:
    """A notice, an order or a licence is in force until a day: looked at some days before it ends."""
    about = _about(under, by, now)
    if measure not in register_rules().measures:
        raise Explained("There is no such measure: choose one that is offered.")
    said = {
        "measure": measure,
        "words": words_given(words, "Say against whom or what, and by whose authority"),
        "expires_on": expires_on.isoformat(),
    }
    return _add(Kind.MEASURE, about, said, owner, _warned(_until(expires_on, now), now), by, now)


def renew_measure(*, item: str, expires_on: date, words: str, by: Professional, now: datetime) -> Registered:
    """It is in force longer."""
    _not_who_reported(load(item, Kind.MEASURE), by)
    said = words_given(words, "Say by whose authority")
    at = _warned(_until(expires_on, now), now)
    return _step(item, Kind.MEASURE, Move.RENEWED, said, at, by, now, expires_on=expires_on.isoformat())


def breach_measure(*, item: str, words: str, by: Professional, now: datetime) -> Registered:
    """It was breached: how, when, who knows. That is owed an answer at once; whoever says so does not answer it."""
    row = load(item, Kind.MEASURE)
    watchers.may_write(row, by, now)
    said = {"words": words_given(words, "Say how it was breached, and when")}
    with transaction.atomic():
        acts = [take(row, Move.BREACHED, by=by, said=said, next_at=now, now=now)]
        acts += owing.open_silence(row, "A notice, order or licence was breached: act on it.", now, now)
        Registered.objects.filter(pk=row.pk).update(told=row.moves)
        ledger.append_many(acts)
    return row


def act_on_measure(*, item: str, words: str, by: Professional, now: datetime) -> Registered:
    """What was done about a breach, or about its end coming near; it is looked at again before it ends."""
    row = load(item, Kind.MEASURE)
    said = words_given(words, "Say what was done")
    _not_who_reported(row, by)
    ends = _expires(row)
    today = now.astimezone(zone()).date()
    warned = register_rules().warn_days >= (ends - today).days
    at = end_of(ends, zone()) if warned else _warned(ends, now)
    return _step(item, Kind.MEASURE, Move.ACTED, said, at, by, now)


def end_measure(*, item: str, words: str, by: Professional, now: datetime) -> Registered:
    """It is in force no more: why, and what stands in its place."""
    _not_who_reported(load(item, Kind.MEASURE), by)
    return _step(item, Kind.MEASURE, Move.ENDED, words_given(words, "Say why it ends"), None, by, now)


def put_on_panel(*, under: str, why: str, by: Professional, now: datetime) -> Registered:
    """A child, a person of concern or a place comes onto the panel's list. Whoever brings it presents it."""
    about = _about(under, by, now)
    if about.items.filter(kind=Kind.PANEL).exclude(state="ended").exists():
        raise Explained("It is on the panel's list already.")
    said = {"words": words_given(why, "Say why the panel is to look at it")}
    return _add(Kind.PANEL, about, said, by, _panel_day(now), by, now)


def review_on_panel(*, item: str, words: str, by: Professional, now: datetime) -> Registered:
    """The panel looked at it, and it stays on the list."""
    said = words_given(words, "Say what the panel decided")
    return _step(item, Kind.PANEL, Move.REVIEWED, said, _panel_day(now), by, now)


def ask_off_panel(
    *, item: str, changed: str, recheck_on: date, by: Professional, now: datetime
) -> Registered:
    """Ask a second person, of another agency, that it come off the list. Not before disruption has been considered."""
    row = load(item, Kind.PANEL)
    watchers.may_write(row, by, now)
    if not may_ask_to_leave([Move(step.move) for step, _ in history(row)]):
        raise Explained(
            "Nothing leaves the panel's list before disruption has been considered: write down which measures, and why "
            "not the others."
        )
    return _ask(row, "Take it off the panel's list", changed, recheck_on, by, now)


def recommend(
    *, what: str, source: str, owner: Professional, due_on: date, by: Professional, now: datetime
) -> Registered:
    """A recommendation of a review: from where it comes, who carries it out, by when. It ends with proof, never with a
    promise."""
    said = {
        "what": words_given(what, "Say what is recommended"),
        "source": words_given(source, "Say which review recommends it", 3),
        "due_on": due_on.isoformat(),
    }
    return _add(Kind.RECOMMENDATION, None, said, owner, _future(due_on, now), by, now)


def ask_sign_off(
    *, item: str, evidence: str, recheck_on: date, by: Professional, now: datetime
) -> Registered:
    """It is carried out: the proof, for a second person of another agency to sign. Until then it is due as before."""
    row = load(item, Kind.RECOMMENDATION)
    watchers.may_write(row, by, now)
    return _ask(row, "Sign off a recommendation as carried out", evidence, recheck_on, by, now)


def _ask(
    row: Registered, decision: str, words: str, recheck_on: date, by: Professional, now: datetime
) -> Registered:
    given = words_given(words, "Say what a second person can hold it against")
    day_ahead(recheck_on, register_rules().plan_days, now)
    said = {"words": given, "leaves": True, "recheck_on": recheck_on.isoformat()}
    with transaction.atomic():
        act = take(row, Move.ASKED, by=by, said=said, next_at=row.next_at, now=now)
        ledger.append_many([act, *settling.settle_second(row, settling.ANEW, by, now)])
        recheck_at = end_of(recheck_on - timedelta(days=1), zone())
        owing.ask_second(row, decision, given, recheck_at, by, now)
    return row


def _about(under: str, by: Professional, now: datetime) -> Registered:
    about = load(under, *SUBJECTS)
    watchers.may_write(about, by, now)
    if about.state == "ended":
        raise Explained("It has ended: open it anew before anything is planned on it.")
    return about


def _add(
    kind: Kind,
    about: Registered | None,
    said: dict[str, str],
    owner: Professional,
    next_at: datetime,
    by: Professional,
    now: datetime,
) -> Registered:
    if not owner.is_active:
        raise Explained("It is owed by a named person who is there.")
    hidden = register_rules().hidden_from.get(Kind(about.kind), frozenset()) if about else frozenset()
    if owner.agency_id != by.agency_id and is_hidden(known_kind(owner.agency.kind), hidden):
        raise Explained(
            f"Pages about persons of concern and places are not shown to {owner.agency}: name somebody who may see it."
        )
    with transaction.atomic():
        row, act = open_row(
            kind=kind,
            by=by,
            owner=owner,
            said=said | {"owner": owner.pk},
            next_at=next_at,
            under=about,
            now=now,
        )
        ledger.append_many([act])
    return row


def _step(
    item: str,
    kind: Kind,
    move: Move,
    words: str,
    next_at: datetime | None,
    by: Professional,
    now: datetime,
    **more: str,
) -> Registered:
    row = load(item, kind)
    watchers.may_write(row, by, now)
    with transaction.atomic():
        acts = [take(row, move, by=by, said={"words": words, **more}, next_at=next_at, now=now)]
        ledger.append_many([*acts, *owing.settle(row, words, by, now)])
    return row


def _not_who_reported(row: Registered, by: Professional) -> None:
    """Whoever says that it was breached does not also say that this is dealt with."""
    reported: set[int] = set()
    for step in row.steps.order_by("number"):
        if step.move == Move.BREACHED:
            reported.add(step.by_id)
        elif step.move in (Move.ACTED, Move.RENEWED):
            reported.clear()
    if by.pk in reported:
        raise Explained(
            "You wrote down that it was breached, so somebody else answers it: a colleague, or whoever is named on it, "
            "writes what was done. Ask them to open it from the register."
        )


def _future(day: date, now: datetime) -> datetime:
    return end_of(day_ahead(day, register_rules().plan_days, now), zone())


def _minutes_by(on: date, days: int, now: datetime) -> datetime:
    """When the minutes of a meeting on a day are due, which is at most so many days away. Its day may have passed, as
    long as its minutes are not overdue yet."""
    minutes = register_rules().minutes_days
    if not 0 <= (on - now.astimezone(zone()).date()).days + minutes <= days + minutes:
        day_ahead(on, days, now)
    return end_of(on + timedelta(days=minutes), zone())


def _until(expires_on: date, now: datetime) -> date:
    """Until when a measure is in force."""
    if expires_on <= now.astimezone(zone()).date():
        raise Explained("Say until when it is in force: a day after today.")
    return day_ahead(expires_on, register_rules().measure_days, now)


def _warned(expires_on: date, now: datetime) -> datetime:
    """The beginning of the day on which it is to be looked at."""
    today = now.astimezone(zone()).date()
    day = look_on(expires_on, register_rules().warn_days, today)
    return end_of(day - timedelta(days=1), zone())


def _panel_day(now: datetime) -> datetime:
    return end_of(now.astimezone(zone()).date() + timedelta(days=register_rules().panel_days), zone())


def _expires(row: Registered) -> date:
    return _said_last(row, "expires_on")


def _said_last(row: Registered, name: str) -> date:
    """A day that a step says, as the newest that says it."""
    return date.fromisoformat([said[name] for _, said in history(row) if name in said][-1])
