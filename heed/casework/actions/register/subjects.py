"""Persons of concern and places as subjects of their own: from a record, graded, reviewed by a day, kept or weeded."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from heed.casework.actions import ledger
from heed.casework.actions.register import owing, patterns, watchers
from heed.casework.actions.register.naming import Named, person_named, place_named
from heed.casework.actions.register.rows import load, one_at_a_time, open_row, take, words_given, zone
from heed.casework.models import Professional, Registered
from heed.casework.policy.register import register_rules
from heed.core.records.explained import Explained
from heed.core.register.due import end_of, review_on
from heed.core.register.grading import HANDLING, INFORMATION, SOURCE
from heed.core.register.moves import Kind, Move, State

type Grading = tuple[str, str, str]


def register_person(
    *, record: int, position: int, why: str, grading: Grading, by: Professional, now: datetime
) -> Registered:
    """A person of concern whom a record names that `by` may see gets a page of its own. Unproven, whatever the grade."""
    named = person_named(record=record, position=position, by=by, now=now)
    return _register(Kind.PERSON, named, why, grading, by, now)


def register_place(
    *, record: int, position: int, why: str, grading: Grading, by: Professional, now: datetime
) -> Registered:
    """A place that a record names that `by` may see gets a page of its own."""
    named = place_named(record=record, position=position, by=by, now=now)
    return _register(Kind.PLACE, named, why, grading, by, now)


def review(
    *, subject: str, keep: bool, words: str, grading: Grading, by: Professional, now: datetime
) -> Registered:
    """Somebody decides anew whether it stays: kept for a reason, graded as things stand, or weeded, for a reason too."""
    row = load(subject, Kind.PERSON, Kind.PLACE)
    watchers.may_write(row, by, now)
    said = {"words": words_given(words, "Say why"), "grading": list(_graded(grading))}
    today, rules = now.astimezone(zone()).date(), register_rules()
    next_at = end_of(review_on(today, rules.review_days[Kind(row.kind)]), zone())
    with transaction.atomic():
        if not keep and row.items.exclude(state=State.ENDED).exists():
            raise Explained(
                "Something is still open on it: an action, a measure or its place on the panel's list."
            )
        move = Move.REVIEWED if keep else Move.WEEDED
        acts = [take(row, move, by=by, said=said, next_at=next_at, now=now)]
        acts += owing.settle(row, "Reviewed: " + ("kept." if keep else "weeded."), by, now)
        if not keep:
            acts += patterns.settle_disruption(row, f"Weeded: {said['words']}", by, now, used=False)
        ledger.append_many(acts)
    return row


def consider(
    *, subject: str, used: Sequence[str], why_not: str, by: Professional, now: datetime
) -> Registered:
    """Disruption considered: which measures are to be used, and why not the others. Answers what a pattern asked."""
    row = load(subject, Kind.CHILD, Kind.PERSON, Kind.PLACE, Kind.PANEL)
    watchers.may_write(row, by, now)
    known = register_rules().measures
    if set(used) - set(known):
        raise Explained("One of these measures is not in policy: choose among those that are offered.")
    words = words_given(why_not, "Say why these measures, and why not the others")
    said = {"used": sorted(used), "words": words}
    with transaction.atomic():
        acts = [take(row, Move.CONSIDERED, by=by, said=said, next_at=row.next_at, now=now)]
        about = row.under if row.kind == Kind.PANEL and row.under else row
        acts += patterns.settle_disruption(about, words, by, now, used=bool(used))
        ledger.append_many(acts)
    return row


def _register(
    kind: Kind, named: Named, why: str, grading: Grading, by: Professional, now: datetime
) -> Registered:
    said: Mapping[str, object] = {
        "called": named.called,
        "description": named.description,
        "why": words_given(why, "Say why it is registered"),
        "grading": list(_graded(grading)),
        "record": list(named.record),
        "aliases": list(named.aliases),
    }
    today = now.astimezone(zone()).date()
    with transaction.atomic():
        one_at_a_time(by.agency_id)
        _not_twice(kind, named, by)
        row, act = open_row(
            kind=kind,
            by=by,
            owner=by,
            said=said,
            next_at=end_of(review_on(today, register_rules().review_days[kind]), zone()),
            source=named.source,
            thing=named.thing,
            now=now,
        )
        ledger.append_many([act])
    return row


def _not_twice(kind: Kind, named: Named, by: Professional) -> None:
    mine = Registered.objects.filter(kind=kind, agency=by.agency_id).exclude(state=State.ENDED)
    same = (
        mine.filter(source_agency=named.source[0], source_ref=named.source[1])
        if kind == Kind.PERSON
        else mine.filter(thing=named.thing)
    )
    if same.exists():
        raise Explained("Your agency has a page on it already: find it in the register.")


def _graded(grading: Grading) -> Grading:
    source, information, handling = grading
    if source not in SOURCE or information not in INFORMATION or handling not in HANDLING:
        raise Explained("Grade the source, the information and how it may be handled, each by itself.")
    return grading
